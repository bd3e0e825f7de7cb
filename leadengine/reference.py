"""A reference for each request: on its answer, on error pages, and in every line of the log that it causes."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextvars import ContextVar
from secrets import token_hex

from django.http import HttpResponse

from leadengine.request import Request

HEADER = "X-Request-ID"
_current: ContextVar[str] = ContextVar("reference", default="-")


class ReferenceMiddleware:
    """Sets `request.reference`, eight letters and digits that somebody can read out on the telephone."""

    def __init__(self, get_response: Callable[[Request], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        request.reference = token_hex(4)
        before = _current.set(request.reference)
        try:
            response = self.get_response(request)
        finally:
            _current.reset(before)
        response[HEADER] = request.reference
        return response


class Stamp(logging.Filter):
    """Gives each line of the log the reference of the request it belongs to; `-` outside requests."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.reference = _current.get()
        return True
