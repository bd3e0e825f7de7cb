"""Every component in every state on one page, for those who build screens and for the accessibility test."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from leadengine.access import staff_required
from leadengine.charts import Bar, bars, distribution
from leadengine.columncharts import columns
from leadengine.forms import ChipChoice, Chips, Options, Segmented
from leadengine.linecharts import Series, trend
from leadengine.request import Request

GRADES = {"A+": 12, "A": 46, "B": 121, "C": 84, "D": 41}
WEEKS = [f"W{number}" for number in range(32, 44)]
INDUSTRIES = [("manufacturing", "Manufacturing"), ("energy", "Energy"), ("software", "Software"), ("retail", "Retail")]
REGIONS = [("dach", "DACH"), ("nordics", "Nordics"), ("benelux", "Benelux"), ("uk", "UK & Ireland")]
INDUSTRY_BARS = [Bar("Manufacturing", 61, 48, "+13"), Bar("Energy", 54, 51, "+3"), Bar("Logistics", 38, 45, "−7")]
EMAIL_VERDICTS = [
    ("deliverable", "Deliverable"),
    ("risky", "Risky"),
    ("unknown", "Unknown"),
    ("unchecked", "Not checked"),
    ("undeliverable", "Undeliverable"),
]
PHONE_VERDICTS = [(True, "Valid"), (False, "Not valid"), (None, "Not checked")]
SCORE_LINES: list[dict[str, Any]] = [
    {"key": "fit", "label": "Company fit", "points": 11, "most": 15, "reason": "Manufacturing is on your list."},
    {"key": "reach", "label": "Contactability", "points": 4, "most": 10, "reason": "Not known.", "is_assumed": True},
]


class ExampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Search name", max_length=60)
    email = forms.EmailField(label="E-mail", help_text="We write only when a run has ended.")
    password = forms.CharField(label="Password", widget=forms.PasswordInput)
    most_leads = forms.IntegerField(label="Most leads", min_value=1, required=False, help_text="The run stops there.")
    owner = forms.ChoiceField(label="Owner", choices=[("ana", "Ana Novak"), ("lars", "Lars Eriksen")])
    industries = forms.MultipleChoiceField(
        choices=INDUSTRIES, widget=Options(counts={"manufacturing": "1,204", "energy": 286, "software": "2,051"})
    )
    regions = forms.MultipleChoiceField(choices=REGIONS, widget=Chips)
    level = forms.ChoiceField(label="How strictly", choices=[("must", "Must"), ("nice", "Nice")], widget=Segmented)
    stage = forms.ChoiceField(
        choices=[("new", "New"), ("working", "Working")], widget=ChipChoice(counts={"new": 24}), required=False
    )
    note = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), required=False)
    file = forms.FileField(label="CSV file", required=False)
    known = forms.BooleanField(label="Leave out leads we know", required=False, help_text="They cost nothing anyway.")


def _spread() -> str:
    tens = ["10–19", "20–29", "30–39", "40–49", "50–59", "60–69"]
    parts = [Series("C", [2, 6, 9, 31, 40, 4], "g-c"), Series("B", [0, 0, 0, 0, 21, 50], "g-b")]
    return columns("spread", "How scores spread", tens, parts, finding="Most score 50 to 69.", corner="Score")


def _industries() -> str:
    return bars(
        "industries",
        "A and better by industry",
        INDUSTRY_BARS,
        finding="Manufacturing beats its benchmark by 13 points; logistics trails by 7.",
        columns=("Industry", "Share", "Difference in points"),
        unit=" %",
        whole=100,
    )


def _charts() -> dict[str, Any]:
    lines = [
        Series("A", [22, 25, 21, 30, 34, 33, 41, 39, 44, 52, 49, 58], "g-a", has_area=True),
        Series("B", [48, 51, 46, 55, 58, 57, 61, 66, 71, 69, 75, 78], "g-b"),
        Series("C", [60, 57, 62, 54, 55, 49, 52, 47, 45, 46, 41, 39], "g-c"),
    ]
    return {
        "trend": trend("trend", "Leads per week by grade", WEEKS, lines, finding="Grade A rose from 22 to 58 a week."),
        "spread": _spread(),
        "distribution": distribution("distribution", "Grade distribution", GRADES),
        "bars": _industries(),
        "no_trend": trend("no-trend", "Leads per week", [], [], finding="No runs in this period."),
    }


def _score() -> dict[str, Any]:
    told = [
        line | {"percent": 100 * line["points"] / line["most"], "spoken": f"{line['label']}: {line['points']}"}
        for line in SCORE_LINES
    ]
    return {"total": 15, "known": 1, "facts_missing": ["checked e-mail"], "lines": told}


def _page(request: HttpRequest) -> dict[str, Any]:
    now = timezone.now()
    return {
        "empty_form": ExampleForm(auto_id="empty_%s", initial={"industries": ["energy"], "level": "must"}),
        "wrong_form": ExampleForm({"email": "ana@", "most_leads": "0", "industries": ["energy"]}, auto_id="wrong_%s"),
        "grades": GRADES,
        "half": Decimal("0.50"),
        "balance": Decimal("1840.00"),
        "times": [now, now - timedelta(hours=2), now - timedelta(days=9), now - timedelta(days=90), None],
        "values": [22, 25, 21, 30, 34, 33, 41],
        "paginator_page": Paginator(range(304), 25).get_page(request.GET.get("page", 2)),
        "email_verdicts": EMAIL_VERDICTS,
        "phone_verdicts": PHONE_VERDICTS,
        "score": _score(),
        **_charts(),
    }


@staff_required
def styleguide(request: Request) -> HttpResponse:
    return render(request, "styleguide/styleguide.html", _page(request))
