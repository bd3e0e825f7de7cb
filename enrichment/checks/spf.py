"""SPF records (RFC 7208): strict reading of one record, and how many look-ups it and its includes cost."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

MOST_LOOKUPS = 10
_MACRO = r"%\{[slodiphv]\d*r?[.\-+,/_=]*\}|%%|%_|%-"
_DOMAIN = re.compile(rf"(?:{_MACRO}|[!-$&-~])+\Z", re.IGNORECASE)
_END = re.compile(r"(?:\.(?!-)(?!\d+\.?\Z)[a-z\d-]*[a-z\d]|%\{[^}]+\})\.?\Z", re.IGNORECASE)
_TERM = re.compile(r"(?P<sign>[-+?~]?)(?P<name>[a-z][\w.-]*)(?P<rest>[:/=].*)?\Z", re.IGNORECASE | re.DOTALL)
_PREFIX = re.compile(r"(?:/(0|[1-9]\d?))?(?://(0|[1-9]\d{0,2}))?\Z")
_ASKING = {"include", "a", "mx", "ptr", "exists"}


@dataclass(frozen=True, slots=True)
class Spf:
    """One record as read; `all` is the sign of its "all" ("-", "~", "?", "+"), "" if it has none; `error` says why not valid."""

    raw: str
    all: str = ""
    includes: tuple[str, ...] = ()
    redirect: str = ""
    own_lookups: int = 0
    error: str = ""

    @property
    def valid(self) -> bool:
        return not self.error


def is_spf(text: str) -> bool:
    """Whether a TXT record is an SPF record: the version, then a space or the end."""
    return text.lower() == "v=spf1" or text.lower().startswith("v=spf1 ")


def parse(text: str) -> Spf:
    """The record's terms: "v=spf1 include:_spf.mail.example -all" -> all "-", one include, one look-up."""
    signs: list[str] = []
    includes: list[str] = []
    redirects: list[str] = []
    seen: set[str] = set()
    lookups, error = 0, ""
    if not text.isascii() or not is_spf(text):
        return Spf(text, error="This is no SPF record.")
    for term in text[6:].split(" "):
        if not term:
            continue
        read = _TERM.match(term)
        name, rest = (read["name"].lower(), read["rest"] or "") if read else ("", "")
        error = error or _fault(term, name, rest, read["sign"] if read else "", seen)
        seen.add(name)
        lookups += name in _ASKING or name == "redirect"
        if name == "all" and read:
            signs.append(read["sign"] or "+")
        elif name in ("include", "redirect"):
            (includes if name == "include" else redirects).append(rest[1:])
    return Spf(text, signs[0] if signs else "", tuple(includes), "".join(redirects[:1]), lookups, error)


async def lookups(record: Spf, ask: Callable[[str], Awaitable[str]], *, most: int = MOST_LOOKUPS) -> int:
    """Look-ups of the record and of all that it includes, at most one more than allowed; `ask` gives a domain's SPF or ""."""
    total, waiting, known = record.own_lookups, [*record.includes, *_followed(record)], set()
    while waiting and total <= most:
        domain = waiting.pop(0).lower().rstrip(".")
        if domain in known or "%" in domain:
            continue
        known.add(domain)
        inner = parse(await ask(domain))
        total += inner.own_lookups
        waiting += [*inner.includes, *_followed(inner)]
    return min(total, most + 1)


def _followed(record: Spf) -> tuple[str, ...]:
    """A redirect counts only where there is no "all"."""
    return (record.redirect,) if record.redirect and not record.all else ()


def _fault(term: str, name: str, rest: str, sign: str, seen: set[str]) -> str:
    """What is wrong with one term, or ""."""
    if rest.startswith("=") or "=" in term.split(":")[0].split("/")[0]:
        return _modifier_fault(term, name, rest, sign, seen)
    checks: dict[str, Callable[[str], bool]] = {
        "all": lambda text: not text,
        "include": lambda text: _is_domain(text, needed=True),
        "exists": lambda text: _is_domain(text, needed=True),
        "a": _is_host_with_prefix,
        "mx": _is_host_with_prefix,
        "ptr": lambda text: _is_domain(text, needed=False),
        "ip4": lambda text: _is_network(text, 4),
        "ip6": lambda text: _is_network(text, 6),
    }
    return "" if name in checks and checks[name](rest) else f"“{term}” is no mechanism."


def _modifier_fault(term: str, name: str, rest: str, sign: str, seen: set[str]) -> str:
    if sign or not name or not rest.startswith("="):
        return f"“{term}” is no modifier."
    if name in ("redirect", "exp"):
        if name in seen:
            return f"“{name}” stands there twice."
        return "" if _is_domain(f":{rest[1:]}", needed=True) else f"“{term}” names no domain."
    return "" if re.fullmatch(rf"(?:{_MACRO}|[!-$&-~])*", rest[1:], re.IGNORECASE) else f"“{term}” has a wrong macro."


def _is_domain(text: str, *, needed: bool) -> bool:
    if not text:
        return not needed
    name = text[1:]
    return text[0] == ":" and bool(_DOMAIN.match(name)) and bool(_END.search(name))


def _is_host_with_prefix(text: str) -> bool:
    cut = _PREFIX.search(text)
    if not cut or int(cut[1] or 0) > 32 or int(cut[2] or 0) > 128:
        return False
    return _is_domain(text[: cut.start()], needed=False)


def _is_network(text: str, version: int) -> bool:
    address, slash, prefix = text[1:].partition("/")
    try:
        right = ipaddress.ip_address(address).version == version
    except ValueError:
        return False
    most = 32 if version == 4 else 128
    return (
        text[0] == ":"
        and right
        and (not slash or (re.fullmatch(r"0|[1-9]\d{0,2}", prefix) is not None and int(prefix) <= most))
    )
