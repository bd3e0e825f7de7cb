"""What is logged stands on the timeline and moves the score; a file twice moves it once."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leadengine.workflows import logging
from leadengine.workflows.logging import log, log_lines
from leads.logbook import Entry
from leads.logbook_reading import Line, Refused, read
from leads.models import Activity
from scoring.models import ScoreChange
from tests.factories import leads, people

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
REPLY = Entry("email_replied", datetime(2026, 11, 3, 9, tzinfo=UTC), external_id="m-1")


@pytest.fixture
def lead():
    return leads.lead(people.workspace())


def test_what_is_logged_says_why_the_score_moved(lead) -> None:
    log(lead, Entry("call", NOW, outcome="reached"), by=None, now=NOW)

    assert ScoreChange.objects.get(lead=lead).why == "Call: reached on 22 November"


def test_file_names_leads_by_address_or_id_and_is_logged_once(lead) -> None:
    lines = [Line(1, lead.email.upper(), REPLY), Line(2, lead.pk.hex, Entry("meeting", NOW, external_id="m-2"))]

    first = log_lines(lead.workspace, lines, by=None, now=NOW)
    second = log_lines(lead.workspace, lines, by=None, now=NOW)

    assert (first.logged, first.known, first.leads) == (2, 0, 1)
    assert (second.logged, second.known, second.leads) == (0, 2, 0)
    assert ScoreChange.objects.get(lead=lead).why == "Logged: 1 x reply, 1 x meeting"


def test_file_that_died_midway_is_logged_once_when_it_is_sent_again(lead, monkeypatch) -> None:
    monkeypatch.setattr(logging, "BATCH", 1)
    file = [
        "lead,kind,at",
        f"{lead.email},call,2026-11-03",
        f"{lead.email},call,2026-11-03",
        f"{lead.pk},visit,2026-11-04",
    ]

    def dying():
        yield from file[:2]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        log_lines(lead.workspace, read(dying(), now=NOW), by=None, now=NOW)
    tally = log_lines(lead.workspace, read(file, now=NOW), by=None, now=NOW)

    assert (tally.known, tally.logged, Activity.objects.count()) == (1, 2, 3)


def test_each_lead_has_its_own_reason(lead) -> None:
    other = leads.lead(lead.workspace)
    meeting = Entry("meeting", datetime(2026, 11, 20, tzinfo=UTC))

    log_lines(lead.workspace, [Line(1, str(lead.pk), REPLY), Line(2, str(other.pk), meeting)], by=None, now=NOW)

    whys = dict(ScoreChange.objects.values_list("lead_id", "why"))
    assert whys == {lead.pk: "Reply on 3 November", other.pk: "Meeting on 20 November"}


@pytest.mark.parametrize(
    "act",
    [
        pytest.param(lambda lead: log(lead, REPLY, by=None, now=NOW), id="one by one"),
        pytest.param(
            lambda lead: log_lines(lead.workspace, [Line(1, str(lead.pk), REPLY)], by=None, now=NOW), id="file"
        ),
    ],
)
def test_what_could_not_be_scored_is_not_logged_either(lead, act) -> None:
    def killed(execute, sql, *args):
        if "CREATE TEMPORARY TABLE" in sql:
            raise KeyboardInterrupt
        return execute(sql, *args)

    with connection.execute_wrapper(killed), pytest.raises(KeyboardInterrupt):
        act(lead)

    assert not Activity.objects.exists()


def test_line_of_nobody_is_refused_beside_what_could_not_be_read(lead) -> None:
    stranger = leads.lead(people.workspace())
    lines = [Line(1, stranger.email, REPLY), Refused(2, "This is not JSON."), Line(3, "no address", REPLY)]

    tally = log_lines(lead.workspace, lines, by=None, now=NOW)

    assert (tally.logged, tally.refused, [each.number for each in tally.reasons]) == (0, 3, [1, 2, 3])
    assert not Activity.objects.exists()


def test_all_leads_and_scores_of_a_file_are_locked_by_key_before_the_first_is_written(lead) -> None:
    """Each has its own reason and is scored apart: two files that name them in opposite order would wait for one another."""
    both = sorted((lead, leads.lead(lead.workspace)), key=lambda each: each.pk, reverse=True)
    kinds = ("email_replied", "meeting")
    lines = [Line(at, str(each.pk), Entry(kind, NOW)) for at, (each, kind) in enumerate(zip(both, kinds, strict=True))]

    with CaptureQueriesContext(connection) as asked:
        log_lines(lead.workspace, lines, by=None, now=NOW)

    said = [each["sql"] for each in asked]
    begun = said[: next(at for at, sql in enumerate(said) if "INSERT INTO" in sql)]
    locks = [sql for sql in begun if "FOR NO KEY UPDATE" in sql and all(each.pk.hex in sql for each in both)]
    assert ["leads_lead" in sql for sql in locks] == [True, False]
    assert ["ORDER BY" in sql for sql in locks] == [True, True]


def test_queries_do_not_grow_with_the_lines(lead, django_assert_max_num_queries) -> None:
    lines = [Line(number, str(lead.pk), Entry("call", NOW, external_id=str(number))) for number in range(200)]

    with django_assert_max_num_queries(30):
        log_lines(lead.workspace, lines, by=None, now=NOW)
