"""The request as our views get it: what the middleware adds to Django's, with its types."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from leadengine.shell import ShellCounts


class Request(HttpRequest):
    """`workspace` and `membership` are None for visitors and for people without a workspace (billing's models)."""

    htmx: HtmxDetails
    membership: Any
    memberships: list[Any]
    reference: str
    shell_counts: Callable[[], ShellCounts]
    word_of_ends: Callable[[], tuple[str, str]]
    user: Any
    workspace: Any
