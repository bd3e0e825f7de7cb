"""Says what was done: a toast where htmx asked, else a message on the next page; either may carry a way back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils.html import format_html, format_html_join
from django_htmx.http import trigger_client_event

Response = TypeVar("Response", bound=HttpResponse)


@dataclass(frozen=True, slots=True)
class Undo:
    """The POST that takes back what was done: its address, and the fields it sends."""

    url: str
    values: Mapping[str, str] = field(default_factory=dict)


def toast(
    response: Response, text: str, *, tone: str = "", url: str = "", undo: Undo | None = None, is_last: bool = False
) -> Response:
    """The response, with a toast that the browser shows when it arrives. `tone` is "" or "bad"; `url` opens a page.

    `is_last`: after what the response brings has taken its place, and the focus with it.
    """
    words: dict[str, Any] = {"text": text, "tone": tone} | ({"url": url} if url else {})
    if undo:
        words["undo"] = {"url": undo.url, "values": dict(undo.values)}
    return trigger_client_event(response, "toast", words, after="settle" if is_last else "receive")


def flash(request: HttpRequest, text: str, *, undo: Undo | None = None) -> None:
    """A message on the next page; with `undo` it holds a form of one button, which needs no script."""
    messages.success(request, _with_form(request, text, undo) if undo else text)


def _with_form(request: HttpRequest, text: str, undo: Undo) -> str:
    fields = {"csrfmiddlewaretoken": get_token(request), **undo.values}
    hidden = format_html_join("", '<input type="hidden" name="{}" value="{}">', fields.items())
    return format_html(
        '{} <form class="undo" method="post" action="{}">{}'
        '<button class="button small" data-key="u">Undo</button></form>',
        text,
        undo.url,
        hidden,
    )
