"""What can be logged of a lead, and that it is logged once."""

from datetime import UTC, datetime, timedelta

import pytest

from leads import logbook
from leads.logbook import Entry
from leads.models import Activity
from tests.factories import leads, people

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        pytest.param(Entry("call", NOW, outcome="reached"), "", id="a call that reached"),
        pytest.param(Entry("call", NOW), "", id="a call of which nobody said what came of it"),
        pytest.param(Entry("meeting", NOW), "", id="a meeting without a word"),
        pytest.param(Entry("delivered", NOW), "kind", id="what only the engine writes"),
        pytest.param(Entry("meeting", NOW, outcome="reached"), "outcome", id="an outcome of no call"),
        pytest.param(Entry("call", NOW, outcome="great"), "outcome", id="an outcome that is none"),
        pytest.param(Entry("call", NOW + timedelta(hours=1)), "at", id="in the future"),
        pytest.param(Entry("call", NOW + timedelta(minutes=4)), "", id="by a clock that is ahead"),
        pytest.param(Entry("call", NOW - timedelta(days=30_000)), "at", id="before there were leads"),
        pytest.param(Entry("note", NOW, text=" "), "text", id="an empty note"),
        pytest.param(Entry("note", NOW, text="x" * 2_001), "text", id="a novel"),
        pytest.param(Entry("call", NOW, external_id="x" * 121), "external_id", id="a long number"),
    ],
)
def test_mistakes_name_the_field(entry, field) -> None:
    assert list(logbook.mistakes(entry, now=NOW)) == [field] * bool(field)


@pytest.mark.django_db
def test_what_proved_wrong_is_kept_with_the_event() -> None:
    lead = leads.lead(phone="+436601234567")

    called = logbook.put(lead, Entry("call", NOW, outcome="wrong_number"), by=None)
    bounced = logbook.put(lead, Entry("email_bounced", NOW), by=None)

    assert called.detail == {"outcome": "wrong_number", "proved": "+436601234567"}
    assert bounced.detail == {"proved": lead.email}


@pytest.mark.django_db
def test_who_opted_out_is_not_to_be_contacted() -> None:
    lead = leads.lead()

    logbook.put(lead, Entry("opt_out", NOW), by=None)

    assert lead.do_not_contact
    lead.refresh_from_db()
    assert lead.do_not_contact


@pytest.mark.django_db
def test_what_has_a_number_is_logged_once() -> None:
    lead = leads.lead()
    call, note = Entry("call", NOW, external_id="crm-1"), Entry("note", NOW, text="Hello")

    first = logbook.put_all([(lead, call), (lead, call), (lead, note)], by=None)
    second = logbook.put_all([(lead, call), (lead, note)], by=None)

    assert ([entry.kind for _, entry in first], [entry.kind for _, entry in second]) == (["call", "note"], ["note"])
    assert Activity.objects.filter(lead=lead).count() == 3


@pytest.mark.django_db
def test_number_of_another_workspace_is_another_thing() -> None:
    call = Entry("call", NOW, external_id="crm-1")
    logbook.put_all([(leads.lead(people.workspace()), call)], by=None)

    new = logbook.put_all([(leads.lead(people.workspace()), call)], by=None)

    assert len(new) == 1
