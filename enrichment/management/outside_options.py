"""The options by which a command has a provider's finder asked after our own, with whose key, and what came of it in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.management.base import CommandError, CommandParser

from enrichment.finding.finder import Finding
from enrichment.finding.outside import is_worth_asking_its_server, joined, left_out
from enrichment.finding.patterns import Person
from enrichment.models import EmailCheck
from enrichment.providers.hunter_finder import HunterFinder
from enrichment.verdict import EmailVerdict
from leadengine.http import Unanswered
from leadengine.wording import amount, plural
from leadengine.workflows.asking import is_sandboxed

AskServer = Callable[[str], EmailVerdict]
HALF_A_NAME = "Hunter is asked with a given name and a family name only."


def add_outside_options(parser: CommandParser) -> None:
    parser.add_argument(
        "--ask",
        metavar="WORKSPACE",
        default="",
        help=f"where our own guesses come to nothing, ask Hunter with the workspace's key: {HunterFinder.cost}",
    )
    parser.add_argument("--base-url", default="", help="a stand-in of Hunter: it is sent no real key")


def asking(options: dict[str, Any]) -> Callable[[Finding, Person, str, AskServer], Finding] | None:
    """Asks the finder with a workspace's key; None where it is not wanted. Raises CommandError for no such workspace."""
    if not options["ask"]:
        return None
    people = EmailCheck._meta.get_field("workspace").related_model._default_manager
    workspace = people.filter(slug=options["ask"]).first()
    if workspace is None:
        raise CommandError(f"There is no workspace “{options['ask']}”.")
    finder, in_sandbox = HunterFinder(options["base_url"]), is_sandboxed(workspace) and not options["base_url"]

    def ask(found: Finding, person: Person, domain: str, ask_server: AskServer) -> Finding:
        if not (person.first and person.last):
            return left_out(found, HALF_A_NAME)
        try:
            told = finder.find(finder.door(workspace.pk, in_sandbox=in_sandbox), person, domain)
        except Unanswered as error:
            return left_out(found, str(error))
        is_open = told is not None and is_worth_asking_its_server(found, told)
        return joined(found, told, ask_server(told.email) if told and is_open else None)

    return ask


def in_short(found: Finding) -> str:
    """What the finder told, after our own words; "" where none was asked."""
    told = found.outside
    if told is None:
        return ""
    if "left_out" in told:
        return f". {told['left_out']}"
    if told["email"] is None:
        return f". {told['title']} has no address of this person, and charged nothing"
    pages, cost = len(told["sources"]), f"{amount(told['credits'])} {told['title']} {plural(told['credits'], 'credit')}"
    refused = ", which the mail server refused" if told.get("refused_by_server") else ""
    sure = f"{told['confidence']:.0%} sure, seen on {pages} {plural(pages, 'page')}"
    return f". {told['title']}: {told['email']}{refused}, {sure}; {cost}"
