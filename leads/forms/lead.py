"""The forms of a lead's page: stage, owner, notes, bad data, and the suppression list."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time
from typing import Any, cast
from uuid import UUID, uuid4, uuid5

from django import forms

from leadengine.forms import OneOf, conditional
from leadengine.workflows.reporting import FAULTS
from leads.filters import members
from leads.logbook import LONGEST_TEXT, Entry, mistakes
from leads.models import ActivityKind, CallOutcome, Lead, Outcome, Stage, StageKind, SuppressionKind
from leads.opting_out import PROFILE, addresses
from leads.pipeline import WRITTEN
from leads.suppressing import UnusableSuppression, canonical

CURRENCIES = ("EUR", "USD", "GBP", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "CAD", "AUD", "JPY", "INR", "BRL")
BIGGEST = 2**63 - 1  # of the database's whole numbers
WHY = "Say why, so that the next person does not try again."
SAID_ALREADY = "The timeline has this from you already, so it was not added again. Did it happen a second time?"


class StageForm(forms.Form):
    """Where the lead stands; disqualifying needs a reason."""

    stage = forms.ModelChoiceField(queryset=Stage.objects.none(), to_field_name="key", empty_label=None)
    reason = conditional(forms.CharField(max_length=200, required=False, label="Reason (only for Disqualified)"))

    def __init__(self, data: Any = None, *, lead: Lead) -> None:
        initial = {"stage": lead.stage.key if lead.stage else "", "reason": lead.outcome_reason}
        super().__init__(data, initial=initial, auto_id="lead_%s")
        field: Any = self.fields["stage"]
        field.queryset = Stage.objects.of(lead.workspace_id).order_by("position", "id")
        field.widget.attrs["data-settles"] = True
        field.widget.choices = list(iter(field.choices))  # asked for once, without a count, however often it looks

    @property
    def asks_reason(self) -> bool:
        """Whether the reason is to be shown: once somebody tried to disqualify without one."""
        return "reason" in self.errors

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        stage = cleaned.get("stage")
        if stage and stage.kind == StageKind.DISQUALIFIED and not cleaned.get("reason"):
            self.fields["reason"].required = True
            self["reason"].label = "Why is it disqualified?"
            self.add_error("reason", WHY)
        return cleaned


class MemberField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return obj.name


class OwnerForm(forms.Form):
    owner = MemberField(queryset=None, required=False, empty_label="Nobody")

    def __init__(self, data: Any = None, *, lead: Lead) -> None:
        super().__init__(data, initial={"owner": lead.owner_id}, auto_id="lead_%s")
        cast(forms.ModelChoiceField, self.fields["owner"]).queryset = members(lead.workspace_id)
        self.fields["owner"].widget.attrs["data-settles"] = True


class OutcomeForm(forms.Form):
    """How it ended: what a won deal is worth, or why there is none."""

    value = forms.DecimalField(
        label="Deal value",
        min_value=0,
        max_digits=14,
        decimal_places=2,
        required=False,
        error_messages={
            "invalid": "Write an amount, such as 12500.",
            "min_value": "A deal is not worth less than nothing.",
        },
    )
    currency = forms.ChoiceField(choices=[(code, code) for code in CURRENCIES], required=False)
    reason = forms.CharField(label="Why", max_length=200, required=False)

    def __init__(self, data: Any = None, *, lead: Lead) -> None:
        initial = {"value": lead.deal_value, "currency": lead.deal_currency, "reason": lead.outcome_reason}
        super().__init__(data, initial=initial, auto_id="outcome_%s")
        for name in ("value", "currency") if lead.outcome != Outcome.WON else ("reason",):
            del self.fields[name]
        if lead.outcome == Outcome.DISQUALIFIED:
            self.fields["reason"].required = True
            self["reason"].label = "Why is it disqualified?"
            self.fields["reason"].error_messages["required"] = WHY


class NoteForm(forms.Form):
    """A line for the timeline: a note, or what somebody did, what came of it and when; sent twice it is logged once."""

    kind = forms.ChoiceField(label="What", choices=[(kind.value, kind.label) for kind in WRITTEN])
    outcome = forms.ChoiceField(
        label="Outcome of the call", choices=[("", "Not given"), *CallOutcome.choices], required=False
    )
    on = forms.DateField(
        label="When", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    text = conditional(
        forms.CharField(
            label="Note",
            max_length=LONGEST_TEXT,
            required=False,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text="Needed for a note; of anything else it may stay empty.",
        )
    )
    once = forms.UUIDField(required=False, widget=forms.HiddenInput)
    again = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, now: datetime) -> None:
        super().__init__(data, initial={"on": now.date(), "once": uuid4()})
        self.now = now
        self.second: UUID | None = None
        self.fields["on"].widget.attrs["max"] = now.date().isoformat()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("kind") != ActivityKind.CALL:
            cleaned["outcome"] = ""
        if not self.errors:
            for name, sentence in mistakes(self.entry, now=self.now).items():
                self.add_error({"at": "on"}.get(name, name), sentence)
        return cleaned

    @property
    def entry(self) -> Entry:
        """What is logged; of an earlier day, at its noon."""
        told = self.cleaned_data
        on = told["on"] or self.now.date()
        at = self.now if on == self.now.date() else datetime.combine(on, time(12), UTC)
        return Entry(told["kind"], at, told["text"], told["outcome"])

    def entry_of(self, lead: Lead) -> Entry:
        """The entry under a number made of this form, the lead and what is said; so the same is logged once.

        Something else said in the same form, after going back in the browser, is another entry.
        """
        told = self.cleaned_data
        said = "|".join(str(each) for each in (lead.pk, told["kind"], told["on"], told["outcome"], told["text"]))
        once = told.get("again") or told.get("once")
        return replace(self.entry, external_id=f"form:{uuid5(once, said)}" if once else "")

    @property
    def is_meant(self) -> bool:
        """Whether somebody was told that it is on the timeline, and says that it happened a second time."""
        return bool(self.cleaned_data.get("again"))

    def ask_again(self) -> None:
        """Tells that it is on the timeline already; `second` is the number under which it can be added nevertheless."""
        self.add_error(None, SAID_ALREADY)
        self.second = uuid4()


class NoteUndoForm(forms.Form):
    note = forms.IntegerField(min_value=1, max_value=BIGGEST)


class PickForm(forms.Form):
    """Which evidence is right; `restores` names the choice that is taken back to it."""

    evidence = forms.IntegerField(min_value=1, max_value=BIGGEST)
    restores = forms.IntegerField(required=False, min_value=1, max_value=BIGGEST)


class ReportForm(forms.Form):
    fault = forms.ChoiceField(label="What is wrong?", choices=[("", "Choose…"), *FAULTS.items()])


class LeadSuppressionForm(forms.Form):
    """One of the lead's own addresses for the suppression list."""

    kind = forms.ChoiceField(label="Put on the suppression list", widget=OneOf)

    def __init__(self, data: Any = None, *, lead: Lead) -> None:
        super().__init__(data, auto_id="suppress_%s")
        self.values = addresses(lead)
        cast(forms.ChoiceField, self.fields["kind"]).choices = [
            (kind, f"{SuppressionKind(kind).label}: {value.removeprefix(PROFILE)}")
            for kind, value in self.values.items()
        ]


class SuppressionForm(forms.Form):
    """An entry of the workspace's suppression list, typed in."""

    kind = forms.ChoiceField(choices=SuppressionKind.addresses(), label="Kind")
    value = forms.CharField(
        max_length=400, help_text="Kept only as a hash: it can be compared with, but not be read again."
    )
    note = forms.CharField(
        max_length=200, required=False, help_text="Why, without naming anybody: “asked by letter in May”."
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if {"kind", "value"} <= cleaned.keys():
            try:
                canonical(cleaned["kind"], cleaned["value"])
            except UnusableSuppression as error:
                self.add_error("value", str(error))
        return cleaned
