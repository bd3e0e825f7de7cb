"""The forms of tags and lists: a name, leads that were chosen, and which other tag takes the leads of one."""

from __future__ import annotations

from typing import Any, cast

from django import forms

from leads.grouping import LONGEST, Group, UnusableName, usable
from leads.models import Lead, Tag


class NameForm(forms.Form):
    """A name for a new tag or list, or another one for `group`."""

    name = forms.CharField(required=False, widget=forms.TextInput({"autocomplete": "off"}))

    def __init__(self, data: Any = None, *, of: Any, kind: type[Group], group: Group | None = None) -> None:
        initial = {"name": group.name} if group else {}
        super().__init__(data, initial=initial, auto_id=f"group_{group.pk if group else 'new'}_%s")
        self.of, self.kind, self.group = of, kind, group
        self.fields["name"].widget.attrs["maxlength"] = LONGEST[kind]

    def clean_name(self) -> str:
        try:
            return usable(self.of, self.kind, self.cleaned_data["name"], but=self.group.pk if self.group else None)
        except UnusableName as error:
            raise forms.ValidationError(str(error)) from error


class ChosenForm(forms.Form):
    """Leads of the workspace that were ticked, or the one whose button was pressed."""

    lead = forms.ModelMultipleChoiceField(queryset=Lead.objects.none(), required=False)

    def __init__(self, data: Any, *, of: Any) -> None:
        super().__init__(data)
        cast(forms.ModelMultipleChoiceField, self.fields["lead"]).queryset = Lead.objects.of(of).living()


class MembershipForm(forms.Form):
    """On a lead: the name of a tag or list to add it to, old or new, or the number of one to take it off."""

    add = forms.CharField(required=False)
    remove: forms.ModelChoiceField = forms.ModelChoiceField(queryset=None, required=False)

    def __init__(self, data: Any = None, *, of: Any, kind: type[Group]) -> None:
        super().__init__(data, auto_id=f"{kind.__name__.lower()}_%s")
        self.of, self.kind = of, kind
        self.fields["add"].widget.attrs.update(
            {"autocomplete": "off", "maxlength": LONGEST[kind], "list": f"{kind.__name__.lower()}-names"}
        )
        cast(forms.ModelChoiceField, self.fields["remove"]).queryset = kind.objects.of(of)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("remove") and not cleaned.get("add"):
            self.add_error("add", f"Type the name of a {'tag' if self.kind is Tag else 'list'}.")
        return cleaned


class MergeForm(forms.Form):
    """The tag that takes the leads of the one that goes."""

    into = forms.ModelChoiceField(
        label="Merge into",
        queryset=Tag.objects.none(),
        empty_label=None,
        error_messages={"required": "Choose the tag that takes its leads.", "invalid_choice": "That tag is gone."},
    )

    def __init__(self, data: Any = None, *, tag: Tag) -> None:
        super().__init__(data, auto_id=f"merge_{tag.pk}_%s")
        self.tag = tag
        others = Tag.objects.of(tag.workspace_id).exclude(pk=tag.pk)
        cast(forms.ModelChoiceField, self.fields["into"]).queryset = others.order_by("name")
