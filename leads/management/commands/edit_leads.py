"""Sets stage, owner, tag or list of all leads that match a query, and takes such an edit back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from leadengine.workflows.editing import edit_leads, undo_edit
from leads.edit_wording import TWICE, said, said_back
from leads.editing import AlreadyUndone
from leads.filters import members
from leads.forms.editing import SET, EditForm
from leads.management.browsing_command import BrowsingCommand, Matching
from leads.models import EditedField, LeadEdit


class Command(BrowsingCommand):
    help = "Edits every lead that matches --query in one transaction; --undo gives each of them back what it had."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--stage", help="key of a stage")
        what.add_argument("--owner", help="e-mail of a member, or “none”")
        what.add_argument("--tag", help="name of a tag; made if there is none")
        what.add_argument("--list", help="name of a list; made if there is none")
        what.add_argument("--undo", type=UUID, metavar="EDIT", help="id of an edit, as the commands print it")
        parser.add_argument("--reason", default="", help="why, for the stage “disqualified”")

    def handle(self, *args: Any, **options: Any) -> None:
        data, text = self.take_back(options) if options["undo"] else self.edit(self.matching(options), options)
        self.put(data, options, text)

    def edit(self, found: Matching, options: dict[str, Any]) -> tuple[dict[str, Any], str]:
        form = EditForm(self.fields(found, options), workspace=found.workspace)
        if not form.is_valid():
            raise CommandError(" ".join(str(text) for texts in form.errors.values() for text in texts))
        change = form.change(by=found.by, now=found.now)
        made = edit_leads(found.leads, change, workspace=found.workspace, by=found.by, now=found.now)
        data = {"edit": str(made.pk) if made.changed else None, "words": made.words, "changed": made.changed}
        return data, said(made) + (f" Edit {made.pk}." if made.changed else "")

    def fields(self, found: Matching, options: dict[str, Any]) -> dict[str, Any]:
        field = next(name.value for name in SET if options[name.value])
        value = options[field]
        if field == EditedField.OWNER:
            value = "" if value == "none" else self.member(found, value)
        return {"field": field, field: value, "reason": options["reason"]}

    def member(self, found: Matching, email: str) -> int:
        person = members(found.workspace).filter(email__iexact=email).first()
        if person is None:
            raise CommandError(f"Nobody called {email} works in {found.workspace.name}.")
        return int(person.pk)

    def take_back(self, options: dict[str, Any]) -> tuple[dict[str, Any], str]:
        workspace = self.workspace(options)
        made = LeadEdit.objects.of(workspace).select_related("workspace").filter(pk=options["undo"]).first()
        if made is None:
            raise CommandError(f"There is no edit {options['undo']} in {workspace.name}.")
        try:
            done = undo_edit(made, by=self.person(workspace, options), now=timezone.now())
        except AlreadyUndone as error:
            raise CommandError(TWICE) from error
        return {"edit": str(made.pk), "put_back": len(done.ids), "left": done.left}, said_back(made, done)
