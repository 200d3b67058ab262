"""`python -m benchmarks`: prints the table and writes `benchmarks/results.md`."""

import platform
from collections.abc import Iterable
from pathlib import Path

from benchmarks import cold, fifty_thousand, growth, law, memory, polling, renaming, serving
from benchmarks.polling import Measured

PARTS = (polling, renaming, law, growth, memory, cold, serving, fifty_thousand)
RESULTS = Path(__file__).parent / "results.md"


def table(lines: Iterable[Measured]) -> list[str]:
    """The measurements as a Markdown table, printed as they come."""
    rows = ["| what | median | against | ratio | bound | held |", "|---|---|---|---|---|---|"]
    print("\n".join(rows), flush=True)
    for line in lines:
        thousands = line.median * 1000
        value = f"{line.median:,.0f} {line.unit}" if line.unit != "ms" else f"{thousands:.3g} ms"
        ratio = f"{line.ratio:.2f}" if line.ratio is not None else ""
        bound = f"{'≥' if line.least else '<'} {line.bound:g}" if line.bound is not None else ""
        held = ("yes" if line.held else "NO") if line.bound is not None else ""
        rows.append(f"| {line.what} | {value} | {line.floor} | {ratio} | {bound} | {held} |")
        print(rows[-1], flush=True)
    return rows


def main() -> None:
    """Measure everything, in one run."""
    rows = table(line for part in PARTS for line in part.measure())
    head = (
        "# Measured\n\nMedians of at least five runs, ratios within one run; only ratios are to be "
        f"trusted. Python {platform.python_version()}, {platform.machine()}.\n\n"
    )
    RESULTS.write_text(head + "\n".join(rows) + "\n", "utf-8")


if __name__ == "__main__":
    main()
