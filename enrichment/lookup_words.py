"""What a lookup came to, in words: the address found or suggested, the line of a number; and what a panel shows of it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from enrichment.models import Lookup, LookupKind
from leads import fact_words

MOST_SUGGESTED, LEAST_LIKELY = 3, 15  # per cent
BY = {"verifier_confirmed": "confirmed by Hunter"}


@dataclass(frozen=True, slots=True)
class Suggested:
    """An address to take with one click; `why` says by whom it is known. `source` is the provider that told it, and `url`
    a page on which it saw it."""

    email: str
    percent: int
    why: str
    source: str = ""
    url: str = ""


def suggestions(lookup: Lookup) -> list[Suggested]:
    """The address that was found, or else the likeliest ones."""
    told = lookup.result or {}
    if told.get("email"):
        by = BY.get(told["reason"], "the mail server takes mail for it")
        return [_suggested(told, by, told)]
    rows = [_suggested(each, "a guess by the company's pattern", told) for each in told.get("alternatives", ())]
    return [each for each in rows if each.percent >= LEAST_LIKELY][:MOST_SUGGESTED]


def in_a_sentence(lookup: Lookup) -> str:
    told = lookup.result or {}
    if lookup.kind == LookupKind.LINE:
        return _of_line(told)
    if told.get("email"):
        return f"E-mail address found: {told['email']}."
    if found := suggestions(lookup):
        return f"No e-mail address could be confirmed; the likeliest is {found[0].email} ({found[0].percent} %)."
    return "No e-mail address was found."


def headline(lookup: Lookup) -> str:
    """What stands above the addresses that are suggested."""
    if (lookup.result or {}).get("email"):
        return "Found and confirmed."
    return (
        "None could be confirmed; the likeliest are below." if suggestions(lookup) else "No e-mail address was found."
    )


def outside_said(lookup: Lookup) -> str:
    """What the provider said, in a sentence; "" where none was asked, or its address is suggested and says so itself."""
    outside = _outside(lookup.result or {})
    if not outside or any(each.source for each in suggestions(lookup)):
        return ""
    if "left_out" in outside:
        return str(outside["left_out"])
    if outside.get("email") is None:
        return f"{outside['title']} has no address of this person, and charged nothing."
    refused = ", which the mail server refused" if outside.get("refused_by_server") else ""
    return f"{outside['title']} told {outside['email']}{refused}."


def line_facts(lookup: Lookup) -> list[tuple[str, str]]:
    """Label and words of what was reported of a number's line."""
    told = lookup.result or {}
    if not told.get("has_line"):
        return []
    return [
        ("Line", fact_words.phone_kind(str(told["type"])).capitalize()),
        ("Carrier now", told["carrier"] or "Not told"),
        ("Network", told["network"] or "Not told"),
    ]


def _of_line(told: Mapping[str, Any]) -> str:
    if "left_out" in told:
        return f"The phone's line could not be looked up: {told['left_out']}"
    if not told.get("valid"):
        return f"{told['title']}: the number is not valid."
    if not told.get("has_line"):
        return f"{told['title']}: the number is valid; nothing is known of its line."
    carrier = told["carrier"] or "not told"
    return f"{told['title']}: {fact_words.phone_kind(str(told['type']))}, carrier {carrier}."


def _outside(told: Mapping[str, Any]) -> Mapping[str, Any]:
    return (told.get("evidence") or {}).get("outside") or {}


def _suggested(each: Mapping[str, Any], why: str, told: Mapping[str, Any]) -> Suggested:
    email, percent, outside = each["email"], round(100 * each["confidence"]), _outside(told)
    if outside.get("email") != email:
        return Suggested(email, percent, why)
    pages = [page["uri"] for page in outside.get("sources") or ()]
    named = why if told.get("email") else f"told by {outside['title']}"
    return Suggested(email, percent, named, outside["provider"], pages[0] if pages else "")
