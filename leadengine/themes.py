"""Remembering a theme: in a cookie, so that the server writes it and no page flashes, and with the person."""

from django.conf import settings
from django.http import HttpResponse

from leadengine.request import Request
from leadengine.shell import THEME_COOKIE, THEMES

_YEAR = 365 * 24 * 3600


def remember_theme(request: Request, response: HttpResponse, chosen: str) -> None:
    """`chosen` is light or dark; anything else is the system's."""
    if chosen in THEMES:
        response.set_cookie(
            THEME_COOKIE, chosen, max_age=_YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE, httponly=True
        )
    else:
        response.delete_cookie(THEME_COOKIE)
    if request.user.is_authenticated:
        request.user.theme = chosen if chosen in THEMES else "system"
        request.user.save(update_fields=["theme"])
