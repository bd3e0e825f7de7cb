"""The frame of every page: theme, navigation and credits from what middleware put on the request."""

from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.urls import include, path

from leadengine.shell import Shell, ShellCounts

LEADS = {"home": "", "lead-list": "leads/", "search-new": "searches/new/", "run-list": "runs/"}
BILLING = {"credits": "credits/", "members": "members/", "settings": "settings/"}


def _pages(app, routes):
    return path("", include(([path(route, HttpResponse, name=name) for name, route in routes.items()], app)))


urlpatterns = [_pages("leads", LEADS), _pages("billing", BILLING)]
pytestmark = pytest.mark.urls(__name__)


def shell_at(rf, path="/", **counts) -> Shell:
    request = rf.get(path)
    numbers = {
        "new_leads": 0,
        "live_runs": 0,
        "credits": Decimal(0),
        "credits_held": Decimal(0),
        "credits_full": Decimal(0),
    }
    request.shell_counts = lambda: ShellCounts(**(numbers | counts))
    request.workspace = SimpleNamespace(name="Sample")
    return Shell(request)


def test_a_request_without_middleware_is_a_visitor(rf):
    shell = Shell(rf.get("/"))

    assert not shell.signed_in
    assert shell.workspace is None


def test_an_anonymous_user_is_a_visitor(rf):
    request = rf.get("/")
    request.user = AnonymousUser()

    assert not Shell(request).signed_in


@pytest.mark.parametrize(("cookie", "theme"), [("dark", "dark"), ("light", "light"), ('"><b', ""), ("", "")])
def test_theme_is_one_we_know(rf, cookie, theme):
    request = rf.get("/")
    request.COOKIES["theme"] = cookie

    assert Shell(request).theme == theme


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("/", "Home"),
        ("/leads/", "Leads"),
        ("/leads/7/", "Leads"),
        ("/settings/profile/", "Settings"),
        ("/members/", "Settings"),
        ("/nowhere/", ""),
    ],
)
def test_the_deepest_matching_link_is_current(rf, path, label):
    current = [item.label for item in shell_at(rf, path).navigation if item.is_current]

    assert current == ([label] if label else [])


def test_pages_that_do_not_exist_have_no_link(rf):
    labels = [item.label for item in shell_at(rf).navigation]

    assert labels == ["Home", "Leads", "New search", "Runs", "Credits", "Settings"]


@pytest.mark.parametrize(
    ("chosen", "cookie", "theme"),
    [("dark", "light", "dark"), ("", "light", "light"), ("system", "light", ""), ("light", "", "light")],
)
def test_theme_follows_the_person_and_before_a_choice_the_browser(rf, chosen, cookie, theme):
    request = rf.get("/")
    request.COOKIES["theme"] = cookie
    request.user = SimpleNamespace(is_authenticated=True, theme=chosen)

    assert Shell(request).theme == theme


@pytest.mark.parametrize(("left", "is_low"), [(21, False), (19, True), (0, True)])
def test_credits_are_low_under_a_fifth(rf, left, is_low):
    assert shell_at(rf, credits=Decimal(left), credits_full=Decimal(100)).is_low is is_low


def test_badges_are_shown_only_for_something(rf):
    quiet = shell_at(rf).navigation
    busy = {item.label: item.badge for item in shell_at(rf, new_leads=1200, live_runs=2).navigation}

    assert not any(item.badge for item in quiet)
    assert busy["Leads"] == "1,200"
    assert busy["Runs"] == "2 live"


@pytest.mark.parametrize(("left", "full", "percent"), [(0, 0, 0), (50, 200, 25), (300, 200, 100), (1, 3, 33)], ids=str)
def test_credits_percent_is_of_the_last_full_balance(rf, left, full, percent):
    assert shell_at(rf, credits=Decimal(left), credits_full=Decimal(full)).credits_percent == percent


def test_counts_are_read_once(rf):
    shell = shell_at(rf)
    asked = []
    shell._request.shell_counts = lambda: asked.append(1) or ShellCounts(1, 0, Decimal(1), Decimal(0), Decimal(1))

    read = [shell.counts, shell.navigation, shell.credits_percent]

    assert len(read) == 3
    assert asked == [1]
