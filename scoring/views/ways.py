"""Where the next actions of a lead can be done: links to write, call, look up and log; none for what is not offered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse

from leadengine.wording import in_credits
from leads.models import Lead
from scoring.columns import Email
from scoring.factors.reach import is_writable
from scoring.insights import contact_steps
from scoring.insights.actions import Action

PROFILE = "https://www.linkedin.com/in/"


@dataclass(frozen=True, slots=True)
class Way:
    """A link that does something: `url` leads to a page of ours, to the mail program, the telephone or another site."""

    label: str
    icon: str
    url: str


Find = Callable[[Action, Lead, Way], list[Way]]


@dataclass(frozen=True, slots=True)
class NextAction:
    """An action with its ways; without any it is advice only."""

    action: Action
    ways: tuple[Way, ...]


def next_actions(actions: Iterable[Action], lead: Lead, *, log_url: str) -> list[NextAction]:
    """In the same order; `log_url` is where an activity is added to the timeline."""
    log = Way("Log it", "pencil-line", log_url)
    return [NextAction(each, _ways(each, lead, log)) for each in actions]


def _ways(action: Action, lead: Lead, log: Way) -> tuple[Way, ...]:
    find = WAYS.get(action.key)
    return tuple(find(action, lead, log)) if find and action.is_offered else ()


def _contact(action: Action, lead: Lead, log: Way) -> list[Way]:
    """By the telephone only where the action says so: then it was looked at whether they may be called."""
    ways = [Way("Call", "phone", f"tel:{lead.phone}")] if lead.phone and action.title.startswith("Call") else []
    if not ways and lead.email and is_writable(Email(lead.email_status, lead.email_reason, lead.email_flags)):
        ways = [Way("Write", "mail", f"mailto:{lead.email}")]
    return [*(ways or _profile(action, lead, log)), log]


def _call(action: Action, lead: Lead, log: Way) -> list[Way]:
    return [Way("Call", "phone", f"tel:{lead.phone}"), log] if lead.phone else []


def _profile(action: Action, lead: Lead, log: Way) -> list[Way]:
    return [Way("Open the profile", "external-link", PROFILE + lead.linkedin_slug)] if lead.linkedin_slug else []


def _company(action: Action, lead: Lead, log: Way) -> list[Way]:
    if not lead.company_id:
        return []
    return [Way("See who is known there", "building-2", reverse("leads:company-detail", args=[lead.company_id]))]


def _panel(label: str) -> Find:
    """To the lead's panel of the e-mail address, whose button does it; both name the price."""

    def find(action: Action, lead: Lead, log: Way) -> list[Way]:
        panel = f"{reverse('leads:lead-detail', args=[lead.pk])}#email-check"
        price = in_credits(action.price) if action.price else ""
        named = " · ".join(filter(None, (label, price)))
        return [Way(named, "mail-search", panel)] if lead.email else []

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
