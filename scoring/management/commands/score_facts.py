"""`manage.py score_facts`: facts in, receipts out; no lead needs to be stored, and without --workspace nothing at all."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from billing.pricing import FIRST_PRICES
from leadengine.management.blaming import blamed
from leadengine.management.workspace_command import WorkspaceCommand
from leads.vocabulary import industries
from scoring import profiles
from scoring.explanation import explained
from scoring.given.entries import Entries, parse, read_entries
from scoring.given.facts import given_case
from scoring.given.mistakes import Mistake
from scoring.given.rules import GivenRules, given_rules
from scoring.ideal import IdealCustomer
from scoring.management.telling import in_words
from scoring.rulebook import ScoringProfile, nearest
from scoring.starting import find, starting_profiles
from scoring.views.score import action_prices

DEFAULT = "default"
Told = tuple[dict[str, Any], str]  # a receipt as data, and in words


class Command(WorkspaceCommand):
    help = "Score leads by facts given as JSON (docs/scoring.md) and print their receipts; nothing is stored. Free."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="JSON: one entry or a list of them; or JSON lines; - for standard input")
        parser.add_argument("--profile", default=DEFAULT, help="default, an industry, or a JSON file of rules")
        parser.add_argument(
            "--workspace", default="", help="whose profiles and prices count; default: the built-in ones"
        )
        parser.add_argument("--now", default="", help="ISO 8601; default: this moment")
        parser.add_argument("--json", action="store_true", help="print one JSON object, or a JSON line for each line")

    def handle(self, *args: Any, **options: Any) -> None:
        now = _now(options["now"])
        try:
            rules = self._rules(options, now)
        except Mistake as mistake:
            raise CommandError(f"Profile: {mistake}") from mistake
        except UnicodeDecodeError as error:
            raise CommandError("The profile's file is not in UTF-8.") from error
        with _opened(options["file"]) as file:
            try:
                self._put_all(read_entries(file), rules, now, options)
            except Mistake as mistake:
                raise CommandError(str(mistake)) from mistake
            except UnicodeDecodeError as error:
                raise CommandError("The file is not in UTF-8.") from error

    def _put_all(self, entries: Entries, rules: GivenRules, now: datetime, options: dict[str, Any]) -> None:
        told = _receipts(entries, rules, now)
        if entries.are_lines or not options["json"]:
            for data, words in told:
                self.stdout.write(json.dumps(data, ensure_ascii=False) if options["json"] else words)
            return
        receipts = [data for data, _ in told]
        head = {"now": now.isoformat(), "profile": rules.name, "count": len(receipts)}
        self.stdout.write(json.dumps(head | {"receipts": receipts}, ensure_ascii=False))

    def _rules(self, options: dict[str, Any], now: datetime) -> GivenRules:
        """Rules and prices by the name of a profile."""
        name, workspace = options["profile"], self.workspace(options) if options["workspace"] else None
        prices = action_prices(now) if workspace else built_in_prices()
        if name.lstrip().startswith("{") or name.endswith(".json") or _is_file(name):
            found = given_rules(parse(_content(name)))
            return GivenRules(found.name, found.rulebook, {**prices, **found.prices})
        industry = _industry(name)
        if workspace is None:
            return GivenRules(industry or DEFAULT, _built_in(industry), prices)
        profile = profiles.current(workspace, industry)
        return GivenRules(str(profile), profiles.as_rulebook(profile), prices)


def built_in_prices() -> Mapping[str, Decimal]:
    """Credits by kind as a new installation has them."""
    return {str(kind): amount for kind, source, amount in FIRST_PRICES if not source}


def _receipts(entries: Entries, rules: GivenRules, now: datetime) -> Iterator[Told]:
    for name, entry in entries.told:
        try:
            key, case = given_case(entry, rules.rulebook, now=now)
        except Mistake as mistake:
            raise mistake.within(name) from None
        receipt = explained(case, profile=rules.name, prices=rules.prices)
        yield {"id": key, "now": now.isoformat(), **receipt.to_json()}, in_words(key or name.capitalize(), receipt)


def _built_in(industry: str) -> ScoringProfile:
    """The default rules; for an industry its starting profile, or that of the nearest above, which looks for the industry."""
    starts = {each.industry: each for each in starting_profiles()}
    if start := nearest(starts, industry):
        weighting = start.weighting
        ideal = IdealCustomer(industries=(industry,))
        return ScoringProfile(weights=weighting.weights, cuts=weighting.cuts, ideal=ideal)
    return ScoringProfile(ideal=IdealCustomer(industries=(industry,) if industry else ()))


def _industry(name: str) -> str:
    """The code of an industry, "" for the default profile."""
    if name == DEFAULT:
        return ""
    if start := find(name):
        return start.industry
    found = industries.find(name)
    if found is None:
        near = ", ".join(each.code for each in industries.suggest(name, 3))
        hint = f" Near it are {near}." if near else ""
        raise CommandError(f"“{name}” is no profile: give default, an industry, or a JSON file.{hint}")
    return found.code


def _now(text: str) -> datetime:
    if not text:
        return timezone.now()
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"--now: “{text}” is no day or time such as 2026-05-03T14:30:00+02:00.") from error
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _is_file(name: str) -> bool:
    """Also of what can be the name of none: one too long, say."""
    try:
        return Path(name).is_file()
    except OSError:
        return False


def _content(name: str) -> str:
    if name.lstrip().startswith("{"):
        return name
    with _opened(name) as file:
        return file.read()


@contextmanager
def _opened(name: str) -> Iterator[TextIO]:
    if name == "-":
        yield sys.stdin
        return
    with blamed(name), Path(name).open(encoding="utf-8-sig") as file:
        yield file
