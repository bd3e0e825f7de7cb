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
    """Whose actions they are: `log` adds to their timeline, `is_writable` where a mail to the address may be sent."""

    lead: Lead
    log: Way
    is_writable: bool


Find = Callable[[Action, Reach], list[Way]]


@dataclass(frozen=True, slots=True)
class NextAction:
    """An action with its ways; without any it is advice only."""

    action: Action
    ways: tuple[Way, ...]


def next_actions(actions: Iterable[Action], lead: Lead, *, log_url: str, is_writable: bool) -> list[NextAction]:
    """In the same order; `log_url` is where an activity is added to the timeline, `is_writable` what the receipt says."""
    reach = Reach(lead, Way("Log it", "pencil-line", log_url), is_writable)
    return [NextAction(each, _ways(each, reach)) for each in actions]


def _ways(action: Action, reach: Reach) -> tuple[Way, ...]:
    find = WAYS.get(action.key)
    return tuple(find(action, reach)) if find and action.is_offered else ()


def _contact(action: Action, reach: Reach) -> list[Way]:
    """By the telephone only where the action says so: then it was looked at whether they may be called."""
    lead = reach.lead
    ways = [Way("Call", "phone", f"tel:{lead.phone}")] if lead.phone and action.title.startswith("Call") else []
    if not ways and lead.email and reach.is_writable:
        ways = [Way("Write", "mail", f"mailto:{lead.email}")]
    return [*(ways or _profile(action, reach)), reach.log]


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
        panel = f"{reverse('leads:lead-detail', args=[reach.lead.pk])}#email-check"
        price = in_credits(action.price) if action.price else ""
        named = " · ".join(filter(None, (label, price)))
        return [Way(named, "mail-search", panel)] if reach.lead.email else []

    return find


WAYS: Mapping[str, Find] = {
    **{rule.__name__: _contact for rule in contact_steps.RULES},
    "ask_own_address": _contact,
    "find_phone": _contact,
    "verify_email": _panel("Verify e-mail"),
    "verify_again": _panel("Verify e-mail"),
    "correct_email": _panel("Correct it"),
    "check_phone": _call,
    "confirm_job": _profile,
    "find_title": _profile,
    "find_place": _profile,
    "find_decision_maker": _company,
}
