"""Leads scored again together: each by its own rules, in a number of queries that does not grow."""

import pytest
from django.db import connection
from django.utils import timezone

from leads.models import Lead
from scoring import profiles
from scoring.ideal import IdealCustomer
from scoring.models import LeadScore, Profile, ScoreChange
from scoring.publication_lock import LOCK
from scoring.receipt import receipt
from scoring.rescoring import Rescorer, last_runs, rescore
from scoring.rulebooks import Rulebooks
from scoring.versions import save_ideal
from tests.factories import leads, people, runs
from tests.factories.scoring import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def workspace():
    return people.workspace()


def delivered(workspace, ideal: dict):
    """A lead in retail that came by a run with this ideal customer."""
    run = runs.run(workspace, ideal=ideal, profile_id=0)
    run.criteria = ideal
    run.save()
    lead = leads.lead(workspace, company=leads.company(workspace, industry="retail"))
    runs.delivery(runs.lane(run), lead)
    return lead


def test_each_lead_is_scored_as_its_receipt_says(workspace):
    told = [delivered(workspace, {"industries": [code]}) for code in ("retail", "education")]

    rescore(told, why="Test", now=NOW)

    stored = [LeadScore.objects.get(lead=lead).total for lead in told]
    assert stored == [receipt(lead, now=NOW).fresh_total for lead in told]
    assert stored[0] > stored[1]


def test_the_last_delivery_counts(workspace):
    lead = delivered(workspace, {"industries": ["retail"]})
    newer = runs.run(workspace)
    runs.delivery(runs.lane(newer), lead)

    assert last_runs([lead]) == {lead.pk: newer}


def test_queries_do_not_grow_with_the_leads(workspace, django_assert_num_queries):
    some = [leads.lead(workspace) for _ in range(3)]
    more = some + [leads.lead(workspace) for _ in range(20)]
    with django_assert_num_queries(17):
        rescore(some, why="Test", now=NOW)

    with django_assert_num_queries(17):
        rescore(more, why="Test", now=NOW)


def test_scoring_again_with_the_same_facts_changes_nothing(workspace):
    lead = leads.lead(workspace)
    rescore([lead], why="First", now=NOW)

    rescore([lead], why="Again", now=NOW)

    assert list(ScoreChange.objects.values_list("why", flat=True)) == ["First"]


def test_a_new_ideal_customer_is_filled_by_the_run_where_it_is_open(workspace):
    lead = delivered(workspace, {"industries": ["retail"]})
    save_ideal(workspace, IdealCustomer(places=("DE",)), by=None, now=NOW)

    rescore([lead], why="Test", now=NOW)

    values = LeadScore.objects.get(lead=lead).values
    assert (values[4], values[6]) == (10_000, 10_000)


def test_no_leads_is_no_work(django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        rescore([], why="Test", now=NOW)


def score_all(workspace, *, at_once: int = 2, now=None, why: str = "All") -> int:
    """All leads by the column; how many there were."""
    rescorer, after, done = Rescorer.of(workspace, why=why, now=now or timezone.now()), None, 0
    while True:
        number, after = rescorer.rescore(after, at_once)
        done += number
        if number < at_once:
            return done


def test_a_whole_workspace_is_scored_as_single_leads_are(workspace):
    own = profiles.ensure_default(workspace)
    made = [delivered(workspace, {"industries": [code]}) for code in ("retail", "education", "retail")]
    made += [leads.lead(workspace, company=leads.company(workspace, industry="retail")) for _ in range(2)]
    Profile.objects.create(
        workspace=workspace, industry="retail", state="published", potential=20, engagement=7, expected=own.expected
    )

    done = score_all(workspace)

    assert done == 5
    told = {lead.pk: receipt(lead, now=timezone.now()) for lead in made}
    stored = LeadScore.objects.of(workspace).values_list("lead_id", "total", "grade", "profile__industry")
    assert {(key, total, grade) for key, total, grade, _ in stored} == {
        (key, each.total, each.grade) for key, each in told.items()
    }
    assert {industry for *_, industry in stored} == {"retail"}


def test_a_workspace_scored_twice_changes_once(workspace):
    leads.lead(workspace)
    now = timezone.now()

    score_all(workspace, now=now, why="First")
    score_all(workspace, now=now, why="Again")

    assert list(ScoreChange.objects.values_list("why", flat=True)) == ["First"]


def at_the_write(happens, act) -> None:
    """Does the act, while something happens after facts are read and before scores are written."""

    def noticed(execute, sql, *args):
        if "CREATE TEMPORARY TABLE" in sql and waiting:
            waiting.pop()()
        return execute(sql, *args)

    waiting = [happens]
    with connection.execute_wrapper(noticed):
        act()


def test_a_score_of_newer_facts_that_others_stored_meanwhile_is_kept(workspace):
    """Others say the time at which they began, which lies before: it is the time of writing that counts."""
    lead, begun = leads.lead(workspace), timezone.now()
    rescore([lead], why="Before", now=begun)

    def replied():
        leads.activity(lead, "email_replied", occurred_at=begun)
        rescore([lead], why="Replied", now=begun)

    at_the_write(replied, lambda: score_all(workspace))

    assert list(ScoreChange.objects.order_by("pk").values_list("why", flat=True)) == ["Before", "Replied"]


def test_a_lead_is_scored_as_it_is_and_not_as_its_reader_remembers_it(workspace):
    lead = leads.lead(workspace, title="Clerk")
    Lead.objects.filter(pk=lead.pk).update(title="Chief Executive Officer")

    rescore([lead], why="Test", now=NOW)

    lead.refresh_from_db()
    assert LeadScore.objects.get(lead=lead).total == receipt(lead, now=NOW).fresh_total


def test_who_was_erased_meanwhile_gets_no_score_again(workspace):
    lead = leads.lead(workspace)
    Lead.objects.filter(pk=lead.pk).update(erased_at=NOW)

    rescore([lead], why="Called", now=NOW)

    assert not LeadScore.objects.filter(lead=lead).exists()


def test_no_version_is_put_in_force_while_leads_are_scored_by_another(workspace):
    held = []

    def noticed(execute, sql, *args):
        if "CREATE TEMPORARY TABLE" in sql:
            with connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM pg_locks WHERE pid = pg_backend_pid() AND classid = %s", [LOCK])
                held.append(cursor.fetchone()[0])
        return execute(sql, *args)

    with connection.execute_wrapper(noticed):
        rescore([leads.lead(workspace)], why="Test", now=NOW)

    assert held == [1]


def test_words_of_companies_are_read_only_if_somebody_asks(workspace):
    profiles.ensure_default(workspace)
    assert not Rulebooks.of(workspace).ask_for_words()

    save_ideal(workspace, IdealCustomer(keywords=("pumps",)), by=None, now=NOW)

    assert Rulebooks.of(workspace).ask_for_words()


def test_words_that_a_run_asks_for_are_read_too(workspace):
    delivered(workspace, {"keywords": ["pumps"]})

    assert Rulebooks.of(workspace).ask_for_words()
