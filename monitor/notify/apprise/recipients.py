"""One address, one recipient: a URL with several is taken apart before anything is sent.

Otherwise a retry after one recipient's failure would repeat the alert to all who already have it.
Copies (cc, bcc) of a mail become recipients of their own. What Apprise sends in a single request,
or cannot take apart, stays together.
"""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from monitor.notify.apprise.library import instantiate


def one_each(arguments: Mapping[str, Any], settings: Any) -> list[Mapping[str, Any]]:
    """The arguments, one for each recipient, or unchanged where they cannot be taken apart."""
    whole = instantiate(arguments, settings)
    copies = [*_mails(arguments.get("cc")), *_mails(arguments.get("bcc"))]
    targets = arguments.get("targets")
    if whole is None or not isinstance(targets, list) or (len(whole) < 2 and not copies):
        return [arguments]
    alone = {key: value for key, value in arguments.items() if key not in {"cc", "bcc"}}
    # Without a recipient a mail goes to its sender.
    singles: list[Mapping[str, Any]] = [] if targets else [alone]
    singles += [{**alone, "targets": [one]} for one in dict.fromkeys([*targets, *copies])]
    services = [instantiate(single, settings) for single in singles]
    apart = all(service is not None and len(service) == 1 for service in services)
    return singles if apart and len(singles) >= len(whole) else [arguments]


def recipient_id(arguments: Mapping[str, Any], settings: Any) -> str:
    """A stable id without secrets: the scheme, and a short hash of account and recipient.

    It changes when the account's password or token does: Apprise's own id holds them, hashed.
    """
    service = instantiate(arguments, settings)
    account = service.url_id() or service.url(privacy=False) if service is not None else ""
    targets = arguments.get("targets") or ()
    whom = "\x1f".join(map(str, targets)) if isinstance(targets, list) else str(targets)
    digest = sha256(f"{account}\x1e{whom}".encode()).hexdigest()
    return f"{arguments['schema']}-{digest[:8]}"


def _mails(written: Any) -> list[str]:
    from apprise.utils.parse import parse_emails

    return list(parse_emails(written)) if written else []  # type: ignore[no-untyped-call]
