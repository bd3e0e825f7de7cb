"""The words of the audit: a sentence for each verb, and what is told of an act as people say it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from billing.models import EntryKind, Role
from leadengine.wording import amount, plural

VERBS = {
    "workspace.created": "Made the workspace",
    "workspace.run_limit": "Set the most credits of a run",
    "workspace.confirm_above": "Set the sum that is confirmed a second time",
    "workspace.reuse_days": "Set how long a lead stays known",
    "workspace.retention": "Set how long leads are kept",
    "workspace.time_zone": "Set the time zone of the schedules",
    "member.added": "Added a member",
    "member.changed": "Changed a member",
    "member.deactivated": "Ended a member's access",
    "member.reactivated": "Gave a member access again",
    "invitation.made": "Invited somebody",
    "invitation.accepted": "Accepted an invitation",
    "invitation.revoked": "Revoked an invitation",
    "password.link_made": "Made a link for a new password",
    "run.started": "Started a run",
    "run.paused": "Paused a run",
    "run.resumed": "Resumed a run",
    "run.stopped": "Stopped a run",
    "run.included": "Included leads that a run had left out",
    "enrichment.started": "Started an enrichment",
    "enrichment.stopped": "Stopped an enrichment",
    "enrichment.applied": "Took over what an enrichment found",
    "enrichment.undone": "Undid an enrichment",
    "enrichment.reopened": "Took back what was decided of an enrichment",
    "schedule.set": "Set the schedule of a search",
    "schedule.paused": "Paused the schedule of a search",
    "schedule.resumed": "Let the schedule of a search go on",
    "schedule.removed": "Removed the schedule of a search",
    "schedule.restored": "Put back the schedule of a search",
    "credits.granted": "Granted credits",
    "credits.expired": "Took credits back",
    "credits.reversed": "Paid credits back",
    "price.set": "Set a price",
    "ledger.exported": "Exported the ledger",
    "profile.published": "Published a scoring profile",
    "profile.ideal_saved": "Saved the ideal customer",
    "profile.rolled_back": "Rolled back a scoring profile",
    "profile.withdrawn": "Took a scoring profile out of force",
    "company.marked": "Marked a company",
    "leads.edited": "Changed many leads at once",
    "leads.put_back": "Took back a change of many leads",
    "leads.exported": "Exported leads",
    "import.started": "Imported a file of leads",
    "import.undone": "Took an import back",
    "import.downloaded": "Downloaded rows that were not imported",
    "person.exported": "Handed over what is held on a person",
    "person.erased": "Erased a person",
    "retention.applied": "Erased leads that were kept long enough",
    "linkedin.connected": "Connected LinkedIn",
    "linkedin.account_chosen": "Chose LinkedIn's ad account",
    "linkedin.webhook_on": "Asked LinkedIn for its events",
    "linkedin.webhook_off": "Asked LinkedIn for no more events",
    "linkedin.disconnected": "Disconnected LinkedIn",
    "provider.key_set": "Entered a provider's key",
    "provider.key_removed": "Removed a provider's key",
    "provider.opinions_wanted": "Had a provider asked for second opinions",
    "provider.opinions_unwanted": "Had a provider asked for second opinions no more",
    "suppression.added": "Added to the suppression list",
    "suppression.removed": "Took off the suppression list",
}
ABSENT = "none"
_LABELS = {
    "other_ideal": "with another ideal customer",
    "monthly_limit": "limit of a month",
    "most_credits_per_run": "most of a run",
    "confirm_above": "confirmed above",
    "reuse_days": "stays known for",
    "retention_days": "kept for",
}
_UNITS = {
    "at_most": "credit",
    "amount": "credit",
    "monthly_limit": "credit",
    "most_credits_per_run": "credit",
    "confirm_above": "credit",
    "reuse_days": "day",
    "retention_days": "day",
    "days": "day",
    "leads": "lead",
    "exported": "lead",
    "rows": "row",
}
# What was not there before is told without a label where the words speak for themselves.
_PHRASES = {
    "at_most": "at most {}",
    "amount": "{}",
    "leads": "{}",
    "exported": "{}",
    "rows": "{}",
    "left_out": "{} left out",
    "days": "kept for more than {}",
    "version": "version {}",
    "back_to": "rolled back to version {}",
    "edit": "{}",
    "note": "“{}”",
    "provider": "{}",
    "ending": "ending in {}",
    "purpose": "for {}",
    "act": "{}",
    "every": "{}",
    "hour": "at {}:00",
    "entries": "{}",
    "account": "ad account {}",
    "scopes": "may {}",
}
_CODES: Mapping[str, Mapping[str, str]] = {
    "role": dict(Role.choices),
    "entries": {
        "1": "1 entry",
        "all": "all entries",
        **{kind: f"only “{label}” entries" for kind, label in EntryKind.choices},
    },
    "act": {"run": "it runs", "alert": "it only tells"},
    "scopes": {"r_ads": "read ad accounts", "r_marketing_leadgen_automation": "read leads of forms"},
    "kind": {"email": "e-mail", "domain": "domain", "phone": "phone", "linkedin": "LinkedIn"},
}


def verb_words(verb: str) -> str:
    """A verb as people say it; one that nobody has put in words is at least readable.

    >>> verb_words("run.started"), verb_words("lead.moved_on")
    ('Started a run', 'Lead: moved on')
    """
    of, _, did = verb.partition(".")
    return VERBS.get(verb) or f"{of.capitalize()}: {did.replace('_', ' ')}"


def change_words(name: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """What became of one thing; empty for what people cannot read, or what says nothing.

    >>> change_words("at_most", {}, {"at_most": "80.00"})
    'at most 80 credits'
    >>> change_words("monthly_limit", {"monthly_limit": None}, {"monthly_limit": "50.00"})
    'limit of a month: none → 50 credits'
    """
    old, new = before.get(name), after.get(name)
    if isinstance(old, dict | list) or isinstance(new, dict | list):
        return ""
    label = _LABELS.get(name, name.removeprefix("is_").replace("_", " "))
    if name in before:
        return f"{label}: {value_words(name, old)} → {value_words(name, new)}"
    if new == "" or new is False:
        return ""
    if name in _PHRASES:
        return _PHRASES[name].format(value_words(name, new))
    return label if new is True else f"{label}: {value_words(name, new)}"


def value_words(name: str, value: Any) -> str:
    """One value by the name of what it is of."""
    if value is None or value == "":
        return ABSENT
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name in _UNITS:
        return _measured(value, _UNITS[name])
    if name in _READ:
        return _READ[name](str(value))
    return _CODES.get(name, {}).get(str(value)) or (f"{value} entries" if name == "entries" else str(value))


def _rights(value: str) -> str:
    """What LinkedIn allowed, which it names by scopes; one that has no words is told as it is."""
    return " and ".join(_CODES["scopes"].get(each, each) for each in value.split())


_READ = {"scopes": _rights, "account": lambda value: value.rpartition(":")[2]}  # of urn:li:sponsoredAccount:123


def _measured(value: Any, unit: str) -> str:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    return f"{amount(number)} {plural(number, unit)}"
