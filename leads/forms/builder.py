"""The builder's form: criteria, sources and limits, as one brief; its state is also the query string of its page."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict

from leadengine.charts import GRADES
from leadengine.forms import ChipChoice, WholeNumberField, conditional
from leadengine.workflows.briefs import MOST_LEADS, Brief
from leads.criteria.sentence import LONGEST
from leads.forms.criteria import CriteriaForm
from leads.forms.former import typed_now
from leads.forms.option_counts import Counts
from leads.linkedin_files import sources_with
from leads.models import SourceFile
from leads.sources.registry import SOURCES

FIRST = {"sources": "directory", "most_leads": "100", "lowest_grade": "D", "new_only": "on"}
MARK = "asked"  # in a query string of the form's own, where an absent tick means "off"
GRADE_CHOICES = [
    (grade, grade if grade == "A+" else f"{grade} or better" if grade != "D" else "All") for grade in GRADES
]


class BuilderForm(CriteriaForm):
    """Always bound: to what was sent, to a saved search, or to `FIRST`."""

    sources = forms.MultipleChoiceField(
        label="Sources",
        choices=lambda: [(name, source.title) for name, source in SOURCES.items()],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one source."},
    )
    file = forms.TypedChoiceField(label="Which file", coerce=UUID, empty_value=None, required=False)
    most_leads = WholeNumberField(
        label="Most leads",
        min_value=1,
        max_value=MOST_LEADS,
        help_text="The run stops at this number.",
        error_messages={
            "required": "Say how many leads you want at most.",
            "invalid": "Write a whole number of leads, such as 250.",
            "min_value": "Ask for 1 lead at least.",
            "max_value": f"Ask for {MOST_LEADS:,} leads at most.",
        },
    )
    most_credits = forms.DecimalField(
        label="Most credits",
        min_value=Decimal("0.01"),
        max_digits=12,
        decimal_places=2,
        required=False,
        help_text="The run stops before it spends more. Empty: what the estimate says at most.",
        error_messages={
            "invalid": "Write a number of credits, such as 200.",
            "min_value": "Write more than 0 credits, or leave it empty.",
        },
    )
    lowest_grade = forms.ChoiceField(
        label="Grades to deliver",
        choices=GRADE_CHOICES,
        widget=ChipChoice,
        help_text="What is below is left out and costs nothing.",
    )
    new_only = forms.BooleanField(
        label="Leave out leads that we know already",
        required=False,
        help_text="Off: they are delivered again, and cost nothing within a year.",
    )
    verify_emails = forms.BooleanField(
        label="Verify their e-mail addresses",
        required=False,
        help_text="Mail servers are asked for each lead that is delivered. Risky and unknown cost nothing.",
    )
    name = conditional(
        forms.CharField(
            label="Name of this search", max_length=120, required=False, widget=forms.TextInput({"autocomplete": "off"})
        )
    )
    is_shared = forms.BooleanField(label="Share it with the workspace", required=False)
    sentence = forms.CharField(max_length=LONGEST, required=False, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict, *, files: Iterable[SourceFile]) -> None:
        files = tuple(files)
        self.query = typed_now(named(complete(data, self.base_fields), files))
        super().__init__(self.query)
        self.counts: Counts = {}
        choices = [(str(file.pk), f"{file.name} ({file.row_count:,} rows)") for file in files]
        self.fields["file"].choices = [("", "Choose a file"), *choices]  # type: ignore[attr-defined]

    def brief(self) -> Brief:
        """What is asked for; where a limit is wrong, the first one stands in, so that the rest can be estimated."""
        said = self.cleaned_data
        return Brief(
            criteria=self.criteria,
            sources=tuple(said.get("sources") or ()),
            most_leads=said.get("most_leads") or int(FIRST["most_leads"]),
            most_credits=said.get("most_credits"),
            lowest_grade=said.get("lowest_grade") or FIRST["lowest_grade"],
            new_only=said.get("new_only", True),
            verify_emails=said.get("verify_emails", False),
            file_id=said.get("file"),
        )


class OrderForm(forms.Form):
    """What the estimate puts into the form beside the Start buttons: their prices, for which search, this order's key."""

    request_key = forms.CharField(max_length=48)
    shown_at_most = forms.DecimalField(required=False)
    shown_test = forms.DecimalField(required=False)
    shown_search = forms.CharField(required=False)
    test = forms.IntegerField(required=False, min_value=1, max_value=100)

    @property
    def shown(self) -> Decimal:
        """The price on the button that was pressed; a page without one has promised nothing."""
        name = "shown_test" if self.cleaned_data.get("test") else "shown_at_most"
        return self.cleaned_data.get(name) or Decimal(0)

    @property
    def key(self) -> str:
        """A test and the run after it are two orders, though the page may be the same."""
        return f"{self.cleaned_data['request_key']}{':test' if self.cleaned_data.get('test') else ''}"


def complete(data: QueryDict, fields: dict[str, Any]) -> QueryDict:
    """A hand-made query string gets what it does not say from `FIRST`, and every query string the levels."""
    full = data.copy()
    if MARK not in full:
        for name, value in FIRST.items():
            full.setdefault(name, value)
    for name, field in fields.items():
        if name.endswith("_level") and not full.get(name):
            full[name] = str(field.initial)
    return full


def named(data: QueryDict, files: Iterable[SourceFile]) -> QueryDict:
    """With the chosen file read by the source that it is of, whichever of those was ticked. Changes `data`."""
    chosen = next((file for file in files if str(file.pk) == data.get("file")), None)
    if chosen:
        data.setlist("sources", sources_with(data.getlist("sources"), chosen.header))
    return data
