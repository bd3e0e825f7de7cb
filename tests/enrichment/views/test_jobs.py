"""The pages of enrichments: list, progress that ends, before and after with its filters, decisions, and the stop."""

import pytest
from django.urls import reverse
from django.utils import timezone

from enrichment.job_progress import progress_of
from enrichment.models import EnrichedField, Enrichment, EnrichmentItem
from leadengine.workflows import applying
from leadengine.workflows.enrichment_coverage import Coverage, coverage
from leadengine.workflows.stopping_enrichment import OUT_OF_CREDITS, stop_enrichment
from tests.factories import enrichments, leads, people, verification

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def workspace():
    return verification.workspace()


@pytest.fixture
def rep(client, workspace):
    user = people.rep(workspace)
    client.force_login(user)
    return user


def url(name, job):
    return reverse(f"enrichment:{name}", args=[job.pk])


def test_empty_list_says_what_it_is(client, rep):
    assert "Nothing was enriched yet" in client.get(reverse("enrichment:job-list")).content.decode()


def test_empty_list_offers_what_can_be_done(client, workspace, rep):
    without = client.get(reverse("enrichment:job-list")).content.decode()
    leads.lead(workspace)

    having = client.get(reverse("enrichment:job-list")).content.decode()

    assert ("Enrich leads" in without, "Import your leads" in without) == (False, True)
    assert ("Enrich leads" in having, "Import your leads" in having) == (True, False)


def test_list_takes_as_many_queries_for_many(client, workspace, rep, django_assert_max_num_queries):
    for _ in range(4):
        enrichments.found(workspace, leads.lead(workspace), by=rep)

    with django_assert_max_num_queries(15):
        page = client.get(reverse("enrichment:job-list"))

    assert page.content.decode().count("Company by its DNS") == 4


def test_progress_asks_for_itself_until_it_has_ended(client, workspace, rep):
    verification.lead(workspace)
    job = enrichments.order(workspace, "verify", by=rep)
    under_way = client.get(url("job-progress", job), headers=HTMX).content.decode()
    enrichments.worked_off(job)

    ended = client.get(url("job-progress", job), headers=HTMX).content.decode()

    assert 'hx-trigger="every 2s"' in under_way
    assert "hx-trigger" not in ended
    assert "0.5 credits" in ended


def test_frame_is_renewed_once_it_has_ended(client, workspace, rep):
    verification.lead(workspace)
    job = enrichments.order(workspace, "verify", by=rep)
    places = [url("job-progress", job), reverse("enrichment:job-list")]
    under_way = [client.get(place, headers=HTMX) for place in places]
    enrichments.worked_off(job)

    ended = [client.get(place, headers=HTMX) for place in places]

    assert not any("HX-Trigger" in answer for answer in under_way)
    assert all("frame-due" in answer["HX-Trigger"] for answer in ended)
    assert any("enrichment-ended" in answer["HX-Trigger"] for answer in ended)


def test_page_shows_fields_before_and_after_in_a_fixed_number_of_queries(
    client, workspace, rep, django_assert_max_num_queries
):
    job = enrichments.found(workspace, leads.lead(workspace, "Ada Okafor"), by=rep).item.enrichment

    with django_assert_max_num_queries(19):
        page = client.get(url("job", job)).content.decode()

    assert "Ada Okafor" in page
    assert "Slack, Zendesk" in page
    assert "Accept all · 1" in page


def test_technologies_are_shown_as_added_to_those_that_stay(client, workspace, rep):
    given = {"before": "Oracle, SAP", "after": "Atlassian, SAP"}
    job = enrichments.found(workspace, leads.lead(workspace), by=rep, **given).item.enrichment

    page = client.get(url("job", job)).content.decode()

    assert "Oracle, SAP + <b>Atlassian</b>" in page


def test_filter_shows_conflicts_alone(client, workspace, rep):
    field = enrichments.found(workspace, leads.lead(workspace), by=rep, mark="conflict")
    job = field.item.enrichment

    conflicts, missing = (
        client.get(url("job-found", job), {"show": show}, headers=HTMX).content.decode()
        for show in ("conflicts", "missing")
    )

    assert "Use this instead" in conflicts
    assert "None of these" in missing


def test_each_filter_says_how_many_rows_it_shows(client, workspace, rep):
    first = enrichments.found(workspace, leads.lead(workspace), by=rep, mark="conflict")
    enrichments.found(workspace, leads.lead(workspace), by=rep, mark="changed", state="kept")
    enrichments.found(workspace, leads.lead(workspace, erased_at=timezone.now()), by=rep, mark="changed")
    nothing, left = (enrichments.found(workspace, leads.lead(workspace), by=rep).item_id for _ in range(2))
    job = first.item.enrichment
    EnrichmentItem.objects.update(enrichment=job)
    EnrichedField.objects.filter(item__in=[nothing, left]).delete()
    EnrichmentItem.objects.filter(pk=nothing).update(state="nothing")
    EnrichmentItem.objects.filter(pk=left).update(state="left")

    counts = client.get(url("job", job)).context["findings"].counts.rows

    assert counts == {"all": 6, "changed": 1, "decide": 1, "conflicts": 1, "missing": 1, "left": 1}


def test_accept_swaps_the_region_and_undo_stands_there(client, workspace, rep):
    field = enrichments.found(workspace, leads.lead(workspace), by=rep)

    answer = client.post(reverse("enrichment:field-accept", args=[field.pk]), {"show": "all"}, headers=HTMX)

    assert "In use" in answer.content.decode()
    assert reverse("enrichment:field-undo", args=[field.pk]) in answer.content.decode()
    assert "Taken over." in answer["HX-Trigger"]


def test_without_script_the_page_follows_with_its_filter_kept(client, workspace, rep):
    field = enrichments.found(workspace, leads.lead(workspace), by=rep)
    job = field.item.enrichment

    accepted = client.post(url("job-accept", job), {"show": "changed", "page": "1"})
    undone = client.post(url("job-undo", job))

    assert accepted["Location"] == f"{url('job', job)}?show=changed&page=1"
    assert undone["Location"] == url("job", job)
    assert EnrichedField.objects.get().state == "undone"


def test_stop_ends_it_and_gives_back(client, workspace, rep):
    verification.lead(workspace)
    job = enrichments.order(workspace, "verify", by=rep)

    answer = client.post(url("job-stop", job), follow=True)

    assert Enrichment.objects.get().state == "stopped"
    assert "What is held came back." in answer.content.decode()


def test_stopped_counts_what_was_asked_and_offers_to_go_on(client, workspace, rep, django_assert_max_num_queries):
    asked, left = (verification.lead(workspace, status) for status in ("deliverable", "undeliverable"))
    job = enrichments.order(workspace, "verify", by=rep)
    job.items.filter(lead=asked).update(state="found", charged="0.50")
    stop_enrichment(job, by=rep, now=timezone.now())

    with django_assert_max_num_queries(19):
        page = client.get(url("job", job)).content.decode()

    assert "found of 1 asked" in page
    assert "1 of 2 answered, 1 not asked: stopped" in page
    assert "1 found, 1 of 2 answered, 1 not asked" in page
    assert "Not asked: it was stopped." in page
    assert "Nothing was found." not in page
    assert "Go on with the other 1…" in page
    assert f'name="lead" value="{left.pk}"' in page


def test_rest_that_credits_did_not_reach_is_listed(client, workspace, rep):
    verification.lead(workspace, name="Ada Okafor")
    job = enrichments.order(workspace, "verify", by=rep)
    job.items.update(state="left")
    Enrichment.objects.update(state="stopped", error=OUT_OF_CREDITS)

    page = client.get(url("job", job), {"show": "left"}).content.decode()

    assert OUT_OF_CREDITS in page
    assert "Ada Okafor" in page
    assert "1 not asked" in page


def test_enrichment_of_a_colleague_is_stopped_and_undone_by_a_manager_only(client, workspace, rep):
    field = enrichments.found(workspace, leads.lead(workspace), by=rep, state="applied", decided_at=timezone.now())
    job = field.item.enrichment
    urls = [
        url("job-stop", job),
        url("job-undo", job),
        url("job-again", job),
        reverse("enrichment:field-undo", args=[field.pk]),
    ]
    client.force_login(people.rep(workspace))

    refused = [client.post(each).status_code for each in urls]
    page = client.get(url("job", job)).content.decode()
    client.force_login(people.manager(workspace))

    assert refused == [404] * 4
    assert not [each for each in urls if each in page]
    assert [client.post(each).status_code for each in urls] == [303] * 4


def test_rest_of_a_large_test_says_how_many_are_not_among_it(client, workspace, rep):
    job = enrichments.found(workspace, leads.lead(workspace), by=rep).item.enrichment
    Enrichment.objects.update(is_test=True, cursor={"rest": ["a", "b"], "beyond": 1695})

    page = client.get(url("job", job)).content.decode()

    assert "Go on with the best 2 of the others" in page
    assert "1,695 more are not among them" in page


def test_found_is_what_its_price_is_for_in_headline_list_and_coverage(client, workspace, rep):
    paid, by_product = (enrichments.found(workspace, leads.lead(workspace), by=rep) for _ in range(2))
    job = paid.item.enrichment
    EnrichmentItem.objects.filter(pk=by_product.item_id).update(enrichment=job)
    job.items.filter(pk=paid.item_id).update(charged=1)

    page = client.get(url("job", job)).content.decode()
    listed = {each.pk: each for each in client.get(reverse("enrichment:job-list")).context["page"]}[job.pk]

    assert "1 answered, but not with what is charged for: free<" in page
    assert "1 found, 2 of 2 answered (1 free: no new technology or mail provider)" in page
    assert "No new technology or mail provider: free." in page
    assert (listed.found, listed.asked) == (1, 2)
    assert coverage(workspace, now=timezone.now())["company"] == Coverage(2, 1, 1)


def test_verdict_that_is_sure_is_found_and_risky_is_free(client, workspace, rep):
    for status in ("deliverable", "risky", "unknown"):
        verification.lead(workspace, status)

    job = enrichments.worked_off(enrichments.order(workspace, "verify"))

    progress, page = progress_of(job), client.get(url("job", job)).content.decode()
    assert (progress.found, progress.free, progress.missing) == (1, 1, 1)
    assert "1 answered, but not with what is charged for: free · 1 with nothing found, or no answer: free" in page
    assert "Not sure enough to be charged: free." in page


def test_all_decisions_are_taken_back_at_once(client, workspace, rep):
    kept = enrichments.found(workspace, leads.lead(workspace), by=rep, state="kept", decided_at=timezone.now())
    job = kept.item.enrichment
    page = client.get(url("job", job)).content.decode()

    answer = client.post(url("job-again", job), headers=HTMX)

    assert "Decide 1 field again?" in page
    assert "1 field to be decided again." in answer["HX-Trigger"]
    assert "Accept all · 1" in answer.content.decode()
    assert "autofocus" in answer.content.decode()


def test_nothing_left_to_decide_again_is_said_quietly(client, workspace, rep):
    job = enrichments.found(workspace, leads.lead(workspace), by=rep).item.enrichment

    answer = client.post(url("job-again", job), headers=HTMX)

    assert "Nothing is left to decide again: all that can be waits already." in answer["HX-Trigger"]
    assert '"bad"' not in answer["HX-Trigger"]


@pytest.mark.parametrize("state", ["kept", "undone"])
def test_what_was_kept_out_or_undone_is_decided_again(client, workspace, rep, state):
    field = enrichments.found(workspace, leads.lead(workspace), by=rep, state=state, decided_at=timezone.now())
    again = reverse("enrichment:field-again", args=[field.pk])
    page = client.get(url("job", field.item.enrichment)).content.decode()

    answer = client.post(again, {"show": "all"}, headers=HTMX).content.decode()

    assert again in page
    assert reverse("enrichment:field-accept", args=[field.pk]) in answer
    assert again not in answer


def test_all_are_accepted_by_one_press_however_many_go_at_once(client, workspace, rep, monkeypatch):
    monkeypatch.setattr(applying, "AT_ONCE", 1)
    first = enrichments.found(workspace, leads.lead(workspace, company=leads.company(workspace, "A")), by=rep)
    job = first.item.enrichment
    second = enrichments.found(workspace, leads.lead(workspace, company=leads.company(workspace, "B")), by=rep)
    EnrichmentItem.objects.filter(pk=second.item_id).update(enrichment=job)

    begun = client.post(url("job-accept", job), headers=HTMX)
    ended = client.post(url("job-accept", job), {"so_far": begun.context["so_far"]}, headers=HTMX)

    assert 'hx-trigger="load"' in begun.content.decode()
    assert "Accepting · 1 to go" in begun.content.decode()
    assert 'hx-trigger="load"' not in ended.content.decode()
    assert "2 fields taken over." in ended["HX-Trigger"]
