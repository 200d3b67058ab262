"""Reading Apprise's YAML and extra URLs into addresses: one recipient, its routes, its secrets.

Every entry is judged on its own so that a fault names its line. A bad URL, a tag that leads nowhere
and every part of Apprise's format that would be ignored here is a problem, never passed over. No
part of a URL but its scheme appears in a problem.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

import yaml

from monitor.errors import ConfigProblem
from monitor.language.languages import ENGLISH
from monitor.notify.apprise.languages import apart, of_service, problem
from monitor.notify.apprise.library import arguments_of, asset, heard, instantiate
from monitor.notify.apprise.recipients import one_each
from monitor.notify.redact import redact
from monitor.notify.routes import TOPICS
from monitor.screening.words.sanitize import one_line

URLS_VARIABLE = "MONITOR_APPRISE_URLS"
_KEYS = frozenset({"version", "urls", "tag", "tags", "groups", "asset"})
_CUT = re.compile(r"[a-z0-9]+://[^@/?#]*:[^@/?#]*#[^/]*@", re.IGNORECASE)
"""A # before the host, after which Apprise reads nothing."""
_REFUSED = {
    "include": "other files are not read; put their URLs here",
    "template": "templates are not supported; ${VAR} is filled from the environment",
}


@dataclass(frozen=True, slots=True)
class Address:
    """One recipient as Apprise's arguments, and where it came from."""

    arguments: Mapping[str, Any] = field(repr=False)
    tags: frozenset[str]
    """Lower case; none means every route but baselines."""
    secrets: tuple[str, ...] = field(repr=False)
    """The URLs that must be taken out of every text about it."""
    settings: Any = field(repr=False)
    language: str = ENGLISH.code
    """Of its texts."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """One item under `urls`, and the line it stands on."""

    value: Any = field(repr=False)
    node: yaml.Node = field(repr=False)
    line: int
    key: str


def read_yaml(
    root: yaml.MappingNode | None, path: str, of_watches: Collection[str]
) -> tuple[list[Address], list[ConfigProblem]]:
    """The addresses of an Apprise file whose `${VAR}` are filled, and what is wrong with it.

    `of_watches`: their ids and their own tags, by which it may route.
    """
    if root is None:
        return [], []
    try:
        whole = yaml.constructor.SafeConstructor().construct_document(root)
    except (yaml.YAMLError, ValueError) as error:
        return [], [ConfigProblem(path, _line_of(error), "", "holds a value that is none")]
    problems = list(_shape_problems(whole, root, path))
    addresses: list[Address] = []
    around = [pair for pair in root.value if pair[0].value in _KEYS - {"urls"}]
    leading = TOPICS | {name.lower() for name in of_watches}
    known = leading | set(_group_tags(whole.get("groups")))
    for entry in _entries(whole, root):
        found, wrong = _read_entry(entry, around, leading, known)
        if not found and not wrong:
            wrong = ["makes no channel: nobody would be told; write the URL alone or give options"]
        addresses += found
        problems += [ConfigProblem(path, entry.line, entry.key, message) for message in wrong]
    return addresses, problems


def read_urls(urls: Sequence[str]) -> tuple[list[Address], list[ConfigProblem]]:
    """The addresses of plain Apprise URLs, without tags, and what is wrong with them."""
    addresses: list[Address] = []
    problems: list[ConfigProblem] = []
    for number, url in enumerate(urls, start=1):
        settings = asset()
        with heard() as said:
            service = instantiate(url.strip(), settings)
        found = _addresses(service, (url,), settings) if service is not None else None
        wrong = _misread(url.strip(), service) if found else ""
        if wrong:
            problems.append(ConfigProblem(URLS_VARIABLE, None, f"URL {number}", wrong))
        elif found:
            addresses += found
        else:
            message = _unusable(url, said, (url,))
            problems.append(ConfigProblem(URLS_VARIABLE, None, f"URL {number}", message))
    return addresses, problems


def _line_of(error: Exception) -> int | None:
    mark = getattr(error, "problem_mark", None)
    return mark.line + 1 if mark is not None else None


def _shape_problems(
    whole: dict[Any, Any], root: yaml.MappingNode, path: str
) -> Iterator[ConfigProblem]:
    lines = {key.value: key.start_mark.line + 1 for key, _ in root.value}
    for key, line in lines.items():
        if key in _REFUSED:
            yield ConfigProblem(path, line, key, _REFUSED[key])
        elif key not in _KEYS:
            # A URL that stands here by mistake holds secrets.
            shown = one_line(f"{key.split('://')[0]}://…" if "://" in key else key, 60)
            right = ", ".join(sorted(_KEYS))
            yield ConfigProblem(path, line, shown, f"unknown key; known are {right}")
    if whole.get("version", 1) != 1:
        yield ConfigProblem(path, lines.get("version"), "version", "must be 1")
    if not isinstance(whole.get("urls"), list | None):
        yield ConfigProblem(path, lines.get("urls"), "urls", "must be a list of Apprise URLs")


def _entries(whole: dict[Any, Any], root: yaml.MappingNode) -> Iterator[_Entry]:
    values = whole.get("urls")
    nodes = {key.value: node for key, node in root.value}.get("urls")
    if not isinstance(values, list) or not isinstance(nodes, yaml.SequenceNode):
        return
    for number, (value, node) in enumerate(zip(values, nodes.value, strict=True)):
        yield _Entry(value, node, node.start_mark.line + 1, f"urls[{number}]")


def _group_tags(groups: Any) -> Iterator[str]:
    """The names of groups and of their members, which Apprise turns into one another."""
    for row in groups if isinstance(groups, list) else [groups]:
        for names, members in row.items() if isinstance(row, dict) else ():
            yield from (tag.lower() for tag in (*_flat(names), *_flat(members)))


def _flat(members: Any) -> Iterator[str]:
    if isinstance(members, str):
        yield from members.replace(",", " ").split()
    elif isinstance(members, list):
        for member in members:
            yield from _flat(member)
    elif isinstance(members, dict):
        yield from map(str, members)


def _read_entry(
    entry: _Entry,
    around: Sequence[tuple[yaml.Node, yaml.Node]],
    leading: Collection[str],
    known: Collection[str],
) -> tuple[list[Address], list[str]]:
    import apprise

    settings = asset()
    written = tuple(_strings(entry.value))
    node, languages = apart(entry.node)
    if wrong_language := problem(languages):
        return [], [wrong_language]
    alone = _alone(node, around)
    with heard() as said:
        services, _ = apprise.ConfigBase.config_parse_yaml(alone, asset=settings)
    found = [
        _addresses(service, written, settings, of_service(languages, at, len(services)))
        for at, service in enumerate(services)
    ]
    if len(services) < _expected(entry.value) or not all(found):
        return [], [_unusable(_url_in(entry.value), said, written)]
    wrong = [line for service in services for line in _tag_problems(service, leading, known)]
    wrong += filter(None, (_misread(_url_in(entry.value), service) for service in services))
    addresses = [address for each in found for address in each]
    return addresses, [*dict.fromkeys(wrong), *(redact(line, written) for line in said)]


def _alone(entry: yaml.Node, around: Sequence[tuple[yaml.Node, yaml.Node]]) -> str:
    """A file that holds this one entry, with what stands around the list of all."""
    urls = yaml.SequenceNode("tag:yaml.org,2002:seq", [entry])
    key = yaml.ScalarNode("tag:yaml.org,2002:str", "urls")
    root = yaml.MappingNode("tag:yaml.org,2002:map", [*around, (key, urls)])
    text: str = yaml.serialize(root, Dumper=yaml.SafeDumper, allow_unicode=True)
    return text


def _addresses(
    service: Any, written: tuple[str, ...], settings: Any, language: str = ENGLISH.code
) -> list[Address]:
    """One address for each recipient of the service; none if Apprise cannot make it again."""
    arguments = arguments_of(service)
    if arguments is None:
        return []
    secrets = (*written, service.url(privacy=False))
    tags = frozenset(str(tag).lower() for tag in _tags(service))
    singles = one_each(arguments, settings)
    return [Address(single, tags, secrets, settings, language) for single in singles]


def _misread(url: str, service: Any) -> str:
    """Why a URL that Apprise takes does not mean what it says; nothing where it does."""
    if _CUT.match(url):
        return "a # in the user name or password ends the URL there: write it as %23"
    for name in ("tag", "tags"):
        if re.search(rf"[?&]{name}=", url) and name not in service.template_args:
            return (
                f"?{name}= in the URL is ignored, so every alert would go there: "
                f"write `tag:` below the URL in apprise.yaml"
            )
    if url.startswith(("mailto", "mailtos")) and not (service.host or service.smtp_host):
        return "names no mail server: write mailto://user:password@server/?from=…&to=…"
    return ""


def _tags(service: Any) -> Collection[Any]:
    tags: Collection[Any] = service.tags
    return tags


def _tag_problems(service: Any, leading: Collection[str], known: Collection[str]) -> Iterator[str]:
    topics = ", ".join(sorted(TOPICS))
    right = f"must be one of {topics}, the id of a watch or a follow, or a tag of a watch"
    tags = {str(tag).lower(): tag for tag in _tags(service)}
    for name, tag in sorted(tags.items()):
        if tag.has_priority:
            yield f"tag {one_line(name, 60)}: priorities are not supported; drop the number"
        if name not in known:
            near = get_close_matches(name, known, n=1)
            meant = f"did you mean {near[0]}?" if near else right
            yield f"unknown tag {one_line(name, 60)}: {meant}"
    if tags and tags.keys() <= set(known) and not tags.keys() & set(leading):
        yield f"the tags {one_line(', '.join(sorted(tags)), 120)} lead nowhere; one {right}"


def _unusable(url: str, said: Sequence[str], secrets: tuple[str, ...]) -> str:
    scheme = url.split("://", 1)[0] if "://" in url else ""
    kind = f"{one_line(scheme, 30)}:// URL" if scheme else "entry"
    heard_of = [one_line(redact(line, secrets), 200) for line in said]
    reason = f" ({'; '.join(heard_of[:2])})" if heard_of else ""
    return f"Apprise cannot use this {kind}{reason}"


def _url_in(value: Any) -> str:
    return next((text for text in _strings(value) if "://" in text), "")


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _strings(key)
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
    elif value is not None:
        yield str(value)


def _expected(value: Any) -> int:
    """How many services one item stands for: a list under a URL makes one of each of its items."""
    if isinstance(value, dict):
        return max((len(inner) for inner in value.values() if isinstance(inner, list)), default=1)
    return 1
