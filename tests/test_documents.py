"""The documents keep their word: links, commands and variables exist, the alert is a real one."""

import re
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import cast

import pytest
import typer
from typer.core import TyperGroup
from typer.main import get_command

from monitor import wiring
from monitor.cli.app import app
from monitor.notify.forms import word
from monitor.poll import check
from monitor.screening.event import Kind
from monitor.settings import load
from monitor.settings.environment import Environment
from tests.upstream.parties import INSTITUTE
from tests.upstream.rules import institute_removal
from tests.upstream.server import Upstream

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = sorted(
    path.relative_to(ROOT).as_posix()
    for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("deploy/*.md"))
)


def text(name: str) -> str:
    """A file of the project."""
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_variable_that_is_named_exists(name: str) -> None:
    """A misspelled one would be ignored in silence."""
    known = {f"MONITOR_{field.upper()}" for field in Environment.model_fields}
    known |= {f"MONITOR_{one}_FILE" for one in ("DATABASE_URL", "ADMIN_TOKEN", "APPRISE_URLS")}
    assert set(re.findall(r"MONITOR_[A-Z_]+[A-Z]", text(name))) <= known | {"MONITOR_CONFIG_DIR"}


def anchors(document: str) -> set[str]:
    """The anchors of a document's headings, as forges make them."""
    heads = re.findall(r"^#+ (.*)$", text(document), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_somewhere(name: str) -> None:
    """Files and headings that are linked exist. Pictures are made elsewhere."""
    for link in re.findall(r"(?<!!)\[[^\]]*\]\(([^)]+)\)", text(name)):
        if "://" in link:
            continue
        file, _, anchor = link.partition("#")
        target = (ROOT / name).parent / file if file else ROOT / name
        assert target.exists(), link
        if anchor:
            assert anchor in anchors(target.resolve().relative_to(ROOT).as_posix()), link


def commands(group: TyperGroup, before: str = "") -> Iterator[str]:
    """Every command of the program, as it is typed."""
    context = typer.Context(group)
    for name in group.list_commands(context):
        yield f"{before}{name}"
        command = group.get_command(context, name)
        if isinstance(command, TyperGroup):
            yield from commands(command, f"{before}{name} ")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_commands_that_are_told_exist(name: str) -> None:
    """Nobody looks for a command at night that is not there; nor for a make target."""
    known = set(commands(cast(TyperGroup, get_command(app))))
    spans = re.findall(r"```sh\n(.*?)```|`([^`\n]+)`", text(name), re.DOTALL)
    code = "\n".join("".join(pair) for pair in spans)
    for said in re.findall(r"\bentity-monitor ([a-z][a-z-]+(?: [a-z-]+)?)", code):
        assert said in known or said.split()[0] in known, said
    targets = set(re.findall(r"^([a-z-]+):", text("Makefile"), re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z-]+)\b", code)) <= targets


def test_each_decision_says_why_and_until_when() -> None:
    """Context, choice, what would change our mind; and the index knows it."""
    pages = sorted((ROOT / "docs/decisions").glob("0*.md"))
    assert [page.name[:4] for page in pages] == [f"{n:04}" for n in range(1, len(pages) + 1)]
    for page in pages:
        said = page.read_text(encoding="utf-8")
        assert said.startswith(f"# {page.name[:4]} ")
        heads = re.findall(r"^## (.*)$", said, re.MULTILINE)
        assert [head for head in heads if head != "Consequences"] == [
            "Context", "Choice", "What would change our mind",
        ]  # fmt: skip
        assert f"]({page.name})" in text("docs/decisions/README.md")


def test_the_alert_in_the_readme_is_a_real_one(tmp_path: Path) -> None:
    """November 2023, played through the whole program: the README shows what it sends."""
    config = tmp_path / "config"
    shutil.copytree(ROOT / "config", config)
    now = [datetime(2023, 11, 14, 13, 55, tzinfo=UTC)]
    with Upstream(date(2023, 11, 14)) as upstream:
        upstream.is_furnished()
        urls = f"urls: [{upstream.csl_url}], min_entries: {{EL: 5}}"
        base = f"base_url: {upstream.base_url}, min_interval: 0s"
        (config / "sources.yaml").write_text(
            "user_agent: entity-list-monitor\ncontact: ops@example.org\nsources:\n"
            f"  csl: {{{urls}}}\n  ecfr: {{{base}, min_entries: {{EL: 5}}}}\n"
            f"  federal_register: {{{base}}}\n"
        )
        settings = load(config, {"MONITOR_DATA_DIR": str(tmp_path / "data")})
        with wiring.build(settings, lambda: now[0]) as service:
            check(service)
            upstream.files(institute_removal())
            upstream.moves_clock(date(2023, 11, 16))
            now[0] = datetime(2023, 11, 16, 13, 50, tzinfo=UTC)
            check(service)
            upstream.publishes(institute_removal())
            upstream.delists(INSTITUTE, csl=False, ecfr=date(2023, 11, 17))
            upstream.moves_clock(date(2023, 11, 17))
            now[0] = datetime(2023, 11, 17, 11, 5, 12, tzinfo=UTC)
            told = check(service, "federal_register").events
    event = next(one for one in told if one.kind is Kind.REMOVAL_CONFIRMED)
    alert = word(event, "https://monitor.example.org")
    sent = f"Subject: {alert.subject}\n\n{alert.text()}"
    sent = sent.replace(upstream.base_url, "https://www.federalregister.gov")
    shown = re.findall(r"```text\n(.*?)```", text("README.md"), re.DOTALL)[0]
    begins, ends = shown.split("[…]\n")
    assert sent.startswith(begins)
    assert ends in sent
