"""One rule over the real list, read with everyone on that list watched, and what went wrong.

A *certain* claim decides without a person: an entry of the list is said to go, to come or to be
revised. Nothing certain may be said of a party that the rule does not name as an entry, and no
entry that it names may be passed over.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from monitor.screening.acts.document import Document, Stage
from monitor.screening.acts.finding import Effect, Finding, Party
from monitor.screening.acts.judge import judge
from monitor.screening.acts.on_lists import OnLists
from monitor.screening.names import name_key
from monitor.screening.parties import parties_of_new_rows
from tests.screening.act_rules.listed_cells import SUPPLEMENTS, Listed, listed
from tests.screening.act_rules.renderings import TABLES, Rule
from tests.screening.act_rules.wordings import Wording

_EFFECTS = {"removed": Effect.REMOVES, "added": Effect.ADDS, "revised": Effect.REVISES}


@dataclass(frozen=True)
class Trial:
    """What a rule does to some entries of one list, in which words and which form."""

    code: str
    verb: str
    wording: Wording
    rendering: str
    cells: bool
    """Whether it quotes whole cells; else names only."""
    subjects: tuple[Listed, ...]

    def rule(self) -> Rule:
        """The rule as the bureau would write it."""
        number, name, *_ = SUPPLEMENTS[self.code]
        by = defaultdict[str, list[str]](list)
        for one in self.subjects:
            by[one.heading].append(self._quoted(one))
        supplement = f"Supplement No. {number} to part 744"
        printed = () if self.verb == "removed" else tuple(_row(one) for one in self.subjects)
        return Rule(
            title="Revisions to the Entity List",
            summary=f"In this rule, the Bureau of Industry and Security (BIS) amends the {name}.",
            dates="This rule is effective August 24, 2026.",
            background=(
                (
                    f"The {name} (supplement no. {number} to part 744 of the EAR) identifies"
                    " parties for which license requirements apply."
                ),
            ),
            instructions=(self.wording(supplement, by),),
            rows=printed,
            supplement=f"{supplement}—{name}",
        )

    def _quoted(self, one: Listed) -> str:
        whole = self.cells and one.alone
        return " ".join((one.cell if whole else one.name).split()).replace('"', "'")


class Nameless(Trial):
    """An addition in the style up to 2019: it counts entries, a list and a table name them."""

    def rule(self) -> Rule:
        """The same rule, its names in the preamble's list and the rows alone."""
        by = Counter(one.heading for one in self.subjects)
        clauses = [
            f"{'abcdefgh'[at]}. By adding in alphabetical order {count}"
            f" {'entity' if count == 1 else 'entities'} under {heading}"
            for at, (heading, count) in enumerate(by.items())
        ]
        items = "; ".join(f"({at}) {one.name}" for at, one in enumerate(self.subjects, 1))
        told = (
            "This rule implements the decision of the End-User Review Committee to add the"
            f" following entities to the Entity List: {items}."
        )
        said = f"Supplement No. 4 to part 744 is amended:\n{f';{chr(10)}'.join(clauses)}."
        return replace(super().rule(), background=(told,), instructions=(said,))


def _row(one: Listed) -> tuple[str, ...]:
    entry = one.entry
    cited = "91 FR [INSERT FR PAGE NUMBER], August 24, 2026."
    if entry.list != "EL":
        return (one.heading, one.cell, cited)
    return (one.heading, one.cell, entry.license_requirement or "", entry.license_policy or "",
            cited)  # fmt: skip


@dataclass
class Outcome:
    """What was read wrong or not at all, and how much was certain."""

    false: list[str] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)
    unsure: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    """Texts that could not be read at all: one of them ends no long test half-way."""
    certain: int = 0
    asked: int = 0
    """Entries of which certainty is asked: those that are all their party has."""

    def add(self, other: "Outcome") -> None:
        """The other's counts beside these."""
        self.false += other.false
        self.silent += other.silent
        self.unsure += other.unsure
        self.broken += other.broken
        self.certain += other.certain
        self.asked += other.asked

    def figures(self) -> str:
        """What it came to, in a line."""
        share = f"{100 * self.certain / max(self.asked, 1):.2f} %"
        return (
            f"certain {self.certain} of {self.asked} ({share}), {len(self.false)} false,"
            f" {len(self.silent)} silent, {len(self.broken)} broken"
        )


@cache
def everyone(code: str) -> dict[int, tuple[Listed, ...]]:
    """The list's entries by party."""
    all_ = listed(code)
    parties = parties_of_new_rows(
        [one.entry for one in all_], links=None, before={}, stays=(), elsewhere=list,
        fresh=iter(range(len(all_))).__next__,
    )  # fmt: skip
    by = defaultdict[int, list[Listed]](list)
    for one in all_:
        by[parties[one.entry.digest()]].append(one)
    return {party: tuple(some) for party, some in by.items()}


@cache
def watched(code: str) -> dict[int, Party]:
    """A watch for each party of the list."""
    return {party: _party(party, some, some) for party, some in everyone(code).items()}


def _party(id_: int, named: Sequence[Listed], rows: Sequence[Listed]) -> Party:
    names = dict.fromkeys(name for one in named for name in one.entry.names)
    entries = tuple(row.entry for row in rows)
    own = {name_key(entry.name) for entry in entries}
    aliases = frozenset(name for name in names if own and name_key(name) not in own)
    return Party(str(id_), tuple(names), entries, aliases)


@cache
def _listed_names(code: str) -> dict[str, frozenset[str]]:
    """By key of a name on the list, the digests of the entries that bear it."""
    by = defaultdict[str, set[str]](set)
    for one in listed(code):
        for name in one.entry.names:
            by[name_key(name)].add(one.entry.digest())
    return {key: frozenset(some) for key, some in by.items()}


@cache
def _towns(code: str) -> frozenset[str]:
    return OnLists.of(one.entry for one in listed(code)).towns


@cache
def _party_of(code: str) -> dict[str, int]:
    return {one.entry.digest(): id_ for id_, some in everyone(code).items() for one in some}


def run_all(trials: Iterable[Trial]) -> Outcome:
    """What all of them together came to."""
    whole = Outcome()
    for trial in trials:
        try:
            whole.add(run(trial))
        except Exception as error:  # noqa: BLE001 - hours of trials: all of them are told at the end
            whole.broken.append(f"{trial.subjects[0].name}, {trial.rendering}: {error!r}")
    return whole


def run(trial: Trial) -> Outcome:
    """Reads the rule, and holds what is said of every party against what it does."""
    code, parties = trial.code, dict(watched(trial.code))
    subjects = defaultdict[int, list[Listed]](list)
    for one in trial.subjects:
        subjects[_party_of(code)[one.entry.digest()]].append(one)
    if trial.verb == "added":
        # what is added was not on the list before
        for id_, added in subjects.items():
            rows = [one for one in everyone(code)[id_] if one not in added]
            parties[id_] = _party(id_, everyone(code)[id_], rows)
    text = TABLES[trial.rendering](trial.rule())
    found: dict[int, Finding] = {}
    out = Outcome()
    new = {one.entry.digest() for one in trial.subjects if trial.verb == "added"}
    names = frozenset(key for key, some in _listed_names(code).items() if not some <= new)
    lists = OnLists(names, _towns(code))
    for who, finding in judge(DOCUMENT, text, list(parties.values()), lists):
        if finding.list not in {code, ""}:
            out.false.append(f"{who} on {finding.list}")
        found[int(who)] = finding
    printed = {one.row for one in trial.subjects}
    for id_, finding in found.items():
        shared = any(one.row in printed for one in everyone(code)[id_])
        sure = finding.effect is not Effect.UNCLEAR and not finding.review
        if sure and not shared and id_ not in subjects:
            out.false.append(_told(trial, everyone(code)[id_][0], finding))
    for id_, some in subjects.items():
        _hold(trial, some, everyone(code)[id_], found.get(id_), out)
    return out


def _hold(
    trial: Trial, some: Sequence[Listed], all_: Sequence[Listed], finding: Finding | None,
    out: Outcome,
) -> None:  # fmt: skip
    whole = len(some) == len(all_)
    out.asked += whole
    if finding is None:
        out.silent += [_told(trial, one, None) for one in some]
        return
    sure = finding.effect is not Effect.UNCLEAR and not finding.review
    right = finding.effect is _EFFECTS[trial.verb]
    if sure and not right:
        out.false.append(_told(trial, some[0], finding))
    gone = sure and finding.effect is Effect.REMOVES and {
        one.entry.country or "" for one in all_} <= set(finding.destinations)  # fmt: skip
    if gone and not whole:
        out.false.append("one of several: " + _told(trial, some[0], finding))
    unplaced = trial.verb == "revised" or isinstance(trial, Nameless)
    placed = unplaced or set(finding.destinations) == {
        one.entry.country for one in some}  # fmt: skip
    if whole and sure and right and placed:
        out.certain += 1
    elif whole:
        out.unsure.append(_told(trial, some[0], finding))


def _told(trial: Trial, one: Listed, finding: Finding | None) -> str:
    said = (
        f"{finding.effect.value}{'?' * finding.review} {finding.destinations}: {finding.reason}"
        f" | {finding.quote[:300]}"
        if finding
        else "nothing"
    )
    form = "cells" if trial.cells else "names"
    return (
        f"[{trial.code} {trial.verb} {trial.wording.__qualname__.split('.')[0]} {trial.rendering}"
        f" {form} {len(trial.subjects)}] {one.name} ({one.entry.country}): {said}"
    )


DOCUMENT = Document(
    number="2026-17230", title="Revisions to the Entity List", type="Rule", abstract="", action="",
    dates="This rule is effective August 24, 2026.", publication_date="2026-08-24",
    effective_on="2026-08-24", citation="91 FR 51000", html_url=None, text_url=None, xml_url=None,
    filed_at=None, filing_type=None, correction_of=None, cfr_parts=("15 CFR 744",),
    stage=Stage.DOCUMENT,
)  # fmt: skip
