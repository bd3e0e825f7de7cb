"""The pages that the frame leads to: their names, pictures, addresses, and the keys that go there."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse


@dataclass(frozen=True, slots=True)
class NavigationItem:
    """One link of the sidebar; `keys` go there, `is_live` marks a badge for something going on now.

    A badge that counts less than what the link leads to has a link of its own, to what it counts.
    """

    label: str
    icon: str
    url: str
    keys: str = ""
    key: str = ""
    badge: str = ""
    is_live: bool = False
    is_current: bool = False

    @property
    def has_linked_badge(self) -> bool:
        return bool(self.key) and not self.is_live


@dataclass(frozen=True, slots=True)
class Destination:
    """A page by the name of its URL; `key` names its badge, `also` are addresses that belong to it."""

    label: str
    icon: str
    name: str
    keys: str = ""
    key: str = ""
    also: tuple[str, ...] = ()
    is_for_managers: bool = False


DESTINATIONS = (
    Destination("Home", "house", "leads:home", "g h"),
    Destination("Leads", "users", "leads:lead-list", "g l", "leads"),
    Destination("New search", "list-filter", "leads:search-new", "n"),
    Destination("Runs", "activity", "leads:run-list", "g r", "runs"),
    Destination("Enrichment", "sparkles", "enrichment:job-list", "g e", also=("leads:lead-enrich",)),
    Destination("Pipeline", "square-kanban", "leads:board", "g p"),
    Destination("Companies", "building-2", "leads:company-list", "g c"),
    Destination("Lists", "list-checks", "leads:list-list"),
    Destination("Dashboard", "chart-column", "scoring:dashboard", "g d", is_for_managers=True),
    Destination("Credits", "coins", "billing:credits", "g b"),
    Destination(
        "Settings",
        "settings",
        "billing:settings",
        also=(
            "billing:members",
            "leads:suppression-list",
            "leads:provider-list",
            "scoring:ideal-customer",
            "scoring:profiles",
        ),
    ),
)


def address(name: str) -> str:
    """The URL of that name; empty while no page has it."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def destinations(*, is_manager: bool) -> list[tuple[Destination, str]]:
    """The pages that exist and that somebody may open, with their URLs."""
    allowed = (each for each in DESTINATIONS if is_manager or not each.is_for_managers)
    return [(each, url) for each in allowed if (url := address(each.name))]


def items(path: str, badges: dict[str, str], *, is_manager: bool = True) -> list[NavigationItem]:
    """The links of the sidebar as seen from `path`; the deepest that fits is current."""
    found = destinations(is_manager=is_manager)
    depths = [_depth(path, each, url) for each, url in found]
    deepest = max(depths, default=0)
    return [
        NavigationItem(
            each.label,
            each.icon,
            url,
            each.keys,
            each.key,
            badges.get(each.key, ""),
            is_live=each.key == "runs",
            is_current=depth == deepest > 0,
        )
        for (each, url), depth in zip(found, depths, strict=True)
    ]


def _depth(path: str, of: Destination, url: str) -> int:
    """How many letters of the path the page's address covers; 0 when the path is not under it.

    >>> _depth("/leads/7/", Destination("Leads", "users", "leads:lead-list"), "/leads/")
    7
    """
    urls = [url, *filter(None, map(address, of.also))]
    return max((len(each) for each in urls if path == each or (each != "/" and path.startswith(each))), default=0)
