"""Whether FollowTheMoney's own model takes the entities of a file: run by a Python that has it.

`FTM_PYTHON=/path/to/python pytest tests/test_list_export.py` runs this. The model brings 44
packages with it, so it is none of our dependencies.
"""

import json
import sys
from pathlib import Path
from typing import Any


def refusals(lines: list[str]) -> list[str]:
    """What the model does not take, or would take otherwise than it is written."""
    from followthemoney import model  # type: ignore[import-not-found] # not of this environment

    found = list[str]()
    for line in lines:
        entity: dict[str, Any] = json.loads(line)
        try:
            model.get(entity["schema"]).validate(entity)
        except Exception as error:  # noqa: BLE001 - whatever it says is what is wanted
            found.append(f"{entity['id']}: {error}")
            continue
        written = model.get_proxy(entity, cleaned=False)
        clean = model.get_proxy({"id": entity["id"], "schema": entity["schema"]})
        for each in written.iterprops():
            clean.set(each, written.get(each))
        taken, given = clean.to_dict()["properties"], entity["properties"]
        if {name: sorted(some) for name, some in taken.items()} != {
            name: sorted(some) for name, some in given.items()
        }:
            found.append(f"{entity['id']}: {given} is taken as {taken}")
    return found


if __name__ == "__main__":
    wrong = refusals(Path(sys.argv[1]).read_text("utf-8").splitlines())
    print("\n".join(wrong))  # noqa: T201 - a command
    sys.exit(1 if wrong else 0)
