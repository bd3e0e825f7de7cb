"""Words of the list of leads."""

from datetime import timedelta

import pytest
from django.utils import timezone

from leads.listing import SORTS
from leads.models import Lead
from leads.templatetags.lead_lists import signal_lines, sort_words, stale_since
from leads.templatetags.lead_words import phone_icon

NOW = timezone.now()


@pytest.mark.parametrize(
    ("kind", "detail", "lines"),
    [
        ("growth", "+38 % employees", ("Growing", "+38 % employees")),
        ("growth", "+38 % employees in twelve months", ("Growing", "+38 % in a year")),
        ("hiring", "Hiring in IT", ("Hiring", "in IT")),
        ("funding", "", ("Funding", "")),
        ("funding", "series_c", ("Funding", "Series C")),
        ("funding", "bridge_round", ("Funding", "bridge round")),
        ("news", "new_plant", ("In the news", "new plant")),
    ],
)
def test_signal_is_said_once_on_two_lines(kind, detail, lines):
    assert signal_lines(kind, detail) == lines


def test_every_order_has_words():
    assert all(sort_words(sort) for sort in SORTS)


OLD, DAYS_AGO = NOW - timedelta(days=100), NOW - timedelta(days=2)


@pytest.mark.parametrize(
    ("facts", "since"),
    [
        pytest.param({"seen_at": OLD}, OLD, id="a source long ago"),
        pytest.param({"seen_at": DAYS_AGO}, None, id="a source of late"),
        pytest.param({"seen_at": OLD, "email_status": "deliverable", "email_checked_at": DAYS_AGO}, None, id="checked"),
        pytest.param(
            {"seen_at": OLD, "email_reason": "not_checked", "email_checked_at": DAYS_AGO}, OLD, id="form only"
        ),
        pytest.param({"seen_at": None, "created_at": OLD}, OLD, id="nothing but its entry"),
    ],
)
def test_data_is_old_when_no_source_and_no_check_confirmed_it_for_ninety_days(facts, since):
    fields = {"email_status": "unknown", "created_at": DAYS_AGO} | facts
    lead = Lead(**{name: value for name, value in fields.items() if name != "seen_at"})
    lead.seen_at = facts["seen_at"]

    assert stale_since(lead) == since


def test_each_verdict_has_a_picture_of_its_own():
    pictures = [phone_icon("+49301234", verdict) for verdict in (True, False, None)]
    drawn = {picture.partition("<svg")[2].partition("</svg>")[0] for picture in pictures}

    assert len(drawn) == 3
    assert all('<span class="sr-only">Phone: ' in picture for picture in pictures)
