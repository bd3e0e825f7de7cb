"""What every page's frame shows: who, which workspace, navigation, credits, theme.

A leaf: it reads only what middleware put on the request. `request.workspace` has a `name`; `request.shell_counts` is a
callable returning `ShellCounts`, called at most once and only if a template asks.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.http import HttpRequest

from leadengine.keyboard import KeyGroup, key_groups
from leadengine.navigation import NavigationItem, items

THEME_COOKIE = "theme"
THEMES = ("light", "dark")


@dataclass(frozen=True, slots=True)
class WorkspaceChoice:
    """A line of the workspace switch; `key` is what `billing:switch` receives as `workspace`."""

    key: str
    name: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class SavedLink:
    """A saved search in the sidebar; `new`: how many new people matched it when it was counted last."""

    label: str
    url: str
    new: int = 0
    counted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ShellCounts:
    """Live numbers of the frame: `credits` can be spent, `credits_full` is the balance after the last grant.

    `held_for`: what the credits that are held will be used for, in a word.
    """

    new_leads: int
    live_runs: int
    credits: Decimal
    credits_held: Decimal
    credits_full: Decimal
    held_for: str = ""
    unread: int = 0
    workspaces: tuple[WorkspaceChoice, ...] = ()
    searches: tuple[SavedLink, ...] = ()


class Shell:
    """Lazily computed values for `base.html`; safe on a request that met no middleware."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @property
    def theme(self) -> str:
        """What the person chose, on whatever machine; before that, and for visitors, what this browser's cookie says."""
        theme = getattr(self.user, "theme", "") or self._request.COOKIES.get(THEME_COOKIE, "")
        return theme if theme in THEMES else ""

    @property
    def is_compact(self) -> bool:
        return getattr(self.user, "density", "") == "compact"

    @property
    def has_keys(self) -> bool:
        """Whether single keys do something: each person can switch them off."""
        return self.signed_in and getattr(self.user, "has_keys", True)

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
    def first_name(self) -> str:
        return getattr(self.user, "first_name", "") or self.user_name

    @property
    def is_staff(self) -> bool:
        return self.signed_in and self.user.is_staff

    @property
    def workspace(self) -> Any:
        return getattr(self._request, "workspace", None)

    @property
    def is_manager(self) -> bool:
        return getattr(getattr(self._request, "membership", None), "is_manager", False)

    @cached_property
    def counts(self) -> ShellCounts:
        counts: ShellCounts = self._request.shell_counts()  # type: ignore[attr-defined]
        return counts

    @property
    def credits_percent(self) -> int:
        """What is left of the last balance after a grant, 0 to 100."""
        full = self.counts.credits_full
        return min(100, int(100 * self.counts.credits / full)) if full > 0 else 0

    @property
    def is_low(self) -> bool:
        """Whether less than a fifth of the balance after the last grant can be spent."""
        return self.counts.credits < self.counts.credits_full / 5 or not self.counts.credits

    @cached_property
    def navigation(self) -> list[NavigationItem]:
        return items(self._request.path, self.badges, is_manager=self.is_manager)

    @property
    def badges(self) -> dict[str, str]:
        """What stands behind the links of the sidebar, by the key of the link; empty for nothing to tell."""
        new, live = self.counts.new_leads, self.counts.live_runs
        return {"leads": f"{new:,}" if new else "", "runs": f"{live} live" if live else ""}

    @property
    def unread(self) -> str:
        """What stands at the bell: the number of unread notifications, "99+" for more than two digits."""
        unread = self.counts.unread
        return "99+" if unread > 99 else str(unread or "")

    @cached_property
    def key_groups(self) -> list[KeyGroup]:
        return key_groups(is_manager=self.is_manager)


def shell(request: HttpRequest) -> dict[str, Shell]:
    """Context processor: `shell` in every template."""
    return {"shell": Shell(request)}
