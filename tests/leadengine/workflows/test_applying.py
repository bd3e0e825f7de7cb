"""What an enrichment found is taken over, kept out, or undone; nothing that a person set is replaced unless one says so."""

from datetime import timedelta

import pytest
from django.utils import timezone

from billing.models import CreditEntry
from enrichment.models import EnrichedField, EnrichmentItem
from leadengine.workflows import applying
from leadengine.workflows.applying import (
    Applied,
    accept,
    accept_all,
    decide_again,
    decide_all_again,
    keep_old,
    undo_all,
    undo_field,
)
from leadengine.workflows.enriching import NothingToDo
from leads.models import Authority, Company, Evidence, Lead
from tests.factories import enrichments, leads, people, verification

pytestmark = pytest.mark.django_db


@pytest.fixture
def workspace():
    return verification.workspace()


@pytest.fixture
def rep(workspace):
    return people.rep(workspace)


@pytest.fixture
def lead(workspace):
    return leads.lead(workspace, company=leads.company(workspace, technologies=["Oracle", "Slack"]))


def found(lead, rep, **fields):
    return enrichments.found(lead.workspace, lead, by=rep, **fields)


def used(lead):
    return Company.objects.get(pk=lead.company_id)


def nameless(workspace):
    """Somebody whose address is not known, and will be found."""
    company = leads.company(workspace, domain=verification.domain_where("ada.okafor", "deliverable"))
    return leads.lead(workspace, "Ada Okafor", company=company, email="")


def test_technologies_are_added_and_taken_out_again(lead, rep):
    field = found(lead, rep)

    accept(field, by=rep, now=timezone.now())
    added = used(lead).technologies
    undo_field(field, by=rep, now=timezone.now())

    assert added == ["Oracle", "Slack", "Zendesk"]
    assert used(lead).technologies == ["Oracle", "Slack"]


def test_profile_is_evidence_with_its_page_until_it_is_undone(lead, rep):
    field = found(lead, rep, field="bluesky", after="acme.example", url="https://bsky.app/profile/acme.example")

    accept(field, by=rep, now=timezone.now())
    told = Evidence.objects.get(company=lead.company, field="bluesky")
    undo_field(field, by=rep, now=timezone.now())

    assert (told.value, told.source, told.is_current) == ("acme.example", "dns", True)
    assert not Evidence.objects.filter(company=lead.company, field="bluesky").exists()


def test_linkedin_page_stands_at_the_company_and_the_old_one_comes_back(lead, rep):
    Company.objects.filter(pk=lead.company_id).update(linkedin_slug="acme-old")
    field = found(lead, rep, field="linkedin_url", before="acme-old", after="acme", mark="changed", source="wikidata")

    accept(field, by=rep, now=timezone.now())
    new = used(lead).linkedin_slug
    undo_field(field, by=rep, now=timezone.now())

    assert (new, used(lead).linkedin_slug) == ("acme", "acme-old")


def test_value_that_was_changed_since_is_left_as_it_is(lead, rep):
    field = found(lead, rep, field="linkedin_url", after="acme", source="wikidata")
    Company.objects.filter(pk=lead.company_id).update(linkedin_slug="by-hand")

    with pytest.raises(NothingToDo, match="by-hand"):
        accept(field, by=rep, now=timezone.now())

    assert used(lead).linkedin_slug == "by-hand"


def test_all_are_accepted_but_conflicts_and_undone_together(lead, rep):
    fields = [found(lead, rep), found(lead, rep, field="x", after="acme", mark="conflict")]
    EnrichedField.objects.update(item=fields[0].item)
    job = fields[0].item.enrichment

    accepted = accept_all(job, by=rep, now=timezone.now())
    states = list(EnrichedField.objects.order_by("pk").values_list("state", flat=True))
    undone = undo_all(job, by=rep, now=timezone.now())

    assert (accepted.number, states, undone.number) == (1, ["applied", "open"], 1)


def test_all_decisions_are_taken_back_and_wait_again_without_credits(lead, rep, workspace):
    fields = [found(lead, rep), found(lead, rep, field="x", after="acme"), found(lead, rep, field="github", after="a")]
    EnrichedField.objects.update(item=fields[0].item)
    for act, field in zip((accept, keep_old, accept), fields, strict=True):
        act(field, by=rep, now=timezone.now())
    EnrichedField.objects.filter(field="github").update(decided_at=timezone.now() - timedelta(days=31))
    entries = CreditEntry.objects.count()

    again = decide_all_again(fields[0].item.enrichment, by=rep, now=timezone.now())

    assert list(EnrichedField.objects.order_by("pk").values_list("state", flat=True)) == ["open", "open", "applied"]
    assert (again.number, used(lead).technologies) == (2, ["Oracle", "Slack"])
    assert CreditEntry.objects.count() == entries


@pytest.mark.parametrize("act", [undo_all, decide_all_again])
def test_what_was_built_on_a_colleagues_value_is_taken_back_first(workspace, rep, act):
    company = leads.company(workspace, "Shared")
    first, second = (leads.lead(workspace, name, company=company) for name in ("Ada A", "Bea B"))
    older = found(first, rep, field="linkedin_url", after="acme")
    newer = found(second, rep, field="linkedin_url", before="acme", after="acme-2", mark="changed")
    EnrichmentItem.objects.update(enrichment=older.item.enrichment)
    for field in (older, newer):
        accept(field, by=rep, now=timezone.now())

    done = act(older.item.enrichment, by=rep, now=timezone.now())

    assert (done.number, done.refused, used(first).linkedin_slug) == (2, (), "")


def test_erased_people_are_neither_decided_again_nor_told(lead, rep):
    field = found(lead, rep, state="kept", decided_at=timezone.now())
    Lead.objects.update(erased_at=timezone.now())

    assert decide_all_again(field.item.enrichment, by=rep, now=timezone.now()) == Applied()


def test_decisions_are_not_taken_back_while_the_enrichment_goes_on(lead, rep):
    job = found(lead, rep, state="kept", decided_at=timezone.now()).item.enrichment
    job.state = "running"

    again = decide_all_again(job, by=rep, now=timezone.now())

    assert (again.number, again.refused) == (0, (applying.STILL_OPEN,))


def test_verdict_that_nobody_decided_stays_when_all_are_decided_again(workspace, rep):
    lead = verification.lead(workspace)
    job = enrichments.worked_off(enrichments.order(workspace, "verify", by=rep))

    again = decide_all_again(job, by=rep, now=timezone.now())

    assert (again.number, Lead.objects.get(pk=lead.pk).email_status) == (0, "deliverable")


def test_old_that_is_kept_is_decided(lead, rep):
    field = found(lead, rep)
    keep_old(field, by=rep, now=timezone.now())

    with pytest.raises(NothingToDo):
        accept(field, by=rep, now=timezone.now())

    assert used(lead).technologies == ["Oracle", "Slack"]


def test_old_that_is_kept_can_be_decided_again(lead, rep):
    field = found(lead, rep)
    keep_old(field, by=rep, now=timezone.now())
    field.refresh_from_db()

    decide_again(field, by=rep, now=timezone.now())
    accept(field, by=rep, now=timezone.now())

    assert used(lead).technologies == ["Oracle", "Slack", "Zendesk"]


def test_what_is_in_use_is_not_decided_again(lead, rep):
    field = found(lead, rep)
    accept(field, by=rep, now=timezone.now())
    field.refresh_from_db()

    with pytest.raises(NothingToDo):
        decide_again(field, by=rep, now=timezone.now())


def test_verdict_that_was_undone_comes_back_as_it_was_and_is_undone_again(workspace, rep):
    lead = verification.lead(workspace)
    job = enrichments.worked_off(enrichments.order(workspace, "verify", by=rep))
    told = Lead.objects.values("email_status", "email_score", "email_checked_at").get(pk=lead.pk)
    for act in (undo_field, decide_again, accept):
        act(enrichments.field(job, "email_status"), by=rep, now=timezone.now())
    again = Lead.objects.values("email_status", "email_score", "email_checked_at").get(pk=lead.pk)

    undo_field(enrichments.field(job, "email_status"), by=rep, now=timezone.now())

    assert (again, told["email_status"]) == (told, "deliverable")
    assert Lead.objects.get(pk=lead.pk).email_status == "unchecked"


def test_undone_verdict_does_not_replace_a_later_one(workspace, rep):
    lead = verification.lead(workspace)
    job = enrichments.worked_off(enrichments.order(workspace, "verify", by=rep))
    for act in (undo_field, decide_again):
        act(enrichments.field(job, "email_status"), by=rep, now=timezone.now())
    Lead.objects.filter(pk=lead.pk).update(email_status="risky")

    with pytest.raises(NothingToDo, match="changed since"):
        accept(enrichments.field(job, "email_status"), by=rep, now=timezone.now())


def test_after_thirty_days_it_stays(lead, rep):
    field = found(lead, rep)
    accept(field, by=rep, now=timezone.now())

    with pytest.raises(NothingToDo, match="thirty days"):
        undo_field(field, by=rep, now=timezone.now() + timedelta(days=31))


def test_address_is_found_suggested_accepted_and_undone(workspace, rep):
    lead = nameless(workspace)
    job = enrichments.worked_off(enrichments.order(workspace, "email", by=rep))
    field = enrichments.field(job, "email")

    accept(field, by=rep, now=timezone.now())
    new = Lead.objects.get(pk=lead.pk)
    undo_field(field, by=rep, now=timezone.now())

    assert (field.mark, new.email, new.email_status) == ("added", field.after, "deliverable")
    assert (Lead.objects.get(pk=lead.pk).email, Evidence.objects.filter(is_current=True).count()) == ("", 0)


def test_dead_address_that_a_person_chose_is_a_conflict(workspace, rep):
    lead = nameless(workspace)
    Lead.objects.filter(pk=lead.pk).update(email="old@else.example", email_status="undeliverable")
    leads.evidence(lead, "email", value="old@else.example", source="person", authority=Authority.PERSON)

    job = enrichments.worked_off(enrichments.order(workspace, "email", by=rep))

    assert enrichments.field(job, "email").mark == "conflict"
    assert accept_all(job, by=rep, now=timezone.now()).number == 0


def test_verdict_is_in_use_at_once_and_can_be_undone(workspace, rep):
    lead = verification.lead(workspace)
    job = enrichments.worked_off(enrichments.order(workspace, "verify", by=rep))
    field, status = enrichments.field(job, "email_status"), Lead.objects.get(pk=lead.pk).email_status

    undo_field(field, by=rep, now=timezone.now())

    assert (field.state, status) == ("applied", "deliverable")
    assert Lead.objects.get(pk=lead.pk).email_status == "unchecked"


def test_verdict_of_a_later_verification_is_not_undone(workspace, rep):
    lead = verification.lead(workspace)
    job = enrichments.worked_off(enrichments.order(workspace, "verify", by=rep))
    Lead.objects.filter(pk=lead.pk).update(email_checked_at=timezone.now())

    with pytest.raises(NothingToDo, match="changed since"):
        undo_field(enrichments.field(job, "email_status"), by=rep, now=timezone.now())

    assert Lead.objects.get(pk=lead.pk).email_status == "deliverable"


def test_line_of_another_number_is_not_undone(lead, rep):
    field = found(lead, rep, field="phone_type", after="mobile", state="applied", decided_at=timezone.now())
    Lead.objects.filter(pk=lead.pk).update(phone="+447400123457", phone_type="mobile")
    type(field.item).objects.update(before={"phone": "+447400123456", "phone_type": ""})

    with pytest.raises(NothingToDo, match="changed since"):
        undo_field(field, by=rep, now=timezone.now())

    assert Lead.objects.get(pk=lead.pk).phone_type == "mobile"


def test_dead_address_that_no_evidence_tells_was_set_by_a_person(workspace, rep):
    lead = nameless(workspace)
    Lead.objects.filter(pk=lead.pk).update(email="old@else.example", email_status="undeliverable")

    job = enrichments.worked_off(enrichments.order(workspace, "email", by=rep))

    assert enrichments.field(job, "email").mark == "conflict"


def test_refused_fields_do_not_keep_the_rest_from_their_turn(lead, rep, monkeypatch):
    monkeypatch.setattr(applying, "AT_ONCE", 1)
    refused = found(lead, rep, field="linkedin_url", before="acme-old", after="acme", mark="changed")
    good = found(lead, rep, field="x", after="acme")
    EnrichedField.objects.update(item=refused.item)

    applied = accept_all(refused.item.enrichment, by=rep, now=timezone.now())

    assert (applied.number, len(applied.refused), applied.has_more) == (1, 1, False)
    assert EnrichedField.objects.get(pk=good.pk).state == "applied"


def test_more_refused_fields_than_are_tried_at_once_are_gone_past(lead, rep, monkeypatch):
    monkeypatch.setattr(applying, "MOST_TRIED", 2)
    wrong = {"field": "linkedin_url", "before": "acme-old", "after": "acme", "mark": "changed"}
    refused = [found(leads.lead(lead.workspace, f"Ada {each}"), rep, **wrong) for each in "ABC"]
    good = found(leads.lead(lead.workspace, "Zoe Z", company=lead.company), rep, field="x", after="acme")
    EnrichmentItem.objects.update(enrichment=good.item.enrichment)

    applied = accept_all(good.item.enrichment, by=rep, now=timezone.now())

    assert (applied.number, applied.past, applied.has_more) == (1, len(refused), False)
