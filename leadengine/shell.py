"""What every page's frame shows: who, which workspace, navigation, credits, theme.

A leaf: it reads only what middleware put on the request. `request.workspace` has a `name`; `request.shell_counts` is a
callable returning `ShellCounts`, called at most once and only if a template asks.
"""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

THEME_COOKIE = "theme"
THEMES = ("light", "dark")


@dataclass(frozen=True, slots=True)
class WorkspaceChoice:
    """A line of the workspace switch; `key` is what `billing:switch` receives as `workspace`."""

    key: str
    name: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class ShellCounts:
    """Live numbers of the frame: `credits` can be spent, `credits_full` is the balance after the last grant."""

    new_leads: int
    live_runs: int
    credits: Decimal
    credits_held: Decimal
    credits_full: Decimal
    workspaces: tuple[WorkspaceChoice, ...] = ()


@dataclass(frozen=True, slots=True)
class NavigationItem:
    """One link of the sidebar; `is_live` marks a badge for something going on now."""

    label: str
    icon: str
    url: str
    badge: str = ""
    is_live: bool = False
    is_current: bool = False


class Shell:
    """Lazily computed values for `base.html`; safe on a request that met no middleware."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @property
    def theme(self) -> str:
        theme = self._request.COOKIES.get(THEME_COOKIE, "")
        return theme if theme in THEMES else ""

    @cached_property
    def user(self) -> Any:
        return getattr(self._request, "user", None)

    @property
    def signed_in(self) -> bool:
        return self.user is not None and self.user.is_authenticated

    @property
    def user_name(self) -> str:
        return self.user.get_full_name() or self.user.get_username()

    @property
    def is_staff(self) -> bool:
        return self.signed_in and self.user.is_staff

    @property
    def workspace(self) -> Any:
        return getattr(self._request, "workspace", None)

    @cached_property
    def counts(self) -> ShellCounts:
        counts: ShellCounts = self._request.shell_counts()  # type: ignore[attr-defined]
        return counts

    @property
    def credits_percent(self) -> int:
        """What is left of the last balance after a grant, 0 to 100."""
        full = self.counts.credits_full
        return min(100, int(100 * self.counts.credits / full)) if full > 0 else 0

    @cached_property
    def navigation(self) -> list[NavigationItem]:
        items = self._items()
        current = max((item.url for item in items if self._is_under(item.url)), key=len, default="")
        return [_marked(item) if item.url == current else item for item in items]

    def _items(self) -> list[NavigationItem]:
        new, live = self.counts.new_leads, self.counts.live_runs
        return [
            NavigationItem("Home", "house", reverse("leads:home")),
            NavigationItem("Leads", "users", reverse("leads:lead-list"), badge=f"{new:,}" if new else ""),
            NavigationItem("New search", "list-filter", reverse("leads:search-new")),
            NavigationItem(
                "Runs", "activity", reverse("leads:run-list"), badge=f"{live} live" if live else "", is_live=True
            ),
            NavigationItem("Credits", "coins", reverse("billing:credits")),
            NavigationItem("Members", "contact-round", reverse("billing:members")),
        ]

    def _is_under(self, url: str) -> bool:
        path = self._request.path
        return path == url or (url != "/" and path.startswith(url))


def _marked(item: NavigationItem) -> NavigationItem:
    return NavigationItem(item.label, item.icon, item.url, item.badge, item.is_live, is_current=True)


def shell(request: HttpRequest) -> dict[str, Shell]:
    """Context processor: `shell` in every template."""
    return {"shell": Shell(request)}
