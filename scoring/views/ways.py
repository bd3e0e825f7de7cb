"""Where the next actions of a lead can be done: links to write, call, look up and log; none for what is not offered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse

from leadengine.wording import in_credits
from leads.models import Lead
from scoring.insights import contact_steps
from scoring.insights.actions import Action

PROFILE = "https://www.linkedin.com/in/"


@dataclass(frozen=True, slots=True)
class Way:
    """A link that does something: `url` leads to a page of ours, to the mail program, the telephone or another site."""

    label: str
    icon: str
    url: str


@dataclass(frozen=True, slots=True)
class Reach:
    """Whose actions they are: `log` adds to their timeline, `is_writable` where a mail to the address may be sent.

    `can_be_looked_up`: whether what is not known can be asked for here, "email" or "line".
    """

    lead: Lead
    log: Way
    is_writable: bool
    can_be_looked_up: Callable[[str], bool] = lambda kind: False


Find = Callable[[Action, Reach], list[Way]]


@dataclass(frozen=True, slots=True)
class NextAction:
    """An action with its ways; without any it is advice only."""

    action: Action
    ways: tuple[Way, ...]


def next_actions(
    actions: Iterable[Action],
    lead: Lead,
    *,
    log_url: str,
    is_writable: bool,
    can_be_looked_up: Callable[[str], bool] = lambda kind: False,
) -> list[NextAction]:
    """In the same order; `log_url` is where an activity is added to the timeline, `is_writable` what the receipt says."""
    reach = Reach(lead, Way("Log it", "pencil-line", log_url), is_writable, can_be_looked_up)
    return [NextAction(each, _ways(each, reach)) for each in actions]


def _ways(action: Action, reach: Reach) -> tuple[Way, ...]:
    find = WAYS.get(action.key)
    return tuple(find(action, reach)) if find and (action.is_offered or action.key in LOOKUPS) else ()


def _contact(action: Action, reach: Reach) -> list[Way]:
    """By the telephone only where the action says so: then it was looked at whether they may be called."""
    lead = reach.lead
    ways = [Way("Call", "phone", f"tel:{lead.phone}")] if lead.phone and action.title.startswith("Call") else []
    if not ways and lead.email and reach.is_writable:
        ways = [Way("Write", "mail", f"mailto:{lead.email}")]
    return [*(ways or _profile(action, reach)), reach.log]


def _find(action: Action, reach: Reach) -> list[Way]:
    lead = reach.lead
    panel = "email-check" if lead.email else "email-find"
    return [_lookup("Find an e-mail", "mail-search", panel, action, reach)] if reach.can_be_looked_up("email") else []


def _line(action: Action, reach: Reach) -> list[Way]:
    """Looked up where a provider can be asked; else by calling."""
    if reach.can_be_looked_up("line"):
        return [_lookup("Look up the line", "phone", "phone-hours", action, reach)]
    return _call(action, reach)


def _lookup(label: str, icon: str, panel: str, action: Action, reach: Reach) -> Way:
    """To the lead's panel, whose button orders it; both name the price."""
    named = " · ".join(filter(None, (label, in_credits(action.price) if action.price else "")))
    return Way(named, icon, f"{reverse('leads:lead-detail', args=[reach.lead.pk])}#{panel}")


def _call(action: Action, reach: Reach) -> list[Way]:
    return [Way("Call", "phone", f"tel:{reach.lead.phone}"), reach.log] if reach.lead.phone else []


def _profile(action: Action, reach: Reach) -> list[Way]:
    slug = reach.lead.linkedin_slug
    return [Way("Open the profile", "external-link", PROFILE + slug)] if slug else []


def _company(action: Action, reach: Reach) -> list[Way]:
    company = reach.lead.company_id
    if not company:
        return []
    return [Way("See who is known there", "building-2", reverse("leads:company-detail", args=[company]))]


def _panel(label: str) -> Find:
    """To the lead's panel of the e-mail address, whose button does it; both name the price."""

    def find(action: Action, reach: Reach) -> list[Way]:
        return [_lookup(label, "mail-search", "email-check", action, reach)] if reach.lead.email else []

    return find


LOOKUPS = ("find_email", "check_phone")  # ordered here, though nobody knows whether anything comes of it
WAYS: Mapping[str, Find] = {
    **{rule.__name__: _contact for rule in contact_steps.RULES},
    "ask_own_address": _contact,
    "find_phone": _contact,
    "verify_email": _panel("Verify e-mail"),
    "verify_again": _panel("Verify e-mail"),
    "correct_email": _panel("Correct it"),
    "find_email": _find,
    "check_phone": _line,
    "confirm_job": _profile,
    "find_title": _profile,
    "find_place": _profile,
    "find_decision_maker": _company,
}
