"""Whether an answer can be the one to what was asked: a server that is a step behind would have anybody accepted."""

from __future__ import annotations

import re

from enrichment.verifying.connection import Reply

READY = 220  # greets, and begins TLS; an answer to nothing else
FORWARDS = (251, 551)  # name another address for good reason
ANYBODYS = {"postmaster", "abuse", "support", "helpdesk"}  # whom one may write to instead
_NAMED = re.compile(r"<([^<>@\s]+)@([^<>@\s]+)>")


def is_about_another(reply: Reply, address: str, sender: str = "") -> bool:
    """Whether an answer names somebody else of the domain that was asked, and not the one whom it should be about.

    >>> is_about_another(Reply(550, "5.1.1", "<zed@acme.example> unknown"), "ada@acme.example")
    True
    """
    text = reply.text.lower()
    if "<" not in text or reply.code in FORWARDS or address.lower() in text:
        return False
    domain = address.rpartition("@")[2].lower()
    named = [(local, host) for local, host in _NAMED.findall(text) if local not in ANYBODYS]
    return any(host == domain and f"{local}@{host}" != sender.lower() for local, host in named)
