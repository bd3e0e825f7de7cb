"""Whether an answer can be the one to what was asked: a server that is a step behind would have anybody accepted."""

from __future__ import annotations

import re
from collections.abc import Collection

from enrichment.verifying.replying import Reply
from leads.identity import is_role_mailbox

READY = 220  # greets, and begins TLS; an answer to nothing else
FORWARDS = (251, 551)  # name another address for good reason
ANYBODYS = {"postmaster", "abuse", "support", "helpdesk"}  # whom one may write to instead
_NAMED = re.compile(r"<([^<>@\s]+@[^<>@\s]+)>")


def is_about_another(reply: Reply, address: str, sender: str = "", together: Collection[str] = ()) -> bool:
    """Whether an answer names somebody else of the domain that was asked, and not the one whom it should be about.

    A mailbox without its tag is the same one; a refusal may name a function's, to write to: but nobody (in lower case)
    of those who were named `together`, whose answer it may be.

    >>> is_about_another(Reply(550, "5.1.1", "<zed@acme.example> unknown"), "ada@acme.example")
    True
    """
    text, asked = reply.text.lower(), address.lower()
    if "<" not in text or reply.code in FORWARDS or asked in text:
        return False
    local, _, domain = asked.rpartition("@")
    own = {sender.lower(), f"{local.partition('+')[0]}@{domain}"}
    named = [each for each in _NAMED.findall(text) if each.endswith(f"@{domain}")]
    return any(each in together or (each not in own and not _is_to_write_to(reply, each)) for each in named)


def _is_to_write_to(reply: Reply, email: str) -> bool:
    return email.partition("@")[0] in ANYBODYS or (not reply.is_positive and is_role_mailbox(email))
