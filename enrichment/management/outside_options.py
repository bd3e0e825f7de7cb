"""The options by which a command has a provider's finder asked after our own, with whose key, and what came of it in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.management.base import CommandError, CommandParser

from enrichment.finding.finder import Finding
from enrichment.finding.outside_asking import AskServer, Finder, with_outside
from enrichment.finding.patterns import Person
from enrichment.models import EmailCheck
from enrichment.providers.hunter_finder import HunterFinder
from enrichment.providers.people_data_labs_finder import PeopleDataLabsFinder
from leadengine.wording import amount, plural
from leadengine.workflows.asking import is_sandboxed

FINDERS: dict[str, type[Finder]] = {each.provider: each for each in (HunterFinder, PeopleDataLabsFinder)}


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
    parser.add_argument("--base-url", default="", help="a stand-in of the provider: it is sent no real key")


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
        asked = {"workspace_id": workspace.pk, "in_sandbox": in_sandbox, "ask_server": ask_server}
        return with_outside(found, person, domain, finder=finder, **asked)

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
