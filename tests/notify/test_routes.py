"""Each channel is told what it was set up for, and a removal reaches all who did not narrow it."""

from dataclasses import replace

import pytest

from monitor.notify.routes import (
    TOPICS,
    Named,
    digest_wanted_by_tags,
    wanted_by_follows,
    wanted_by_kinds,
    wanted_by_tags,
    wanted_by_watches,
)
from monitor.screening.event import ASKED_FOR, Event, Kind, topic
from tests.notify.events import event


def test_without_tags_or_kinds_all_but_what_is_asked_for() -> None:
    """The plain channel hears everything that happens, not the first state nor whole lists."""
    assert {Kind.BASELINE, Kind.LIST_CHANGED} == ASKED_FOR
    for kind in Kind:
        wanted = kind not in ASKED_FOR
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


def news(follow: str = "china") -> Event:
    return event(Kind.LIST_CHANGED, watch=None, follow=follow)


def test_news_of_a_list_goes_where_its_follow_is_a_tag() -> None:
    """And nowhere else: no tag, no kind and no watch brings it."""
    assert wanted_by_tags(news(), {"china"})
    assert wanted_by_tags(news(), {"list_changed"})
    assert not wanted_by_tags(news(), set())
    assert not wanted_by_tags(news(), {"russia", "removal", "listing", "mps-ifs"})
    assert not wanted_by_kinds(news(), ())
    # A follow alone is no watch: neither the digest nor what may be any watch's removal.
    notice = event(Kind.NOTICE_FOUND, watch=None)
    assert not digest_wanted_by_tags({"china"}, {"china"})
    assert not wanted_by_tags(notice, {"china"}, (), {"china"})
    assert wanted_by_tags(notice, {"china", "mps-ifs"}, (), {"china"})


@pytest.mark.parametrize(
    ("kinds", "follows", "wanted"),
    [
        ((), (), False),
        (("list_changed",), (), True),
        (("removal_confirmed",), (), False),
        ((), ("china",), True),
        (("list_changed",), ("china",), True),
        (("list_changed",), ("russia",), False),
        (("removal_confirmed",), ("china",), False),
    ],
)
def test_a_webhook_asks_by_kind_or_by_the_id_of_a_follow(
    kinds: tuple[str, ...], follows: tuple[str, ...], wanted: bool
) -> None:
    """Both together are the news of these follows alone."""
    assert wanted_by_follows(news(), kinds, follows) is wanted


def test_a_follow_that_is_a_watchs_tag_too_is_both() -> None:
    """What may be any watch's removal still comes."""
    named = Named.of([("mps-ifs", ("China",))], ["china", "russia"])
    assert named.only_follows == {"russia"}
    notice = event(Kind.NOTICE_FOUND, watch=None)
    assert wanted_by_watches(notice, (), (), {"china"}, (), named.only_follows)
    assert not wanted_by_watches(notice, (), (), {"russia"}, (), named.only_follows)
