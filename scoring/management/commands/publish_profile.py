"""`manage.py publish_profile`: puts changed weights in force, or only says what they would change."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from leadengine.management.workspace_command import WorkspaceCommand, json_argument
from leadengine.whole_numbers import whole_number
from leadengine.workflows.publishing import publish_profile
from leadengine.workflows.scoring import work_off
from leads.bounds import storable
from scoring import starting
from scoring.laboratory import experiment
from scoring.management.profile_words import in_force_or_not, in_words, industry_code, version_of
from scoring.models import Profile, ProfileState
from scoring.profiles import published
from scoring.rulebook import KEYS, governing
from scoring.versions import CannotPublish, drafted, ideal_ahead, title, weighting_of
from scoring.weighting import ALL, Weighting

# Beside the numbers, what `profiles show` prints: industry and note count where no option says otherwise; the rest is
# told of a version, not set by it: the ideal customer has a command of its own, the averages are frozen anew.
SHOWN = ("industry", "version", "state", "note", "published_at", "ideal", "expected")


class Command(WorkspaceCommand):
    help = "Publish a scoring profile from a file, a starting profile, a draft or changed weights; all leads are scored again."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "file",
            nargs="?",
            help='JSON, or its file: {"weights": {"potential": 20}, "cuts": {"A": 72}}, or what `profiles show --json` prints',
        )
        parser.add_argument("--profile", default="", help="a starting profile by name, such as software")
        parser.add_argument("--draft", type=int, help="the version number of a draft of the industry")
        parser.add_argument("--industry", default="", help="code or name; default: the default profile")
        parser.add_argument("--weight", action="append", default=[], metavar="FACTOR=N", help="may be repeated")
        parser.add_argument("--balance", action="store_true", help="scale the weights that were not named, to make 100")
        parser.add_argument("--note", default="", help="what for")
        parser.add_argument("--dry-run", action="store_true", help="only print what would change")
        parser.add_argument("--leave-to-workers", action="store_true", help="only queue the scoring of all leads")

    def handle(self, *args: Any, **options: Any) -> None:
        workspace, now = self.workspace(options), timezone.now()
        told = _told(options["file"])
        options["industry"] = options["industry"] or ("" if options["profile"] else told.get("industry", ""))
        options["note"] = options["note"] or told.get("note", "")
        if storable(options["note"]) != options["note"]:
            raise CommandError("The note has a zero character or half of a pair of surrogates, which no text has.")
        options["numbers"] = {name: part for name, part in told.items() if name not in SHOWN}
        draft = self._draft(workspace, options)
        weighting = weighting_of(draft)
        if problems := weighting.problems():
            raise CommandError(" ".join(problems) + (" Add --balance to share that out." if weighting.left else ""))
        found = experiment(workspace, draft.industry, weighting, now=now, ideal=ideal_ahead(draft))
        data = {"industry": draft.industry, **weighting.to_json(), **found.to_json()}
        if options["dry_run"]:
            self.put(data | {"published": None}, options, in_words(found))
            return
        if _is_in_force(draft):
            raise CommandError("Nothing would change: these weights and cut-offs are in force already.")
        try:
            job = publish_profile(draft, by=self.person(workspace, options), now=now)
        except CannotPublish as refusal:
            raise CommandError(str(refusal)) from refusal
        if job and not options["leave_to_workers"]:
            job = work_off(job)
        kept = " The ideal customer stays as it was." if told.get("ideal", draft.ideal) != draft.ideal else ""
        draft.refresh_from_db(fields=["state", "version"])
        words = f"{title(draft)} {in_force_or_not(draft)}.{kept} {in_words(found)}"
        done = {"published": draft.version, "state": str(draft.state), "rescored": job.done if job else 0}
        self.put(data | done, options, words)

    def _draft(self, workspace: Any, options: dict[str, Any]) -> Profile:
        """What is to be published, with the numbers that were asked for; not saved."""
        start = starting.find(options["profile"]) if options["profile"] else None
        if options["profile"] and start is None:
            known = ", ".join(each.name for each in starting.starting_profiles())
            raise CommandError(f"There is no starting profile “{options['profile']}”. Known: {known}.")
        industry = industry_code(options["industry"]) or (start.industry if start else "")
        if options["draft"] is not None:
            return self._stored(workspace, industry, options)
        in_force = published(workspace)
        base = start.weighting if start else weighting_of(governing(in_force, industry))
        by = self.person(workspace, options)
        return drafted(workspace, industry, _asked(base, options), note=options["note"], by=by, now=timezone.now())

    def _stored(self, workspace: Any, industry: str, options: dict[str, Any]) -> Profile:
        draft = version_of(workspace, industry, options["draft"])
        if draft.state != ProfileState.DRAFT:
            raise CommandError(f"{title(draft)} is no draft.")
        for name, number in _asked(weighting_of(draft), options).columns().items():
            setattr(draft, name, number)
        draft.note = options["note"] or draft.note
        return draft


def _told(file: str | None) -> dict[str, Any]:
    """What the file says, if there is one: numbers, or a version as `profiles show` prints it."""
    told = json_argument(file) if file else {}
    if not isinstance(told, dict):
        raise CommandError('It should read {"weights": {...}, "cuts": {...}}.')
    for name in ("industry", "note"):
        if not isinstance(told.get(name, ""), str):
            raise CommandError(f"“{name}” is a text.")
    return told


def _is_in_force(draft: Profile) -> bool:
    """Whether its industry is scored by the same numbers of its own, for the same ideal customer."""
    before = published(draft.workspace).get(draft.industry)
    return before is not None and (weighting_of(before), before.ideal) == (weighting_of(draft), ideal_ahead(draft))


def _asked(base: Weighting, options: dict[str, Any]) -> Weighting:
    """The base with what the file and the options change."""
    weights = {}
    for each in options["weight"]:
        name, _, number = each.partition("=")
        stated = whole_number(number)
        if name not in KEYS or stated is None:
            raise CommandError(f"“{each}” is no FACTOR=N. Factors: {', '.join(KEYS)}.")
        weights[name] = stated
    told = options["numbers"]
    try:
        changed = Weighting.from_json({"weights": weights}, Weighting.from_json(told, base))
    except ValueError as wrong:
        raise CommandError(str(wrong)) from wrong
    return _balanced(changed, {*told.get("weights", {}), *weights}) if options["balance"] else changed


def _balanced(changed: Weighting, named: set[str]) -> Weighting:
    """The weights that were not named scaled, so that all make 100."""
    total = sum(changed.columns()[key] for key in named)
    if total > ALL:
        raise CommandError(f"The weights that you name add up to {total}: all ten together make {ALL}, so lower them.")
    if len(named) == len(KEYS) and total < ALL:
        raise CommandError(f"You name all ten weights, and they add up to {total}: none is left to be scaled.")
    return changed.balanced(named)
