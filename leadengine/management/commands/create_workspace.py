"""Opens a workspace from the command line."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from billing.models import User, Workspace
from leadengine.workflows.workspaces import create_workspace


class Command(BaseCommand):
    help = "Opens a workspace; the owner must have an account already (`createsuperuser` makes one)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name")
        parser.add_argument("--slug", default=None, help="Its short name; made from the name if not given.")
        parser.add_argument("--owner", default=None, metavar="EMAIL")
        parser.add_argument("--country", default="", metavar="CODE", help="Two letters, such as DE.")
        parser.add_argument("--json", action="store_true", help="Print one JSON object.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["slug"] and Workspace.objects.filter(slug=options["slug"]).exists():
            raise CommandError(f"There is a workspace “{options['slug']}” already.")
        workspace = create_workspace(
            options["name"],
            slug=options["slug"],
            owner=owner_of(options["owner"]),
            country=options["country"].upper(),
            now=timezone.now(),
        )
        data = {"workspace": workspace.slug, "name": workspace.name, "owner": options["owner"] or ""}
        self.stdout.write(json.dumps(data) if options["json"] else f"Opened the workspace {workspace.slug}.")


def owner_of(email: str | None) -> User | None:
    if not email:
        return None
    owner = User.objects.filter(email__iexact=email).first()
    if owner is None:
        raise CommandError(f"Nobody has the e-mail address {email}.")
    return owner
