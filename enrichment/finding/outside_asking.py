"""Asks a provider's finder where our own guesses came to nothing, and joins what it tells to our finding."""

from __future__ import annotations

from collections.abc import Callable

from enrichment.finding.finder import Finding
from enrichment.finding.outside import is_wanted, is_worth_asking_its_server, joined, left_out
from enrichment.finding.patterns import Person
from enrichment.providers.hunter_finder import HunterFinder
from enrichment.verdict import EmailVerdict
from leadengine.http import Unanswered

AskServer = Callable[[str], EmailVerdict]
HALF_A_NAME = "Hunter is asked with a given name and a family name only."


def with_outside(
    found: Finding,
    person: Person,
    domain: str,
    *,
    finder: HunterFinder,
    workspace_id: int,
    in_sandbox: bool,
    ask_server: AskServer,
) -> Finding:
    """Our finding where it is enough; otherwise with what the finder told, or why it told nothing. Asks it with the
    workspace's key; `ask_server` verifies an address that the mail server was not asked for yet."""
    if not is_wanted(found):
        return found
    if not (person.first and person.last):
        return left_out(found, HALF_A_NAME)
    try:
        told = finder.find(finder.door(workspace_id, in_sandbox=in_sandbox), person, domain)
    except Unanswered as error:
        return left_out(found, str(error))
    is_open = told is not None and is_worth_asking_its_server(found, told)
    return joined(found, told, ask_server(told.email) if told and is_open else None)
