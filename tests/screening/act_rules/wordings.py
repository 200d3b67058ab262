"""The amending words of rules: every verb in many wordings, in the style of the bureau's rules.

Each wording takes the amended supplement, and by heading the names or cells to be quoted. `SURE`
are plain: what they do is certain. `DOUBTFUL` speak of an entry in words that a person must read.
"""

from collections.abc import Callable, Mapping, Sequence

By = Mapping[str, Sequence[str]]
"""By heading of a country, what is quoted."""
Wording = Callable[[str, By], str]

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_SMALL = frozenset({"of", "the", "and"})
_COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight")


def in_words(heading: str) -> str:
    """CHINA, PEOPLE'S REPUBLIC OF as running words write it: China."""
    words = heading.partition(",")[0].lower().split()
    return " ".join(word if word in _SMALL else word.capitalize() for word in words)


def _quotes(names: Sequence[str], mark: str = ";") -> str:
    """“A”; “B”; and “C”, or with commas inside the quotes, as American print has them."""
    said = [f"“{name}”" for name in names]
    if mark == ",":
        said = [f"“{name},”" for name in names[:-1]] + said[-1:]
        mark = ""
    return said[0] if len(said) == 1 else f"{mark} ".join([*said[:-1], f"and {said[-1]}"])


def _entries(names: Sequence[str], article: str = "the ") -> str:
    return f"{article}entry for" if len(names) == 1 else f"{article.replace('an ', '')}entries for"


def _lettered(clauses: Sequence[str]) -> str:
    """A. …; b. …; and c. …, each on a line of its own."""
    if len(clauses) == 1:
        return f" {clauses[0]}."
    ends = [";"] * (len(clauses) - 2) + ["; and", "."]
    return ":" + "".join(
        f"\na. {said}{end}".replace("\na.", f"\n{_LETTERS[at]}.", 1)
        for at, (said, end) in enumerate(zip(clauses, ends, strict=True))
    )


def _under(verb: str, order: str = "", article: str = "the ", mark: str = ";") -> Wording:
    """A. Under CHINA, by removing the entries for “A”; and “B”."""

    def say(supplement: str, by: By) -> str:
        return f"{supplement} is amended" + _lettered(
            [
                f"{'Under' if len(by) > 1 else 'under'} {heading}, by {verb}{order}"
                f" {_entries(names, article)} {_quotes(names, mark)}"
                for heading, names in by.items()
            ]
        )

    return say


def _items(verb: str, order: str = "", article: str = "the ") -> Wording:
    """A. Under CHINA: i. By removing the entry for “A”; and ii. By removing the entry for “B”."""

    def say(supplement: str, by: By) -> str:
        said = f"{supplement} is amended:"
        for at, (heading, names) in enumerate(by.items()):
            said += f"\n{_LETTERS[at]}. Under {heading}:"
            for number, name in enumerate(names):
                end = "." if number == len(names) - 1 else ";"
                said += f"\n{_ROMAN[number]}. By {verb}{order} {article}entry for “{name}”{end}"
        return said

    return say


def _imperative(verb: str, order: str = "", article: str = "the ", behind: str = "") -> Wording:
    """In supplement no. 4 to part 744, under CHINA, remove the entry for “A”."""

    def say(supplement: str, by: By) -> str:
        clauses = [
            f"under {heading}, {verb} {_entries(names, article)} {_quotes(names)}{order}{behind}"
            for heading, names in by.items()
        ]
        return f"In {supplement[0].lower()}{supplement[1:]}, {'; '.join(clauses)}."

    return say


def _short(verb: str, order: str = "") -> Wording:
    """Supplement No. 4 to part 744 is amended by: a. Removing “A” under China; b. …."""

    def say(supplement: str, by: By) -> str:
        clauses = [
            f"{verb.capitalize()} “{name}” under {in_words(heading)}{order}"
            for heading, names in by.items() for name in names
        ]  # fmt: skip
        if len(clauses) == 1:
            return f"{supplement} is amended by {clauses[0][0].lower()}{clauses[0][1:]}."
        return f"{supplement} is amended by{_lettered(clauses)}"

    return say


def _passive(verb: str, order: str = "", article: str = "the ") -> Wording:
    """Under CHINA, the entry for “A” is removed."""

    def say(supplement: str, by: By) -> str:
        clauses = [
            f"under {heading}, {_entries(names, article)} {_quotes(names)}"
            f" {'is' if len(names) == 1 else 'are'} {verb}{order}"
            for heading, names in by.items()
        ]
        return f"In {supplement[0].lower()}{supplement[1:]}, {'; and '.join(clauses)}."

    return say


def _bullets(verb: str, order: str = "") -> Wording:
    """… by removing the following two entities under the destination of CHINA: • “A”; and • “B”."""

    def say(supplement: str, by: By) -> str:
        said = []
        for heading, names in by.items():
            noun = "entity" if len(names) == 1 else "entities"
            count = _COUNTS[len(names)]
            listed = "; and".join(
                ["".join(f"\n• “{name}”;" for name in names[:-1]).rstrip(";"), f"\n• “{names[-1]}”"]
                if len(names) > 1 else [f"\n• “{names[0]}”"]
            )  # fmt: skip
            said.append(
                f"by {verb}{order} the following {count} {noun} under the destination of"
                f" {heading}:{listed}"
            )
        return f"{supplement} is amended {'; and '.join(said)}."

    return say


def _numbered(verb: str, order: str = "") -> Wording:
    """… by removing, under CHINA, the following entries: (1) “A”; and (2) “B”."""

    def say(supplement: str, by: By) -> str:
        said = []
        for heading, names in by.items():
            items = [f"({at}) “{name}”" for at, name in enumerate(names, 1)]
            listed = "; and ".join(["; ".join(items[:-1]), items[-1]]) if items[1:] else items[0]
            noun = "entry" if len(names) == 1 else "entries"
            said.append(f"by {verb}, under {heading}{order}, the following {noun}: {listed}")
        return f"{supplement} is amended {'; and '.join(said)}."

    return say


def _counted(verb: str, order: str = "") -> Wording:
    """… by removing one entity, “A”, under the destination of China."""

    def say(supplement: str, by: By) -> str:
        clauses = [
            f"by {verb} {_COUNTS[len(names)]} {'entity' if len(names) == 1 else 'entities'},"
            f" {_quotes(names)}, under the destination of {in_words(heading)}{order}"
            for heading, names in by.items()
        ]
        return f"{supplement} is amended{_lettered(clauses)}"

    return say


def _inside(words: str) -> Wording:
    """Under CHINA, in the entry for “A”, by adding an address."""

    def say(supplement: str, by: By) -> str:
        clauses = [
            f"under {heading}, in the entry for “{name}”, {words}"
            for heading, names in by.items() for name in names
        ]  # fmt: skip
        return f"{supplement} is amended{_lettered(clauses)}"

    return say


def _of_part(words: str) -> Wording:
    """Under CHINA, by adding two aliases to the entry for “A”."""

    def say(supplement: str, by: By) -> str:
        clauses = [
            f"under {heading}, {words} the entry for “{name}”"
            for heading, names in by.items() for name in names
        ]  # fmt: skip
        return f"{supplement} is amended{_lettered(clauses)}"

    return say


def _plain_clause(before: str, behind: str = "") -> Wording:
    def say(supplement: str, by: By) -> str:
        clauses = [
            f"under {heading}, {before} “{name}”{behind}"
            for heading, names in by.items() for name in names
        ]  # fmt: skip
        return f"{supplement} is amended{_lettered(clauses)}"

    return say


_ORDER = ", in alphabetical order,"
_AT_END = " in alphabetical order"
SURE: dict[str, tuple[Wording, ...]] = {
    "removed": (
        _under("removing"), _under("removing", mark=","), _items("removing"),
        _imperative("remove"), _short("removing"), _passive("removed"),
        _bullets("removing"), _numbered("removing"), _counted("removing"),
    ),
    "added": (
        _under("adding", _ORDER, "an "), _under("adding", _ORDER, "an ", ","),
        _items("adding", _ORDER, "an "), _imperative("add", _AT_END, "an "),
        _short("adding", _AT_END), _passive("added", _AT_END, "an "),
        _bullets("adding", _ORDER), _numbered("adding", _AT_END), _counted("adding", _AT_END),
    ),
    "revised": (
        _under("revising"), _under("revising", mark=","), _items("revising"),
        _imperative("revise", behind=" to read as follows"), _passive("revised"),
        _inside("by removing “No. 5 Harbor Road” and adding in its place “No. 6 Harbor Road”"),
        _of_part("by adding two aliases to"), _of_part("by removing two addresses from"),
        _of_part("by revising the license review policy for"),
    ),
}  # fmt: skip
DOUBTFUL: dict[str, tuple[Wording, ...]] = {
    "removed": (
        _plain_clause("by removing, in the Entity column, the entity"),
        _plain_clause("by removing the entry and all references for"),
        _plain_clause(
            "by removing the entry, including the address and the license requirement, for"
        ),
        _plain_clause("by removing the row for footnote 4 entity"),
        _plain_clause("by removing", ", listed in two entries"),
    ),
    "added": (
        _plain_clause("by adding, in the Entity column, the entity"),
        _plain_clause("by adding the entry, including the address and a footnote, for"),
        _plain_clause("by adding a row for footnote 4 entity"),
    ),
    "revised": (
        _plain_clause("by revising, in the Entity column, the entity"),
        _plain_clause("by revising the row for footnote 4 entity"),
    ),
}
