"""Each channel is told what it was set up for, and a removal reaches all who did not narrow it."""

from dataclasses import replace

from monitor.notify.routes import (
    TOPICS,
    wanted_by_kinds,
    wanted_by_tags,
    wanted_by_watches,
)
from monitor.screening.event import Kind, topic
from tests.notify.events import event


def test_without_tags_or_kinds_all_but_baselines() -> None:
    """The plain channel hears everything that happens, not the first state."""
    for kind in Kind:
        wanted = kind is not Kind.BASELINE
        assert wanted_by_tags(event(kind), ()) is wanted
        assert wanted_by_kinds(event(kind), ()) is wanted


def test_a_topic_tag_brings_its_kinds_only() -> None:
    """Every kind goes by exactly one topic."""
    for kind in Kind:
        assert [tag for tag in TOPICS if wanted_by_tags(event(kind), {tag})] == [topic(kind)]


def test_a_watch_tag_brings_that_watch() -> None:
    """All of the watch but its baseline, nothing of others, and tags add up."""
    assert wanted_by_tags(event(Kind.ENTRY_AMENDED), {"mps-ifs"})
    assert not wanted_by_tags(event(Kind.BASELINE), {"mps-ifs"})
    assert not wanted_by_tags(event(Kind.ENTRY_AMENDED, watch="other"), {"mps-ifs"})
    assert wanted_by_tags(event(Kind.REMOVAL_CONFIRMED, watch="other"), {"mps-ifs", "removal"})


def test_a_watchs_own_tag_brings_that_watch() -> None:
    """As its id does; written small and with dashes, for Apprise has no spaces in a tag."""
    own = ("East Asia", "Legal")
    assert wanted_by_tags(event(Kind.ENTRY_AMENDED), {"east-asia"}, own)
    assert wanted_by_tags(event(Kind.REMOVAL_CONFIRMED), {"legal", "nudt"}, own)
    assert not wanted_by_tags(event(Kind.BASELINE), {"legal"}, own)
    assert not wanted_by_tags(event(Kind.ENTRY_AMENDED), {"east"}, own)
    assert not wanted_by_tags(event(Kind.ENTRY_AMENDED), {"removal"}, ("removal",))


def test_a_webhook_for_some_watches_gets_these() -> None:
    """By id or tag; what concerns no watch only where its kind is named."""

    def wanted(kind: Kind, watch: str | None = "mps-ifs", kinds: tuple[str, ...] = ()) -> bool:
        told = replace(event(kind), watch=watch)
        own = ("East Asia",) if watch == "nudt" else ()
        return wanted_by_watches(told, kinds, {"mps-ifs"}, {"east asia"}, own)

    assert wanted(Kind.ENTRY_AMENDED)
    assert wanted(Kind.ENTRY_AMENDED, "nudt")
    assert not wanted(Kind.REMOVAL_CONFIRMED, "other")
    assert not wanted(Kind.SOURCE_FAILING, None)
    assert wanted(Kind.SOURCE_FAILING, None, ("source_failing",))
    assert wanted(Kind.NOTICE_FOUND, None)


def test_a_notice_goes_wherever_removals_go() -> None:
    """What a person must read is not lost on a receiver that asked for removals alone."""
    assert wanted_by_kinds(event(Kind.NOTICE_FOUND), ("removal_confirmed",))
    assert not wanted_by_kinds(event(Kind.NOTICE_FOUND), ("watch_stale",))
    assert not wanted_by_kinds(event(Kind.REMOVAL_SUSPECTED), ("removal_confirmed",))


def test_a_rule_goes_by_its_own_tag_and_no_watch_brings_it() -> None:
    """What governs a list is no party's news."""
    changed = event(Kind.RULE_CHANGED, watch=None)
    assert wanted_by_tags(changed, {"rule"})
    assert not wanted_by_tags(changed, {"mps-ifs", "removal", "listing", "operations"})
    assert wanted_by_kinds(changed, ("rule_changed",))
    assert not wanted_by_kinds(changed, ("removal_confirmed",))
