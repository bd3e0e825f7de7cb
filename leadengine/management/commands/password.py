"""Gives the three sample users new passwords and prints them."""

import json
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import BaseCommand, CommandError
from django.core.management.base import CommandParser
from django.db import transaction

from leadengine import signins


class Command(BaseCommand):
    help = "Sets new passwords for the sample's sign-ins; who is signed in as one of them is signed out."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        emails = [sign_in.email for sign_in in signins.read_or_create(settings.HOME)]
        users = {user.email: user for user in get_user_model().objects.filter(email__in=emails)}
        if not users:
            raise CommandError("The sample is not loaded: `make run` or `manage.py load_sample` does it.")
        fresh = self._renew(users)
        if options["json"]:
            self.stdout.write(json.dumps({"sign_ins": [asdict(sign_in) for sign_in in fresh]}))
            return
        for sign_in in fresh:
            self.stdout.write(f"{sign_in.role:<8} {sign_in.email:<24} {sign_in.password}")

    @transaction.atomic
    def _renew(self, users: dict[str, Any]) -> list[signins.SignIn]:
        fresh = signins.read_or_create(settings.HOME, fresh=True)
        for sign_in in fresh:
            if user := users.get(sign_in.email):
                user.set_password(sign_in.password)
                user.save(update_fields=["password"])
        return fresh
