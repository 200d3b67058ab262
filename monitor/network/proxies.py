"""Whether requests can be made through the proxies that the environment names."""

from urllib.request import getproxies


def proxy_problem() -> str | None:
    """Which proxy variable the HTTP client cannot use, and what would be right; None for none.

    The client refuses to be made at all, so that a single wrong host in NO_PROXY stops every
    request. A proxy's own URL is never shown: it may hold a password.
    """
    import httpx

    try:
        httpx.Client(trust_env=True, verify=False).close()  # noqa: S501 - it asks nobody
    except (ImportError, ValueError, TypeError, httpx.InvalidURL) as error:
        # Its text may quote a proxy's URL.
        kind = type(error).__name__
        return _what_is_wrong(getproxies()) or f"the proxy variables cannot be read ({kind})"
    return None


def _what_is_wrong(named: dict[str, str]) -> str | None:
    for scheme in ("http", "https", "all"):
        url, name = named.get(scheme, ""), f"{scheme.upper()}_PROXY"
        if url.partition("://")[0].lower().startswith("socks"):
            return f"{name} is a SOCKS proxy; only http:// and https:// are supported"
        if url and not _is_proxy(url if "://" in url else f"http://{url}"):
            return f"{name} cannot be used; it should be like http://proxy:3128"
    for host in filter(None, map(str.strip, named.get("no", "").split(","))):
        if host.startswith("["):
            return f"NO_PROXY holds “{host}”; an IPv6 address should be without brackets"
        if ":" in host and "/" in host:
            return f"NO_PROXY holds “{host}”; ranges of IPv6 cannot be read, name each address"
        if not _is_url(f"all://*{host}") and ":" in host and not _is_url(f"all://[{host}]"):
            return f"NO_PROXY holds “{host}”; it should be a host name or an address"
    return None


def _is_proxy(url: str) -> bool:
    import httpx

    try:
        httpx.HTTPTransport(proxy=url, verify=False).close()
    except (ValueError, TypeError, httpx.InvalidURL):
        return False
    return True


def _is_url(text: str) -> bool:
    import httpx

    try:
        httpx.URL(text)
    except httpx.InvalidURL:
        return False
    return True
