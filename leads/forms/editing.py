"""The forms that edit leads from the list: one thing at a time, on one or many of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from django import forms

from leads.editing import Change
from leads.filters import members
from leads.forms.lead import MemberField
from leads.grouping import Group, named
from leads.models import EditedField, LeadList, Stage, StageKind, Tag
from leads.query.scope import Scope

CHOOSE = "Choose a stage"
REASON = "Say why, so that the next person does not try again."
GROUPS: dict[EditedField, type[Group]] = {EditedField.TAG: Tag, EditedField.LIST: LeadList}
SET = (EditedField.STAGE, EditedField.OWNER, *GROUPS)


class Unchosen(forms.Select):
    """A menu that starts at words which cannot be chosen, so that nothing is sent by accident."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        option["attrs"] |= {} if str(value) else {"disabled": True}
        return option


class EditForm(forms.Form):
    """`field` says which of the others counts."""

    field = forms.ChoiceField(choices=[(each.value, each.label) for each in SET], required=False)
    owner = MemberField(queryset=None, required=False, empty_label="Nobody")
    stage = forms.ModelChoiceField(
        queryset=Stage.objects.none(), to_field_name="key", required=False, empty_label=CHOOSE, widget=Unchosen
    )
    reason = forms.CharField(max_length=200, required=False, label="Reason", help_text="Needed to disqualify.")
    tag = forms.CharField(max_length=Tag._meta.get_field("name").max_length, required=False)
    list = forms.CharField(max_length=LeadList._meta.get_field("name").max_length, required=False)

    def __init__(
        self, data: Any = None, *, workspace: Any, scope: Scope | None = None, prefix_id: str = "edit"
    ) -> None:
        """With `scope` the choices are taken from it, and rendering the form asks the database for nothing."""
        super().__init__(data, auto_id=f"{prefix_id}_%s")
        self.workspace = workspace
        cast(forms.ModelChoiceField, self.fields["owner"]).queryset = members(workspace)
        stages = Stage.objects.of(workspace).order_by("position", "id")
        cast(forms.ModelChoiceField, self.fields["stage"]).queryset = stages
        if scope:
            self._offer("owner", [("", "Nobody"), *((each.pk, each.label) for each in scope.people)])
            self._offer("stage", [("", CHOOSE), *((each.key, each.label) for each in scope.stages)])

    def _offer(self, name: str, choices: Sequence[tuple[Any, str]]) -> None:
        cast(forms.ModelChoiceField, self.fields[name]).choices = choices

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        field, stage = cleaned.get("field"), cleaned.get("stage")
        if not field and "field" not in self.errors:
            self.add_error(None, "Choose what to change.")
        if field == EditedField.STAGE and not stage and "stage" not in self.errors:
            self.add_error("stage", f"{CHOOSE}.")
        if field == EditedField.STAGE and stage and stage.kind == StageKind.DISQUALIFIED and not cleaned.get("reason"):
            self.add_error("reason", REASON)
        for name in GROUPS:
            if field == name and not cleaned.get(name) and name not in self.errors:
                self.add_error(name, f"Give the {name.label.lower()} a name.")
        return cleaned

    def change(self, *, by: Any, now: datetime) -> Change:
        """What a valid form asks for; a tag or list that is not there yet is made."""
        given, field = self.cleaned_data, EditedField(self.cleaned_data["field"])
        if field in GROUPS:
            return Change(field, named(self.workspace, GROUPS[field], given[field.value], by=by, now=now))
        return Change(field, given[field.value], given["reason"] if field == EditedField.STAGE else "")


class ViewForm(forms.Form):
    """A saved view's name, and who sees it."""

    name = forms.CharField(max_length=60, label="Name of the view")
    is_shared = forms.BooleanField(required=False, label="Share with everybody")
