"""Whether two names are one but for form, each looked at by itself.

The other half of the rule, that form is forgiven only where no other row bears what is left, needs
the list and is in `list_names`.
"""

from monitor.screening.names.anatomy import Anatomy
from monitor.screening.names.forms import agree, said
from monitor.screening.names.key import same_key
from monitor.screening.words.message import joined, say


def keys(parts: Anatomy) -> tuple[str, ...]:
    """What a name is filed under: its own words, and a person's in any order."""
    if not parts.person:
        return (parts.key,)
    return parts.key, "\0" + " ".join(sorted(parts.words))


def equal_words(anatomy: Anatomy, other: Anatomy) -> bool:
    """Whether nothing but form differs."""
    if same_key(anatomy.key, other.key):
        return True
    return anatomy.person and other.person and sorted(anatomy.words) == sorted(other.words)


def spelled_alike(anatomy: Anatomy, other: Anatomy) -> bool:
    """Whether even the form is the same, only written another way or in another place."""
    return (anatomy.form, anatomy.own_shorts, anatomy.tail, anatomy.parent) == (
        other.form, other.own_shorts, other.tail, other.parent
    )  # fmt: skip


def forgivable(anatomy: Anatomy, other: Anatomy) -> bool:
    """Whether one name only leaves off what the other says; LLC and JSC gainsay each other."""
    return (
        agree(anatomy.form, other.form)
        and _within(anatomy.own_shorts, other.own_shorts)
        and _within(anatomy.tail, other.tail)
        and _within(anatomy.parent, other.parent)
    )


def borne_too(left: Anatomy, other: Anatomy, bearer: Anatomy) -> bool:
    """Whether a third name bears what is left when two names leave off what they do not share."""
    return (
        agree(left.form & other.form, bearer.form)
        and _within(_shared(left.own_shorts, other.own_shorts), bearer.own_shorts)
        and _within(_shared(left.tail, other.tail), bearer.tail)
        and _within(_shared(left.parent, other.parent), bearer.parent)
    )


def _shared(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in one if word in other)


def _within(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return not one or not other or set(one) <= set(other) or set(other) <= set(one)


def differences(anatomy: Anatomy, other: Anatomy) -> tuple[str, ...]:
    """What of the form differs, each in words."""
    found = []
    if anatomy.form != other.form:
        told = " / ".join(said(form) or "none" for form in (anatomy.form, other.form))
        found.append(say("legal form: {told}", told=told))
    if anatomy.own_shorts != other.own_shorts:
        shorts = sorted(set(anatomy.own_shorts) ^ set(other.own_shorts))
        found.append(
            say(
                "short name in brackets: {names}",
                names=joined(", ", (short.upper() for short in shorts)),
            )
        )
    if anatomy.tail != other.tail:
        found.append(
            say("place or street behind the name: {text}", text=_text(anatomy.tail, other.tail))
        )
    if anatomy.parent != other.parent:
        found.append(say("parent body: {text}", text=_text(anatomy.parent, other.parent)))
    if anatomy.former != other.former:
        found.append(say("text behind f.k.a. or a.k.a."))
    if anatomy.words != other.words and sorted(anatomy.words) == sorted(other.words):
        found.append(say("order of the names"))
    return tuple(found)


def _text(*sides: tuple[str, ...]) -> str:
    return " / ".join(" ".join(side).replace("#", "") or "none" for side in sides)
