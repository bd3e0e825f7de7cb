"""`manage.py profiles`: lists, shows, compares and rolls back the versions of a workspace's scoring profiles."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from leadengine.management.workspace_command import WorkspaceCommand
from leadengine.workflows.publishing import roll_back, withdraw_profile
from scoring.comparing import compared
from scoring.laboratory import returning
from scoring.management.profile_words import described, in_words, industry_code, listed, version_of
from scoring.models import Profile
from scoring.profiles import ensure_default
from scoring.starting import starting_profiles
from scoring.versions import CannotPublish, as_published, restored, title, weighting_of

ACTIONS = ("list", "show", "compare", "roll-back", "withdraw", "starting")


class Command(WorkspaceCommand):
    help = "Scoring profiles: list, show, compare A B, roll-back to a version, withdraw an industry's, starting ones."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("action", nargs="?", choices=ACTIONS, default="list", help="default: list")
        parser.add_argument("versions", nargs="*", type=int, help="one version number, or two to compare")
        parser.add_argument("--industry", default="", help="code or name; default: the default profile")
        parser.add_argument("--dry-run", action="store_true", help="of roll-back: only print what would change")

    def handle(self, *args: Any, **options: Any) -> None:
        workspace = self.workspace(options)
        ensure_default(workspace)
        options["industry"] = industry_code(options["industry"])
        act = getattr(self, f"do_{options['action'].replace('-', '_')}")
        try:
            data, words = act(workspace, options)
        except CannotPublish as refusal:
            raise CommandError(str(refusal)) from refusal
        self.put(data, options, words)

    def do_list(self, workspace: Any, options: dict[str, Any]) -> tuple[dict[str, Any], str]:
        found = list(Profile.objects.of(workspace).order_by("industry", "-version"))
        return {"profiles": [listed(each) for each in found]}, "\n".join(described(each) for each in found)

    def do_show(self, workspace: Any, options: dict[str, Any]) -> tuple[dict[str, Any], str]:
        profile = as_published(self._one(workspace, options))
        numbers = weighting_of(profile).to_json()
        data = listed(profile) | numbers | {"ideal": profile.ideal, "expected": profile.expected}
        lines = [f"  {name}: {number}" for part in numbers.values() for name, number in part.items()]
        return data, "\n".join([described(profile), *lines])

    def do_compare(self, workspace: Any, options: dict[str, Any]) -> tuple[dict[str, Any], str]:
        one, other = map(as_published, self._some(workspace, options, 2))
        told = compared(one, other).to_json()
        lines = [f"  {name}: {a} -> {b}" for part in told.values() for name, (a, b) in part.items()]
        return told, "\n".join([f"{title(one)} -> {title(other)}", *(lines or ["  Nothing differs."])])

    def do_roll_back(self, workspace: Any, options: dict[str, Any]) -> tuple[dict[str, Any], str]:
        version, by, now = self._one(workspace, options), self.person(workspace, options), timezone.now()
        found = returning(restored(version, by=by, now=now), now=now)
        if options["dry_run"]:
            return found.to_json() | {"published": None}, in_words(found)
        made = roll_back(version, by=by, now=now)
        words = f"{made.note}: {title(made)} is in force. The ideal customer stays as it was. {in_words(found)}"
        return listed(made) | found.to_json() | {"published": made.version}, words

    def do_withdraw(self, workspace: Any, options: dict[str, Any]) -> tuple[dict[str, Any], str]:
        profile = self._one(workspace, options)
        withdraw_profile(profile, by=self.person(workspace, options), now=timezone.now())
        return {"withdrawn": title(profile)}, f"{title(profile)} is out of force."

    def do_starting(self, workspace: Any, options: dict[str, Any]) -> tuple[dict[str, Any], str]:
        told = {each.name: each.weighting.to_json()["weights"] for each in starting_profiles()}
        return told, "\n".join(f"{each.name}: {each.about}" for each in starting_profiles())

    def _one(self, workspace: Any, options: dict[str, Any]) -> Profile:
        return self._some(workspace, options, 1)[0]

    def _some(self, workspace: Any, options: dict[str, Any], number: int) -> list[Profile]:
        if len(options["versions"]) != number:
            raise CommandError("Name two versions to compare." if number == 2 else "Name one version.")
        return [version_of(workspace, options["industry"], version) for version in options["versions"]]
