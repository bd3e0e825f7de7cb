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
from enrichment.providers.people_data_labs_finder import PeopleDataLabsFinder
from enrichment.verdict import EmailVerdict
from leadengine.http import Unanswered
from leadengine.wording import amount, plural
from leadengine.workflows.asking import is_sandboxed

AskServer = Callable[[str], EmailVerdict]
HALF_A_NAME = "{} is asked with a given name and a family name only."
MAY_BE_PAID = "It may have charged for it, so it is not asked again by itself."
FINDERS: dict[str, type[HunterFinder] | type[PeopleDataLabsFinder]] = {
    each.provider: each for each in (HunterFinder, PeopleDataLabsFinder)
}


def add_outside_options(parser: CommandParser) -> None:
    parser.add_argument(
        "--ask",
        metavar="WORKSPACE",
        default="",
        help="where our own guesses come to nothing, ask a provider with the workspace's key",
    )
    parser.add_argument(
        "--of",
        choices=FINDERS,
        default=HunterFinder.provider,
        help="; ".join(f"{name}: {each.cost}" for name, each in FINDERS.items()),
    )
    parser.add_argument("--base-url", default="", help="another address of the provider, such as one on this machine")


def asking(options: dict[str, Any]) -> Callable[[Finding, Person, str, AskServer], Finding] | None:
    """Asks the finder with a workspace's key; None where it is not wanted. Raises CommandError for no such workspace."""
    if not options["ask"]:
        return None
    people = EmailCheck._meta.get_field("workspace").related_model._default_manager
    workspace = people.filter(slug=options["ask"]).first()
    if workspace is None:
        raise CommandError(f"There is no workspace “{options['ask']}”.")
    by, in_sandbox = FINDERS[options["of"]], is_sandboxed(workspace) and not options["base_url"]
    finder = by(options["base_url"])

    def ask(found: Finding, person: Person, domain: str, ask_server: AskServer) -> Finding:
        if not (person.first and person.last):
            return left_out(found, HALF_A_NAME.format(by.title), by)
        try:
            told = finder.find(finder.door(workspace.pk, in_sandbox=in_sandbox), person, domain)
        except Unanswered as error:
            doubt = f" {MAY_BE_PAID}" if error.may_be_done and not by.are_repeats_free else ""
            return left_out(found, f"{error}{doubt}", by)
        is_open = told is not None and is_worth_asking_its_server(found, told)
        return joined(found, told, ask_server(told.email) if told and is_open else None, by)

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
