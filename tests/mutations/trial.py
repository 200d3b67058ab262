"""Turns one rule off, and asks the tests whether they notice."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.mutations import instead
from tests.mutations.mutation import ROOT, Mutation

LIMIT = 300
"""Seconds for one mutation's tests."""
_PLUGINS = ("-p", "_hypothesis_pytestplugin", "-p", "tests.steady", "-p", "tests.mutations.instead")
_FAILED = re.compile(r"^FAILED (\S+?)::(\w+)", re.MULTILINE)

QUICK = tuple(
    f"tests/screening/{name}.py"
    for name in (
        "test_judgement_table", "test_rules", "test_acts_alone", "test_testimony", "test_amend",
        "test_plausibility", "test_health", "test_dates", "test_register", "test_verdict",
        "test_parties", "test_change", "test_assess", "linkage/test_links", "test_possible_match",
    )
)  # fmt: skip
"""The rules' own tests; they need no fixture of another room."""
OWN = {
    "monitor.screening.acts.judge": (
        "tests/screening/test_act.py", "tests/screening/test_act_own_dates.py",
        "tests/screening/test_act_tables.py",
    ),
    "monitor.screening.acts.everyone": ("tests/screening/test_act_everyone.py",),
    "monitor.screening.acts.explains": ("tests/screening/test_explains.py",),
    "monitor.status.acts": ("tests/test_acts_shown.py",),
    "monitor.screening.cases": ("tests/screening/test_possible_match.py",),
    "monitor.screening.decide.matches": ("tests/screening/test_possible_match.py",),
    "monitor.screening.acts": (
        "tests/screening/test_act_wordings.py", "tests/screening/test_act_forms.py",
        "tests/screening/test_act_own_dates.py", "tests/screening/test_act_tables.py",
    ),
    "monitor.screening.change": ("tests/screening/test_change.py",),
    "monitor.screening.follow": ("tests/screening/test_follow.py",),
    "monitor.screening.full_text": ("tests/screening/test_verdict.py",),
    "monitor.screening.linkage": (
        "tests/screening/test_change.py", "tests/screening/linkage/test_links.py",
    ),
    "monitor.screening.news.due": ("tests/screening/news/test_due.py",),
    "monitor.screening.news.text_news": ("tests/screening/news/test_text_news.py",),
    "monitor.screening.parties": ("tests/screening/test_parties.py",),
    "monitor.screening.plausibility": ("tests/screening/test_plausibility.py",),
    "monitor.screening.register": ("tests/screening/test_register.py",),
    "monitor.screening.rules": ("tests/screening/rules/test_register.py",),
    "monitor.screening.rules.act_reader": ("tests/screening/rules/test_act_reader.py",),
    "monitor.screening.source_health": ("tests/screening/test_health.py",),
    "monitor.screening.standstill": ("tests/screening/test_standstill.py",),
    "monitor.screening.text_age": ("tests/screening/test_standstill.py",),
    "monitor.screening.unread": ("tests/screening/test_unread.py",),
}  # fmt: skip
"""Asked first, by module or room."""
_FLOODS = "tests/test_case_floods.py"
ELSEWHERE = {
    "monitor.deliver": (
        "tests/test_deliver.py::test_a_notification_is_dead_only_after_three_days_and_every_pause",
    ),
    "monitor.judging.acts": (
        "tests/test_register_down.py::test_an_act_judged_by_another_reader_is_judged_anew",
    ),
    "monitor.judging.docket": ("tests/sources/test_published_xml.py",),
    "monitor.judging.decide": (f"{_FLOODS}::test_an_import_of_200_watches_is_one_message",),
    "monitor.judging.list_memory": (
        "tests/test_past.py::test_a_date_years_ahead_does_not_end_the_looking",
    ),
    "monitor.sources.federal_register.answers": (
        "tests/sources/test_federal_register.py",
        "tests/sources/test_federal_register_rows.py",
    ),
    "monitor.sources.federal_register.client": ("tests/sources/test_published_xml.py",),
    "monitor.judging.verdicts": (
        f"{_FLOODS}::test_an_import_on_a_list_that_nobody_followed_is_one_message",
        f"{_FLOODS}::test_a_first_installation_tells_its_first_checks_alone",
    ),
    "monitor.judging.watchlist": (
        f"{_FLOODS}::test_an_import_of_200_watches_is_one_message",
        f"{_FLOODS}::test_one_new_watch_tells_its_first_check_alone",
        f"{_FLOODS}::test_an_upgrade_tells_its_cases_once_and_together",
    ),
}
"""Asked instead of all others, for a rule that stands beside `screening`."""


def try_all(mutations: Sequence[Mutation]) -> list[tuple[Mutation, str | None]]:
    """Each mutation with the test that notices it; raises where one notices that nothing is off."""
    elsewhere = {test for tests in ELSEWHERE.values() for test in tests}
    with _workshop() as around, ThreadPoolExecutor(os.cpu_count()) as pool:
        if (broken := _noticed((*QUICK, *sorted(elsewhere)), around)) is not None:
            raise RuntimeError(f"{broken} fails where nothing is turned off")
        found = pool.map(lambda one: _tried(one, around), mutations)
        return list(zip(mutations, found, strict=True))


def _tried(mutation: Mutation, around: Mapping[str, str]) -> str | None:
    with TemporaryDirectory(prefix="mutation-") as folder:
        file = Path(folder, "changed.py")
        file.write_text(mutation.source(), encoding="utf-8")
        changed = {instead.MODULE: mutation.module, instead.FILE: str(file)}
        test = _noticed(asked(mutation), {**around, **changed})
    sys.stderr.write(f"{mutation.rule}: {test or 'NOBODY'}\n")
    return test


def asked(mutation: Mutation) -> tuple[str, ...]:
    """The tests to be asked, in this order; the first that fails ends it."""
    if mutation.module in ELSEWHERE:
        return ELSEWHERE[mutation.module]
    room = mutation.module.rpartition(".")[0]
    own = OWN.get(mutation.module, OWN.get(room, ()))
    return tuple(dict.fromkeys((*own, *QUICK)))


@contextmanager
def _workshop() -> Iterator[dict[str, str]]:
    """The environment of the runs, which keep their compiled code apart and share it."""
    with TemporaryDirectory(prefix="mutations-") as folder:
        kept = {key: said for key, said in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        yield {**kept, "PYTHONPYCACHEPREFIX": folder, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}


def _noticed(tests: Sequence[str], around: Mapping[str, str]) -> str | None:
    """The first test that fails; raises where they could not be run at all."""
    elsewhere = {test for some in ELSEWHERE.values() for test in some}
    alone = ("--noconftest",) if elsewhere.isdisjoint(tests) else ()
    said = ("-q", "-x", "--tb=no", "-p", "no:cacheprovider", *_PLUGINS, *alone)
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", *said, *tests],
        cwd=ROOT,
        env=dict(around),
        capture_output=True,
        text=True,
        timeout=LIMIT,
        check=False,
    )
    if ran.returncode == 0:
        return None
    found = _FAILED.search(ran.stdout)
    if found is None:
        raise RuntimeError(f"pytest ended with {ran.returncode}: {ran.stdout[-500:]}{ran.stderr}")
    return f"{Path(found[1]).stem}::{found[2]}"
