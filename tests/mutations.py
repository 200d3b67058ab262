"""Turns every decision rule off, one at a time, in a copy, and asks the tests whether they notice.

`python -m tests.mutations` runs them all and writes docs/mutations.md; a long test does the same
without writing. A patch whose text no longer stands exactly once in its
file is a failure too, and so is a test that fails where nothing is changed.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "mutations.md"
LIMIT = 300
"""Seconds for one mutation's tests."""
_BARE = (
    "--noconftest", "-p", "tests.steady", "-p", "tests.stories.conftest",
    "-p", "no:cacheprovider", "-p", "no:schemathesis", "--tb=no",
)  # fmt: skip
"""The rules' own tests need no fixture, the stories their own alone; nothing else is loaded."""
_FAILED = re.compile(r"^FAILED (\S+?)::(\w+)", re.MULTILINE)

RULES = "screening/decide/rules.py"
ASSESS = "screening/decide/assess.py"
ACTS = "screening/decide/act_rules.py"
DOUBTS = "screening/plausibility.py"
CHANGE = "screening/change.py"
SAME_NAMES = "screening/linkage/same_names.py"
JUDGED = "screening/linkage/judged.py"
LINK = "screening/linkage/link.py"
LINKAGE_TEXT = "screening/linkage/text.py"
ADDRESSES = "screening/linkage/addresses.py"
HEALTH = "screening/source_health.py"
AMEND = "screening/decide/amendments.py"
VERDICT = "screening/verdict.py"
SILENCE = "screening/decide/staleness.py"
WITNESS = "screening/witness.py"
QUICK = (
    "tests/screening/test_judgement_table.py", "tests/screening/test_rules.py",
    "tests/screening/test_plausibility.py", "tests/screening/test_change.py",
    "tests/screening/linkage/test_links.py",
    "tests/screening/test_amend.py", "tests/screening/test_health.py",
    "tests/screening/test_dates.py", "tests/screening/test_assess.py",
    "tests/screening/test_acts_alone.py", "tests/screening/test_verdict.py",
)  # fmt: skip
"""Asked first: the rules' own tests."""
STORIES = ("tests/stories/test_incidents.py",)
"""Asked where the first saw nothing: the incidents, hour by hour."""


@dataclass(frozen=True, slots=True)
class Mutation:
    """One guard turned off."""

    rule: str
    """What the guard stands for."""
    file: str
    old: str
    new: str


MUTATIONS = (
    # -- rules.py: what the witnesses are asked
    Mutation("a turn must say what is asked", RULES,
             "word.verdict is not target or word.definite_poll", "word.definite_poll"),
    Mutation("a turn must come after the last decision (lag is no suspicion)", RULES,
             "word.verdict is not target or word.definite_poll <= state.decided_poll",
             "word.verdict is not target"),
    Mutation("a first word is no turn while the lists may be following", RULES,
             "    if not word.first:\n        return True\n", "    return True\n"),
    Mutation("a first word counts once the lists had time to follow", RULES,
             "return counts is None or word.as_of_date() > counts + FOLLOWS_WITHIN",
             "return counts is None"),
    Mutation("the eCFR listing it confirms", RULES,
             "        if way is LISTING:\n            return Rule.ECFR_LISTS\n", ""),
    Mutation("(b) both lists absent confirm", RULES,
             "            return Rule.BOTH_LISTS", "            pass"),
    Mutation("(b) the CSL must be absent, not only there", RULES,
             "csl is not None and csl.verdict is way.target", "csl is not None"),
    Mutation("(c) the eCFR confirms alone after a day", RULES,
             "            return Rule.ECFR_STEADY", "            pass"),
    Mutation("(c) not at the first sight", RULES, "        if _steady(ecfr):", "        if ecfr:"),
    Mutation("(c), (d) at least three good polls", RULES,
             "word.good_polls >= STEADY_POLLS and ", ""),
    Mutation("(c), (d) at least 24 hours", RULES,
             " and word.last_good_at - word.turned_at >= STEADY_FOR", ""),
    Mutation("(d) only where the eCFR is disabled", RULES,
             'if "ecfr" in case.look.sources or csl is None', "if csl is None"),
    Mutation("(d) the CSL must have turned", RULES,
             " or not turned(csl, state, case, way.target):", ":"),
    Mutation("(d) the CSL confirms a removal after a day", RULES,
             "else _steady(csl)", "else False"),
    Mutation("(d) not at the first sight", RULES, "else _steady(csl)", "else True"),
    Mutation("with the eCFR disabled two good polls confirm a listing", RULES,
             "csl.good_polls >= LISTED_POLLS", "csl.good_polls >= 9"),
    Mutation("with the eCFR disabled one good poll does not", RULES,
             "csl.good_polls >= LISTED_POLLS", "csl.good_polls >= 1"),
    Mutation("an act counts in its own direction alone", ACTS,
             "if act.effect is not way.effect or act.review:", "if act.review:"),
    Mutation("an act that is to be reviewed decides nothing", ACTS,
             "if act.effect is not way.effect or act.review:", "if act.effect is not way.effect:"),
    Mutation("without a country named, only an entry under one country goes", ACTS,
             "return way is LISTING or len(case.countries()) <= 1", "return True"),
    Mutation("a removal under one of several countries removes none", ACTS,
             "return case.countries() <= set(act.destinations)", "return True"),
    Mutation("(a) the act must be in force", ACTS,
             "        and act.in_force(case.look.today)\n        and _still_counts",
             "        and _still_counts"),
    Mutation("(a) the act must not be overtaken", ACTS,
             "        and _still_counts(act, state, case, way)\n", ""),
    Mutation("the announced act always counts", ACTS,
             "    if act.number == state.announced:\n        return True\n", ""),
    Mutation("the act decided by does not count again", ACTS,
             " or act.number == state.document_number:", ":"),
    Mutation("an act before the last legal date is past", ACTS,
             "    if state.legal and state.since is not None and legal.isoformat() < state.since:\n"
             "        return False\n", ""),
    Mutation("a later act of the opposite effect overtakes", ACTS,
             "return not any(_undoes(other, act, case) for other in case.acts)", "return True"),
    Mutation("an act that the lists never followed was overtaken", ACTS,
             "return not overtaken", "return True"),
    Mutation("an act found after the lists should have followed still counts", ACTS,
             " and not _came_late(act, state, case, way)", ""),
    Mutation("a list that moved since has had its say on an act found late", ACTS,
             " + FOLLOWS_WITHIN and not moved", " + FOLLOWS_WITHIN"),
    Mutation("a decision long after an act has known it", ACTS,
             "return decided.astimezone(WASHINGTON).date() <= counts + FOLLOWS_WITHIN",
             "return True"),
    Mutation("a historic act is not announced", ACTS,
             "    if act.historic:\n        return False\n    if act.stage is Stage.INSPECTION:",
             "    if act.stage is Stage.INSPECTION:"),
    Mutation("public inspection is announced", ACTS,
             "    if act.stage is Stage.INSPECTION:\n        return True\n", ""),
    Mutation("an effect to come is announced", ACTS,
             "return act.stage is Stage.DOCUMENT and not act.unsure(today) and not act.in_force",
             "return False and not act.in_force"),
    Mutation("a date not certain is not told as still to come once in print", ACTS,
             "Stage.DOCUMENT and not act.unsure(today) and", "Stage.DOCUMENT and"),
    Mutation("(a) the act's date must be certain", ACTS,
             "        and act.certain\n        and act.in_force(case.look.today)\n        and _s",
             "        and act.in_force(case.look.today)\n        and _s"),
    Mutation("in print a date not certain must be read", WITNESS,
             "return self.review or (self.undated and self.published(today))",
             "return self.review"),
    Mutation("before it is in print it may be open", WITNESS,
             "return self.review or (self.undated and self.published(today))",
             "return self.review or self.undated"),
    Mutation("what is withdrawn or historic need not be read", ACTS,
             "    if act.stage is Stage.WITHDRAWN or act.historic:\n        return False\n", ""),
    Mutation("an unclear act must be read", ACTS,
             "    if act.effect is Effect.UNCLEAR:\n        return True\n", ""),
    Mutation("a removal of one of several entries must be read", ACTS,
             "if places else len(countries) > 1", "if places else False"),
    Mutation("a removal under another heading must be read", ACTS,
             "return countries.isdisjoint(places) if places else", "return False if places else"),
    Mutation("an uncertain act must be read", ACTS,
             "unsure = act.unsure(case.look.today) or _placed", "unsure = _placed"),
    Mutation("an act in force that the lists contradict must be read", ACTS,
             " or disbelieved(act, state, case, way)", ""),
    Mutation("an announced act that does something else as printed must be read", ACTS,
             "        return act.number == state.announced\n", "        return False\n"),
    Mutation("only a near act explains", ACTS,
             " and abs(legal - since) <= FILLS_IN_WITHIN", ""),
    # -- assess.py: what follows
    Mutation("the first state waits for the sources of the same run", ASSESS,
             "        return judged\n    word = next((word for word in case.words() if word.def",
             "        pass\n    word = next((word for word in case.words() if word.def"),
    Mutation("without any list, an act from before the watch began is no news", ASSESS,
             "        elif is_news(act, case):", "        elif act.in_force(case.look.today):"),
    Mutation("without any list, an announcement is told once", ASSESS,
             "if to_come(act, case) and act.number not in state.noticed:",
             "if to_come(act, case):"),
    Mutation("without any list, an uncertain act decides nothing", ASSESS,
             "if way is None or act.unsure(case.look.today) or act.historic:",
             "if way is None or act.historic:"),
    Mutation("the first state follows an act in force", ASSESS,
             "        state = replace(state, state=direction(state).becomes)\n", "        pass\n"),
    Mutation("only the withdrawn act is cancelled", ASSESS,
             "if act is None or act.stage is not Stage.WITHDRAWN:", "if act is None:"),
    Mutation("a withdrawn act that is filed again is news", ASSESS,
             "state=forgotten(judged.state, act)", "state=replace(judged.state, announced=None)"),
    Mutation("without a rule nothing is confirmed", ASSESS,
             "    if rule is None:\n        return judged\n    witness",
             "    if rule is None:\n        rule = Rule.ACT\n    witness"),
    Mutation("an act is announced once", ASSESS,
             "if act.number in state.noticed or not whole(act, case, way)",
             "if not whole(act, case, way)"),
    Mutation("only a whole entry's act is announced", ASSESS,
             " or not whole(act, case, way) or not to_come(act, case):",
             " or not to_come(act, case):"),
    Mutation("only what is to come is announced", ASSESS,
             " or not to_come(act, case):", ":"),
    Mutation("a suspicion is told once", ASSESS,
             "if state.suspicion is not None and state.suspicion.source in case.look.sources:\n"
             "        return judged\n    word = next(",
             "if False:\n        return judged\n    word = next("),
    Mutation("only a source that turned is a suspicion", ASSESS,
             "if turned(word, state, case, way.target)), None)", "), None)"),
    Mutation("a suspicion is cancelled by its own source alone", ASSESS,
             "word = case.word(state.suspicion.source)",
             "word = next(iter(case.words()), None)"),
    Mutation("a suspicion stands while its source says so or cannot tell", ASSESS,
             "word.verdict in {Verdict.UNKNOWN, way.target}", "word.verdict is Verdict.UNKNOWN"),
    Mutation("a source that cannot tell cancels nothing", ASSESS,
             "word.verdict in {Verdict.UNKNOWN, way.target}", "word.verdict is way.target"),
    Mutation("a notice is told once", ASSESS,
             "if told_before or act.number in state.read or not", "if not"),
    Mutation("an announced act may have to be read later", ASSESS,
             "act.number in state.noticed and act.number != state.announced",
             "act.number in state.noticed"),
    Mutation("before the first state an uncertain act of either way must be read", ASSESS,
             "if state.state is None or (state.doc", "if state.state is not None and (state.doc"),
    Mutation("what may be the ground of the lists' own decision must be read", ASSESS,
             "if state.state is None or (state.document_number is None and explains(act, state)):",
             "if state.state is None:"),
    Mutation("an amendment is told of who is listed", ASSESS,
             "if judged.state.state != LISTED or not case.changes", "if not case.changes"),
    Mutation("an amendment is told where its source lists the party", ASSESS,
             "if word is None or word.verdict is not Verdict.LISTED:", "if word is None:"),
    Mutation("an act found after the lists have confirmed fills in", ASSESS,
             "return stale(_filled_in(judged, case), case)", "return stale(judged, case)"),
    Mutation("what is filled in is the act's own effect", ACTS,
             "if act.effect is effect\n        and act.certain", "if act.certain"),
    Mutation("an uncertain act is no proof", ACTS,
             "if act.effect is effect\n        and act.certain\n", "if act.effect is effect\n"),
    Mutation("silence is told once", SILENCE,
             "if not look.check_stale or fresh or state.stale or newest is None:",
             "if not look.check_stale or fresh or newest is None:"),
    Mutation("silence is judged when all polls are done", SILENCE,
             "if not look.check_stale or fresh", "if fresh"),
    Mutation("one good look of late is enough to be fresh", WITNESS,
             "return any(-AHEAD <= now - look", "return all(-AHEAD <= now - look"),
    Mutation("a look ahead of the clock is not fresh", WITNESS,
             "any(-AHEAD <= now - look <=", "any(now - look <="),
    Mutation("an old look is not fresh", WITNESS,
             "now - look <= timedelta(seconds=limit) for", "now - look for"),
    # -- verdict.py
    Mutation("absence needs the full text free of every name", VERDICT,
             "if full is not None and any(full.holds(name) for name in names):", "if False:"),
    # -- plausibility.py: what is believed
    Mutation("the total must fit", DOUBTS,
             "if declared is None or declared == found:", "if True:"),
    Mutation("a list that was there must be there", DOUBTS,
             "if not now and (before or list_ in judged):", "if not now and list_ in judged:"),
    Mutation("a watched list must be there even at first", DOUBTS,
             "if not now and (before or list_ in judged):", "if not now and before:"),
    Mutation("no list below its floor", DOUBTS, "if 0 < now < floor:", "if False:"),
    Mutation("no list shrinks past its limit", DOUBTS,
             "if now and before and before - now > bounds.max_shrink * before:", "if False:"),
    Mutation("the canaries must be there", DOUBTS,
             "[name for name in bounds.canaries if not names.find(name)]", "[]"),
    Mutation("a doubt of the whole holds every list", DOUBTS,
             "    if any(doubt.list is None for doubt in found):\n"
             "        return frozenset(judged)", "    if False:\n        return frozenset(judged)"),
    Mutation("a missing canary doubts the lists it stood on alone", DOUBTS,
             "homes.get(canary) or (doubt.list,) if canary else (doubt.list,)", "(doubt.list,)"),
    Mutation("the other source must lack what went", DOUBTS,
             "agrees and self.shared", "self.shared"),
    Mutation("the other source must have what stayed", DOUBTS,
             " and self.shared >= self.left * 0.90", ""),
    Mutation("where nothing went nothing is released", DOUBTS, "self.gone > 0 and ", ""),
    # -- change.py: what changed
    Mutation("one row gone while another stays is an amendment", CHANGE,
             "changes.append(_counted(row, other, before, after) if other else removed)",
             "changes.append(removed)"),
    Mutation("a name changed beyond its form is marked for review", CHANGE,
             "review=link.review", "review=False"),
    Mutation("a party whose name is the list's new form is followed", CHANGE,
             "if fields or change.renamed else None", "if fields else None"),
    Mutation("a field that changes everywhere is a format", CHANGE,
             "    if not reformatted:\n        return", "    if True:\n        return"),
    Mutation("a few rows are no format", CHANGE,
             "max(MANY * rows, _MANY_AT_LEAST - 1)", "0"),
    # -- linkage: which row goes on as which
    Mutation("a country blocks no link of one name", SAME_NAMES,
             "return pairs + list(_assigned(left, ", "return pairs + list(_assigned([], "),
    Mutation("rows of one name link within their country first", SAME_NAMES,
             'by_country[name_key(other.country or "")].append(other)', "pass"),
    Mutation("a near name needs evidence", JUDGED,
             "return self._may_link and len(self.evidence) > 0", "return self._may_link"),
    Mutation("a near name with evidence links", JUDGED,
             "return self._may_link and len(self.evidence) > 0", "return False"),
    Mutation("numbers and units are never bridged", JUDGED,
             "barred=_are_units_apart(one.name, other.name)", "barred=False"),
    Mutation("a row entered later is no successor", JUDGED,
             "self.likeness is Likeness.NEAR and not self.barred and not self.evidence.is_new",
             "self.likeness is Likeness.NEAR and not self.barred"),
    Mutation("two that stood side by side are two parties", JUDGED,
             "if left.new.has(one.name) or left.old.has(other.name):", "if False:"),
    Mutation("being called as the other proves nothing besides", JUDGED,
             "if found.reasons == _KIN:", "if False:"),
    Mutation("another name at the same address on the same rule is a doubt", JUDGED,
             "moved_in = known.address is not None and known.same_rules", "moved_in = False"),
    Mutation("a place is form only where no other row bears what is left", JUDGED,
             "    alone = left.old.is_alone(mine) and left.new.is_alone(theirs)\n",
             "    alone = True\n"),
    Mutation("an alias of several proves nothing", LINKAGE_TEXT,
             "and self._bearers.get(key, mine) <= mine", ""),
    Mutation("an address of several proves nothing", ADDRESSES,
             "and self._names.get(place_of(address), set()) <= {mine}", ""),
    Mutation("citations prove nothing where two near rows have them", LINK,
             "if olds[at[0]] == 1 and news[at[1]] == 1 and self._judged[at].close",
             "if self._judged[at].close"),
    Mutation("nearly equal names link only where neither has a rival", LINK,
             '            and not _has_rival(scores["old", at[0]], found.score)\n', ""),
    Mutation("a party that stood on two rows and loses one stays", LINK,
             "if are_one_party(text, row, other)), None)", "if False), None)"),
    # -- amend.py, health.py: what is told once
    Mutation("an amendment that both lists bring is told once", AMEND,
             "    fresh = marks - known\n", "    fresh = marks\n"),
    Mutation("a source fails after three polls, not before", HEALTH,
             "not (at_once or failures >= FAILS_FROM)", "False"),
    Mutation("what must be heard at once is told at once", HEALTH,
             "not (at_once or failures >= FAILS_FROM)", "not failures >= FAILS_FROM"),
    Mutation("all sources silent is one message", HEALTH,
             "if unreached and others and all(other.unreached for other in others):", "if False:"),
    Mutation("one source silent is its own failing", HEALTH,
             "all(other.unreached for other in others)", "True"),
    Mutation("a source has recovered after two good polls", HEALTH,
             "or goods < RECOVERS_FROM", ""),
    Mutation("a doubt is told once", HEALTH,
             "if code not in health.doubts]", "]"),
)  # fmt: skip


def try_out(mutation: Mutation) -> str | None:
    """The first test that notices; None where none does. Raises ValueError for a stale patch."""
    with _copied() as copy:
        patched = copy / "monitor" / mutation.file
        text = patched.read_text(encoding="utf-8")
        if text.count(mutation.old) != 1:
            raise ValueError(f"{mutation.rule}: its text stands {text.count(mutation.old)} times")
        patched.write_text(text.replace(mutation.old, mutation.new), encoding="utf-8")
        return _noticed(copy, QUICK) or _noticed(copy, STORIES)


def unpatched() -> str | None:
    """What the tests notice where nothing is changed: it must be nothing."""
    with _copied() as copy:
        return _noticed(copy, QUICK) or _noticed(copy, STORIES)


@contextmanager
def _copied() -> Iterator[Path]:
    with TemporaryDirectory(prefix="mutation-") as folder:
        copy = Path(folder)
        for name in ("monitor", "tests", "docs/judgement.md"):
            _copy(ROOT / name, copy / name)
        shutil.copy(ROOT / "pyproject.toml", copy)
        yield copy


def _tried(mutation: Mutation) -> str | None:
    test = try_out(mutation)
    sys.stderr.write(f"{mutation.rule}: {test or 'NOBODY'}\n")
    return test


def _copy(source: Path, to: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, to, ignore=shutil.ignore_patterns("__pycache__", "*.gz"))
        return
    to.parent.mkdir(exist_ok=True)
    shutil.copy(source, to)


def _noticed(copy: Path, files: Sequence[str]) -> str | None:
    there = [name for name in files if (copy / name).exists()]
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-x", *_BARE, *there],
        cwd=copy,
        capture_output=True,
        text=True,
        timeout=LIMIT,
        check=False,
    )
    if ran.returncode == 0:
        return None
    found = _FAILED.search(ran.stdout)
    return f"{Path(found[1]).stem}::{found[2]}" if found else f"exit {ran.returncode}"


def try_all(mutations: Sequence[Mutation]) -> list[tuple[Mutation, str | None]]:
    """Each mutation with the test that notices it."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(zip(mutations, pool.map(_tried, mutations), strict=True))


def page(found: Sequence[tuple[Mutation, str | None]]) -> Iterator[str]:
    """The lines of docs/mutations.md."""
    caught = sum(test is not None for _, test in found)
    yield "# Every decision rule, turned off"
    yield ""
    yield (
        "`python -m tests.mutations` copies the package, turns one guard off, runs the tests of "
        "the rules (and the shipped stories where these see nothing), and writes this page. "
        "`make test-long` asks the same."
    )
    yield ""
    yield f"{caught} of {len(found)} are noticed."
    yield ""
    yield "| rule | file | the test that notices first |"
    yield "|---|---|---|"
    for mutation, test in found:
        yield f"| {mutation.rule} | `{mutation.file}` | {f'`{test}`' if test else '**nobody**'} |"


if __name__ == "__main__":
    if (broken := unpatched()) is not None:
        sys.exit(f"{broken} fails where nothing is changed")
    tried = try_all(MUTATIONS)
    PAGE.write_text("\n".join(page(tried)) + "\n", encoding="utf-8")
    missed = [mutation.rule for mutation, test in tried if test is None]
    sys.stdout.write(f"{len(tried) - len(missed)} of {len(tried)} noticed\n")
    sys.stdout.write("".join(f"not noticed: {rule}\n" for rule in missed))
    sys.exit(1 if missed else 0)
