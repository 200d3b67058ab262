"""`language:` beside a tag in apprise.yaml: taken out before Apprise reads the file, which is ours.

A service that has an option of that name takes it in its URL, as `?language=`.
"""

from collections.abc import Sequence

import yaml

from monitor.language.languages import ENGLISH, LANGUAGES

KEY = "language"


def apart(entry: yaml.Node) -> tuple[yaml.Node, list[str]]:
    """One item under `urls` without its languages, and those: one for each set of its options."""
    if isinstance(entry, yaml.SequenceNode):
        parts = [apart(one) for one in entry.value]
        nodes, languages = [node for node, _ in parts], [one for _, some in parts for one in some]
        return _like(entry, nodes), languages
    if not isinstance(entry, yaml.MappingNode):
        return entry, []
    own = [value.value for key, value in entry.value if key.value == KEY]
    below = [(key, *apart(value)) for key, value in entry.value if key.value != KEY]
    languages = [one for _, _, some in below for one in some]
    return _like(entry, [(key, value) for key, value, _ in below]), languages or [*own[:1], ""][:1]


def _like(node: yaml.Node, value: object) -> yaml.Node:
    kind = yaml.MappingNode if isinstance(node, yaml.MappingNode) else yaml.SequenceNode
    return kind(node.tag, value, node.start_mark, node.end_mark)


def problem(languages: Sequence[object]) -> str:
    """What is wrong with what stands there; nothing where nothing is."""
    wrong = [one for one in languages if one and one not in LANGUAGES]
    return f"language must be one of {', '.join(LANGUAGES)}" if wrong else ""


def of_service(languages: Sequence[str], at: int, services: int) -> str:
    """The language of one of the services that an item makes; English where it names none."""
    if len(languages) == services:
        return languages[at] or ENGLISH.code
    return next((one for one in languages if one), ENGLISH.code)
