"""An answer of a mail server, read from its lines, and how it stands in a transcript."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from enrichment.checks.replies import ReplyClass

LONGEST_TEXT = 300
_ENHANCED = re.compile(r"[245]\.\d{1,3}\.\d{1,3}(?!\.?\d)")  # not the beginning of 5.1.1.20, an address
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer: `text` without codes, at most 300 characters; `lines` are all its lines, for EHLO."""

    code: int
    enhanced: str = ""
    text: str = ""
    ms: float = 0.0
    lines: tuple[str, ...] = field(default=(), repr=False)

    @property
    def is_positive(self) -> bool:
        return 200 <= self.code < 300

    @property
    def is_temporary(self) -> bool:
        return 400 <= self.code < 500


def as_text(raw: bytes) -> str:
    """A line as a database and a page can take it: what controls a terminal, or is no character, is a blank."""
    line = raw.decode("utf-8", "replace").strip()
    return line if line.isprintable() else _UNPRINTABLE.sub(" ", line).strip()


def parse_reply(lines: list[str], *, ms: float = 0.0) -> Reply:
    """An answer of one or more lines.

    >>> parse_reply(["550-5.1.1 The account", "550 5.1.1 does not exist"])
    Reply(code=550, enhanced='5.1.1', text='The account does not exist', ms=0.0)
    """
    if not lines[-1][:3].isascii() or not lines[-1][:3].isdigit():
        raise ValueError(f"no SMTP reply: {lines[-1][:40]}")
    texts = [line[4:] for line in lines]
    match = _ENHANCED.match(texts[-1]) or _ENHANCED.match(texts[0])
    enhanced = match[0] if match else ""
    said = " ".join(text.removeprefix(enhanced).strip(" -") if enhanced else text for text in texts)
    return Reply(int(lines[-1][:3]), enhanced, said[:LONGEST_TEXT], ms, tuple(texts))


def entry(command: str, reply: Reply, kind: ReplyClass) -> dict[str, Any]:
    """A line of the transcript."""
    return {
        "cmd": command,
        "code": reply.code,
        "enhanced": reply.enhanced,
        "text": reply.text,
        "class": str(kind),
        "ms": reply.ms,
    }
