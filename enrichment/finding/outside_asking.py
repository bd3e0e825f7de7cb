"""Asks a provider's finder where our own guesses came to nothing, and joins what it tells to our finding."""

from __future__ import annotations

from collections.abc import Callable

from enrichment.finding.finder import Finding
from enrichment.finding.outside import is_wanted, is_worth_asking_its_server, joined, left_out
from enrichment.finding.patterns import Person
from enrichment.providers.hunter_finder import HunterFinder
from enrichment.providers.people_data_labs_finder import PeopleDataLabsFinder
from enrichment.verdict import EmailVerdict
from leadengine.http import Unanswered

AskServer = Callable[[str], EmailVerdict]
Finder = HunterFinder | PeopleDataLabsFinder
HALF_A_NAME = "{} is asked with a given name and a family name only."
MAY_BE_PAID = "It may have charged for it, so it is not asked again by itself."


def with_outside(
    found: Finding,
    person: Person,
    domain: str,
    *,
    finder: Finder,
    workspace_id: int,
    in_sandbox: bool,
    ask_server: AskServer,
) -> Finding:
    """Our finding where it is enough; otherwise with what the finder told, or why it told nothing. Asks it with the
    workspace's key; `ask_server` verifies an address that the mail server was not asked for yet."""
    if not is_wanted(found):
        return found
    by = type(finder)
    if not (person.first and person.last):
        return left_out(found, HALF_A_NAME.format(by.title), by)
    try:
        told = finder.find(finder.door(workspace_id, in_sandbox=in_sandbox), person, domain)
    except Unanswered as error:
        doubt = f" {MAY_BE_PAID}" if error.may_be_done and not by.are_repeats_free else ""
        return left_out(found, f"{error}{doubt}", by)
    is_open = told is not None and is_worth_asking_its_server(found, told)
    return joined(found, told, ask_server(told.email) if told and is_open else None, by)
