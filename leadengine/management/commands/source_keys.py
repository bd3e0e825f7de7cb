"""Keys of providers: lists how they stand, sets, tests, removes and rotates them, of a workspace or of the whole server."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from billing.models import Workspace
from leadengine.sealing import NoSealingKey
from leadengine.workflows import providers
from leadengine.workflows.asking import is_sandboxed
from leadengine.workflows.opinion_choice import choose_opinions, opinions_of
from leadengine.workflows.provider_keys import UnknownProvider, remove_key, set_key, test_turn
from leads.models import ProviderKey
from leads.providers.cards import ProviderCard, cards
from leads.providers.keys import UnusableKey, health_of, rotate


class Command(BaseCommand):
    help = "Lists providers with the standing of their keys. A key is read from standard input, so that no history keeps it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--workspace", default="", help="the workspace's slug; without it, keys of the whole server"
        )
        parser.add_argument("--set", metavar="PROVIDER", help="keep the key on standard input, and test it")
        parser.add_argument("--test", metavar="PROVIDER", help="ask the provider whether the key works")
        parser.add_argument("--remove", metavar="PROVIDER")
        parser.add_argument(
            "--opinions", metavar="PROVIDER", help="ask it for second opinions on the workspace's addresses"
        )
        parser.add_argument("--no-opinions", metavar="PROVIDER", help="ask it for none; what it costs is chosen")
        parser.add_argument("--rotate", action="store_true", help="seal all keys anew under the newest of FIELD_KEYS")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        workspace = self._workspace(options["workspace"])
        if options["rotate"]:
            done, lost = rotate()
            self._put({"resealed": done, "lost": lost}, options, f"{done} keys sealed anew, {lost} could not be read.")
            return
        try:
            self._act(workspace, options)
        except (UnknownProvider, UnusableKey, NoSealingKey) as refusal:
            raise CommandError(str(refusal)) from refusal
        shown = self._cards(workspace)
        self._put({"providers": [each.to_json() for each in shown]}, options, "\n".join(map(_line, shown)))

    def _act(self, workspace: Workspace | None, options: dict[str, Any]) -> None:
        now = timezone.now()
        if options["set"]:
            test_turn(set_key(workspace, options["set"], sys.stdin.readline(), by=None, now=now), batches=1)
        if options["test"]:
            test_turn(self._key(workspace, options["test"]), batches=1)
        if options["remove"]:
            remove_key(self._key(workspace, options["remove"]), by=None, now=now)

        for name in filter(None, (options["opinions"], options["no_opinions"])):
            if workspace is None:
                raise CommandError("Second opinions are chosen by a workspace: name it with --workspace.")
            choose_opinions(workspace, name, name == options["opinions"], by=None, now=now)

    def _workspace(self, slug: str) -> Workspace | None:
        found = Workspace.objects.filter(slug=slug).first()
        if slug and found is None:
            raise CommandError(f"There is no workspace “{slug}”.")
        return found

    def _key(self, workspace: Workspace | None, provider: str) -> ProviderKey:
        found = ProviderKey.objects.filter(workspace=workspace, provider=provider).first()
        if found is None:
            raise CommandError(f"There is no key of {provider} here.")
        return found

    def _cards(self, workspace: Workspace | None) -> list[ProviderCard]:
        is_inside = bool(workspace and is_sandboxed(workspace))
        installed = providers.installed()
        health = health_of(workspace.pk if workspace else 0, installed, in_sandbox=is_inside)
        opinions = opinions_of(workspace) if workspace else {}
        return cards(installed.values(), health, in_sandbox=is_inside, opinions=opinions)

    def _put(self, data: dict[str, Any], options: dict[str, Any], text: str) -> None:
        self.stdout.write(json.dumps(data, ensure_ascii=False) if options["json"] else text)


def _line(card: ProviderCard) -> str:
    key = f"key …{card.key.ending}" if card.key else "no key"
    return f"{card.title}: {card.sign.label}, {key}. {card.said}".strip()
