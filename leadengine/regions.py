"""How views tell a region from a page: htmx asks for the region, except where it loads or restores a whole page."""

from __future__ import annotations

from leadengine.request import Request


def wants_region(request: Request) -> bool:
    """Whether only the region is to be rendered. The server decides which one that is, never the request."""
    return bool(request.htmx) and not request.htmx.boosted and not request.htmx.history_restore_request
