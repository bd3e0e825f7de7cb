"""Opens a workspace from the command line."""

import json
import re
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from billing.models import User, Workspace
from leadengine.workflows.workspaces import create_workspace
from leads.vocabulary import places


class Command(BaseCommand):
    help = "Opens a workspace; the owner must have an account already (`createsuperuser` makes one)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name")
        parser.add_argument("--slug", default=None, help="Its short name; made from the name if not given.")
        parser.add_argument("--owner", default=None, metavar="EMAIL")
        parser.add_argument("--country", default="", metavar="CODE", help="Two letters, such as DE, or its name.")
        parser.add_argument(
            "--sample", action="store_true", help="It sees invented data sets, too, and bears their badge."
        )
        parser.add_argument("--json", action="store_true", help="Print one JSON object.")

    def handle(self, *args: Any, **options: Any) -> None:
        workspace = create_workspace(
            name_of(options["name"]),
            slug=free(options["slug"]),
            owner=owner_of(options["owner"]),
            is_sample=allowed(options["sample"]),
            country=country_of(options["country"]),
            now=timezone.now(),
        )
        data = {"workspace": workspace.slug, "name": workspace.name, "owner": options["owner"] or ""}
        self.stdout.write(json.dumps(data) if options["json"] else f"Opened the workspace {workspace.slug}.")


def name_of(text: str) -> str:
    name = text.strip()
    if not 1 <= len(name) <= 100:
        raise CommandError("The name has 1 to 100 characters.")
    return name


def allowed(is_sample: bool) -> bool:
    """Invented data stays out of production, but for a server that is a sandbox on purpose."""
    if is_sample and not settings.SANDBOX:
        raise CommandError("This server takes no invented data: set SANDBOX=1 for it, or leave out --sample.")
    return is_sample


def free(slug: str | None) -> str | None:
    """The slug if it can be one and nobody has it."""
    if slug is None:
        return None
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,50}", slug):
        raise CommandError("The slug is made of letters, digits, hyphens and underscores, at most 50.")
    if Workspace.objects.filter(slug=slug).exists():
        raise CommandError(f"There is a workspace “{slug}” already.")
    return slug


def country_of(text: str) -> str:
    """The ISO code of a country's code or name; "" for none."""
    code = places.country_code(text)
    if text and not code:
        raise CommandError(f"“{text}” is no country: write two letters, such as DE.")
    return code


def owner_of(email: str | None) -> User | None:
    if not email:
        return None
    owner = User.objects.filter(email__iexact=email).first()
    if owner is None:
        raise CommandError(f"Nobody has the e-mail address {email}.")
    return owner
