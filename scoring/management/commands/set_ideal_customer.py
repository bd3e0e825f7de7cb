"""`manage.py set_ideal_customer`: publishes a workspace's ideal customer, as its page does."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from leadengine.management.workspace_command import WorkspaceCommand, json_argument
from leadengine.workflows.scoring import open_rescoring, publish_ideal
from leads.criteria import Criteria, InvalidCriteria
from scoring.ideal import IdealCustomer
from scoring.management.profile_words import in_force_or_not
from scoring.wording import described


class Command(WorkspaceCommand):
    help = "Publish the ideal customer, in the JSON form of criteria; leads are scored again by the workers."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "ideal", help='JSON such as {"industries": ["retail"]}, or the name of a file that holds it'
        )

    def handle(self, *args: Any, **options: Any) -> None:
        workspace, now = self.workspace(options), timezone.now()
        by = self.person(workspace, options)
        ideal = _ideal(options["ideal"])
        profile = publish_ideal(workspace, ideal, by=by, now=now)
        job = open_rescoring(workspace)
        data = {"version": profile.version, "ideal": profile.ideal, "rescoring": job.leads if job else 0}
        words = [
            f"Version {profile.version} of the profile {in_force_or_not(profile)}.",
            *(f"  {a}: {b}" for a, b in described(ideal)),
        ]
        self.put(data, options, "\n".join(words))


def _ideal(text: str) -> IdealCustomer:
    """In standard terms; CommandError names every mistake."""
    try:
        return IdealCustomer().filled_by(Criteria.from_json(json_argument(text)))
    except InvalidCriteria as error:
        raise CommandError("; ".join(f"{name}: {sentence}" for name, sentence in error.errors.items())) from error
