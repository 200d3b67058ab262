"""The provisions that govern the lists: which there are, what they are called, what they bear on.

A list's rows are no rule. Its introduction, its footnotes and its notes are.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from monitor.screening.words.message import Text, say


@dataclass(frozen=True, slots=True)
class Provision:
    """One section or supplement of part 744."""

    id: str
    name: str
    """As the law cites it."""
    title: Text
    lists: tuple[str, ...]
    """Codes of the lists it bears on."""

    @property
    def holds_a_list(self) -> bool:
        """Whether it is a supplement with a list, of which the introduction and the notes count."""
        return self.id in {"supplement-4", "supplement-6", "supplement-7"}

    @property
    def spoken(self) -> str:
        """What of it is a rule, in a sentence."""
        if not self.holds_a_list:
            return self.name
        return say("the introduction and notes of {provision}", provision=self.name)


PROVISIONS = {
    one.id: one
    for one in (
        Provision("744.11", "§ 744.11", say("License requirements of the Entity List"), ("EL",)),
        Provision("744.15", "§ 744.15", say("Restrictions of the Unverified List"), ("UVL",)),
        Provision(
            "744.16", "§ 744.16",
            say("Entity List: exceptions, review, requests for removal"), ("EL",),
        ),
        Provision("744.21", "§ 744.21", say("Military end uses and military end users"), ("MEU",)),
        Provision(
            "supplement-4", "Supplement No. 4 to Part 744",
            say("Entity List: introduction, footnotes and notes"), ("EL",),
        ),
        Provision(
            "supplement-6", "Supplement No. 6 to Part 744",
            say("Unverified List: introduction and notes"), ("UVL",),
        ),
        Provision(
            "supplement-7", "Supplement No. 7 to Part 744",
            say("Military End-User List: introduction and notes"), ("MEU",),
        ),
        Provision(
            "supplement-8", "Supplement No. 8 to Part 744",
            say("How ownership of 50 percent or more is added up"), ("EL", "MEU"),
        ),
    )
}  # fmt: skip
"""By id, in the order of the law."""

AFFILIATES = ("744.11", "744.16", "744.21", "supplement-4", "supplement-7", "supplement-8")
"""What the Affiliates Rule (90 FR 47201) wrote into the law, § 744.8 apart."""


def in_order(places: Iterable[str]) -> tuple[str, ...]:
    """These provisions once each, in the order of the law."""
    wanted = set(places)
    return tuple(place for place in PROVISIONS if place in wanted)


def spoken_of(places: Iterable[str]) -> tuple[str, ...]:
    return tuple(PROVISIONS[place].spoken for place in in_order(places))


def names_of(places: Iterable[str]) -> tuple[str, ...]:
    return tuple(PROVISIONS[place].name for place in in_order(places))


def lists_of(places: Iterable[str]) -> tuple[str, ...]:
    """The lists that these provisions bear on."""
    return tuple(
        dict.fromkeys(code for place in in_order(places) for code in PROVISIONS[place].lists)
    )
