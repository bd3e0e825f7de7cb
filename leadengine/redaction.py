"""Takes secrets, and ends of lines, out of texts that people or logs will see: keys however written, and tell-tale names."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from urllib.parse import quote, quote_plus

SHOWN = "[key]"
SHORTEST = 4  # a secret that is shorter would blank out ordinary words
_NAMED = re.compile(
    r"(?i)\b((?:api[_-]?key|apikey|access[_-]?token|auth[_-]?token|token|key|secret|password)=)[^&\s\"']+"
)
_AUTHORIZATION = re.compile(r"(?i)\b((?:basic|bearer)\s+)[\w.~+/=-]{8,}")
_USERINFO = re.compile(r"(?<=://)[^/@\s]+@")


def redact(text: str, secrets: Iterable[str] = ()) -> str:
    """The text without the secrets: as they are, quoted for a URL, or inside a Basic header.

    >>> redact("GET /v2/account?api_key=k3y-0815 refused", ["k3y-0815"])
    'GET /v2/account?api_key=[key] refused'
    """
    for secret in secrets:
        for spelling in _spellings(secret):
            text = text.replace(spelling, SHOWN)
    text = _USERINFO.sub(f"{SHOWN}@", text)
    return _AUTHORIZATION.sub(rf"\1{SHOWN}", _NAMED.sub(rf"\1{SHOWN}", text))


def in_one_line(text: str) -> str:
    r"""The text without line ends and control characters, so that nobody writes a line of a log but ourselves.

    >>> in_one_line("no\n2026-11-26 WARNING signed in")
    'no 2026-11-26 WARNING signed in'
    """
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())


def _spellings(secret: str) -> list[str]:
    if len(secret) < SHORTEST:
        return []
    basic = [base64.b64encode(each.encode()).decode() for each in (secret, f"{secret}:")]
    return sorted({secret, quote(secret, safe=""), quote_plus(secret), *basic}, key=len, reverse=True)
