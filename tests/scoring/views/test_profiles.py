"""The pages of profiles: what is in force, drafts, adoption, comparing, rolling back, withdrawing."""

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from billing.audit_log import audit_lines
from billing.models import AuditEvent
from scoring import profiles, versions
from scoring.ideal import IdealCustomer
from scoring.models import Profile, Rescoring
from scoring.recording import record
from scoring.weighting import Weighting
from tests.factories import leads, people, scores
from tests.factories.scoring import scores as scored

pytestmark = pytest.mark.django_db

OTHER = Weighting((20, 7, 15, 10, 12, 10, 6, 8, 8, 4))


@pytest.fixture
def workspace():
    made = people.workspace()
    profiles.ensure_default(made)
    return made


@pytest.fixture
def manager(client, workspace):
    user = people.manager(workspace)
    client.force_login(user)
    return user


def publish(workspace, industry="", weighting=OTHER, by=None):
    made = versions.drafted(workspace, industry, weighting, note="More on potential", by=by, now=timezone.now())
    versions.publish(made, by=by, now=timezone.now())
    return made


def detail(profile) -> str:
    return reverse("scoring:profile-detail", args=[profile.pk])


def test_a_manager_sees_profiles_drafts_and_what_to_start_from(client, workspace, manager):
    publish(workspace, "education")
    scores.draft(workspace, "retail")

    page = client.get(reverse("scoring:profiles")).content.decode()

    assert all(words in page for words in ("Default profile", "Education", "Retail", "Drafts", "Adopt"))
    assert "Software Development" in page
    assert '<option value="utilities">' in page
    assert '<option value="education">' not in page


def test_a_rep_reads_without_changing(client, workspace):
    client.force_login(people.rep(workspace))
    version = publish(workspace)

    pages = [client.get(url).content.decode() for url in (reverse("scoring:profiles"), detail(version))]

    assert all("Default profile" in page for page in pages)
    assert not any("Laboratory" in page or "Adopt" in page for page in pages)


def test_adopting_by_a_double_click_makes_one_draft_that_scores_nobody(client, workspace, manager):
    answers = [client.post(reverse("scoring:profiles-adopt"), {"start": "health-care"}) for _ in range(2)]

    draft = Profile.objects.get(industry="hospitals-and-health-care")
    assert [answer["Location"] for answer in answers] == [detail(draft)] * 2
    assert (draft.state, draft.job_title, draft.created_by) == ("draft", 15, manager)
    assert profiles.current(workspace, draft.industry).industry == ""


def test_rolling_back_publishes_the_old_version_again_and_scores_all(client, workspace, manager):
    leads.lead(workspace)
    first = profiles.current(workspace)
    publish(workspace)

    client.post(reverse("scoring:profile-roll-back", args=[first.pk]), {"seen": "2"})

    assert versions.weighting_of(profiles.current(workspace)) == Weighting()
    assert profiles.current(workspace).version == 3
    assert Rescoring.objects.get().why == "Default profile, version 3"
    told = audit_lines(list(AuditEvent.objects.filter(verb="profile.rolled_back", actor_id=manager.pk)), {})
    assert [line.changes for line in told] == [("version: 2 → 3", "rolled back to version 1")]


def test_before_rolling_back_it_is_said_who_changes_grade_and_what_stays(client, workspace, manager):
    first = profiles.current(workspace)
    publish(workspace, weighting=Weighting(cuts=(90, 80, 70, 60)))
    versions.save_ideal(workspace, IdealCustomer(industries=("retail",)), by=manager, now=timezone.now())
    lead = leads.lead(workspace, name="Ida Quade")
    now_in_force = profiles.current(workspace)
    record(workspace.pk, [lead.pk], scored(*[6_500] * 10), profile_id=now_in_force.pk, why="", now=timezone.now())

    page = client.get(reverse("scoring:profile-roll-back", args=[first.pk])).content.decode()

    assert "1 of 1 leads (100 %) would get another grade: 1 a better one, 0 a worse one." in page
    assert "Roll back · 1 lead changes grade" in " ".join(page.split()).replace("</svg> ", "")
    assert all(words in page for words in ("Ida Quade", "<dd>Retail</dd>", "though version 1 had another one"))
    assert profiles.current(workspace) == now_in_force


def test_rolling_back_leaves_the_ideal_customer_of_today(client, workspace, manager):
    first = profiles.current(workspace)
    ideal = IdealCustomer(industries=("retail",))
    versions.save_ideal(workspace, ideal, by=manager, now=timezone.now())

    answer = client.post(reverse("scoring:profile-roll-back", args=[first.pk]), {"seen": "2"}, follow=True)

    assert "Rolled back to version 1, which is in force again as version 3." in answer.content.decode()
    assert IdealCustomer.from_json(profiles.current(workspace).ideal) == ideal


def test_rolling_back_after_somebody_else_published_is_refused_in_a_sentence(client, workspace, manager):
    first = profiles.current(workspace)
    publish(workspace, by=people.user(first_name="Ida", last_name="Holm"))

    answer = client.post(reverse("scoring:profile-roll-back", args=[first.pk]), {"seen": "1"})

    assert answer.status_code == 422
    assert "Ida Holm published version 2" in answer.content.decode()


@pytest.mark.parametrize(
    "seen", [None, "", "x", "-1", "1.5", "9" * 5_000], ids=["missing", "empty", "a word", "below 0", "a part", "long"]
)
def test_rolling_back_without_having_looked_is_refused_in_a_sentence(client, workspace, manager, seen):
    first = profiles.current(workspace)
    publish(workspace)

    answer = client.post(reverse("scoring:profile-roll-back", args=[first.pk]), {} if seen is None else {"seen": seen})

    assert answer.status_code == 422
    assert "not said which version you saw in force" in answer.content.decode()
    assert profiles.current(workspace).version == 2


def test_earlier_versions_are_offered_on_the_list_and_on_the_profile_in_force(client, workspace, manager):
    first = profiles.current(workspace)
    now = publish(workspace)

    listed, page = (client.get(url).content.decode() for url in (reverse("scoring:profiles"), detail(now)))

    assert f'href="{detail(now)}#versions"' in listed
    assert "version 2, 1 earlier" in listed
    assert f'href="{reverse("scoring:profile-roll-back", args=[first.pk])}"' in page
    assert ("Roll back to version 1" in page, "Roll back to version 2" in page) == (True, False)


def test_a_rep_sees_versions_and_cannot_roll_back(client, workspace):
    client.force_login(people.rep(workspace))
    now = publish(workspace)

    pages = [client.get(url).content.decode() for url in (reverse("scoring:profiles"), detail(now))]

    assert "Version 1" in pages[1]
    assert not any("Roll back" in page for page in pages)


def test_an_industrys_profile_is_withdrawn(client, workspace, manager):
    own = publish(workspace, "retail")

    client.post(reverse("scoring:profile-withdraw", args=[own.pk]))

    assert profiles.current(workspace, "retail").industry == ""
    assert AuditEvent.objects.filter(verb="profile.withdrawn").exists()


@pytest.mark.parametrize("name", ["withdraw", "discard"])
def test_what_cannot_be_done_is_refused(client, workspace, manager, name):
    answer = client.post(reverse(f"scoring:profile-{name}", args=[profiles.current(workspace).pk]))

    assert answer.status_code == 422
    assert Profile.objects.of(workspace).count() == 1


def test_a_draft_is_discarded(client, workspace, manager):
    draft = scores.draft(workspace)

    client.post(reverse("scoring:profile-discard", args=[draft.pk]))

    assert not Profile.objects.filter(pk=draft.pk).exists()


def test_two_versions_are_compared_in_words(client, workspace, manager):
    first = profiles.current(workspace)
    other = versions.drafted(
        workspace, "", OTHER, note="", by=None, now=timezone.now(), ideal={"industries": ["retail"]}
    )
    versions.publish(other, by=None, now=timezone.now())

    url = reverse("scoring:profile-compare", args=[first.pk])
    page = client.get(url, {"with": other.pk}).content.decode()

    assert "3 things differ" in page
    assert "<td>open</td><td><b>Retail</b>" in page


def test_a_draft_shows_the_ideal_customer_that_publishing_it_puts_in_force(client, workspace, manager):
    draft = versions.save_draft(versions.drafted(workspace, "", OTHER, note="", by=manager, now=timezone.now()))
    versions.save_ideal(workspace, IdealCustomer(titles=("Head of Bakery",)), by=manager, now=timezone.now())
    edit = reverse("scoring:profile-ideal", args=[draft.pk])

    pages = [client.get(url).content.decode() for url in (detail(draft), edit)]
    versions.publish(Profile.objects.select_related("workspace").get(pk=draft.pk), by=manager, now=timezone.now())

    assert ["Head of Bakery" in page for page in pages] == [True, True]
    assert profiles.current(workspace).ideal == {"titles": ["Head of Bakery"]}


def test_a_draft_saved_as_it_stood_goes_on_following_the_workspace(client, workspace, manager):
    draft = versions.save_draft(versions.drafted(workspace, "", OTHER, note="", by=manager, now=timezone.now()))
    versions.save_ideal(workspace, IdealCustomer(titles=("Head of Bakery",)), by=manager, now=timezone.now())

    client.post(reverse("scoring:profile-ideal", args=[draft.pk]), {"titles_text": "Head of Bakery"})

    draft.refresh_from_db()
    assert IdealCustomer.from_json(draft.ideal).is_empty


def test_a_draft_set_back_to_what_it_was_made_with_keeps_that(client, workspace, manager):
    versions.save_ideal(workspace, IdealCustomer(titles=("Grocer",)), by=manager, now=timezone.now())
    draft = versions.save_draft(versions.drafted(workspace, "", OTHER, note="", by=manager, now=timezone.now()))
    versions.save_ideal(workspace, IdealCustomer(titles=("Head of Bakery",)), by=manager, now=timezone.now())

    client.post(reverse("scoring:profile-ideal", args=[draft.pk]), {"titles_text": "Grocer"})

    kept = Profile.objects.select_related("workspace").get(pk=draft.pk)
    assert versions.ideal_of(kept) == {"titles": ["Grocer"]}


def test_the_ideal_customer_of_a_draft_counts_only_for_the_draft(client, workspace, manager):
    draft = scores.draft(workspace)

    client.post(reverse("scoring:profile-ideal", args=[draft.pk]), {"industries": ["retail"]})

    draft.refresh_from_db()
    assert draft.ideal == {"industries": ["retail"]}
    assert profiles.current(workspace).ideal == {}


def test_what_is_sent_for_a_draft_that_is_published_meanwhile_is_a_422_with_what_was_typed(client, workspace, manager):
    draft = scores.draft(workspace, "retail")
    waiting = [lambda: versions.publish(Profile.objects.get(pk=draft.pk), by=manager, now=timezone.now())]

    def published_at_the_lock(execute, sql, *args):
        if "pg_advisory_xact_lock(" in sql and waiting:
            waiting.pop()()
        return execute(sql, *args)

    with connection.execute_wrapper(published_at_the_lock):
        answer = client.post(reverse("scoring:profile-ideal", args=[draft.pk]), {"industries_text": "Breweries"})

    page = answer.content.decode()
    assert (answer.status_code, "Retail, version 1 is no draft any more." in page, "Breweries" in page) == (
        422,
        True,
        True,
    )


def test_the_list_takes_as_many_queries_for_many_profiles(client, workspace, manager, django_assert_max_num_queries):
    for industry in ("retail", "education", "construction", "manufacturing"):
        publish(workspace, industry)
        scores.draft(workspace, industry, version=9)

    with django_assert_max_num_queries(12):
        client.get(reverse("scoring:profiles"))


def test_number_too_long_for_any_version_names_none(client, workspace, manager):
    profile = profiles.current(workspace)

    compared = client.get(reverse("scoring:profile-compare", args=[profile.pk]), {"with": "9" * 5_000})
    brought_back = client.post(reverse("scoring:profile-roll-back", args=[profile.pk]), {"seen": "9" * 5_000})

    assert (compared.status_code, brought_back.status_code) == (404, 422)


PROGRESS, HTMX = reverse("scoring:rescoring-progress"), {"HX-Request": "true"}


def test_page_is_renewed_once_what_was_measured_for_is_settled(client, workspace, manager):
    made = scores.draft(workspace)
    job = Rescoring.objects.create(
        workspace=workspace, why="Published", leads=5, cursor={"publish": {str(made.pk): None}}
    )

    meanwhile = client.get(PROGRESS, {"measuring": "on"}, headers=HTMX)
    job.cursor = {}
    job.save()
    settled = client.get(PROGRESS, {"measuring": "on"}, headers=HTMX)

    assert "HX-Trigger" not in meanwhile
    assert "measuring=on" in meanwhile.content.decode()
    assert "versions-settled" in settled["HX-Trigger"]
    assert "measuring=on" not in settled.content.decode()
    assert 'hx-trigger="versions-settled from:body"' in client.get(detail(made)).content.decode()


def test_discarding_is_asked_in_a_dialog_that_names_the_draft(client, workspace, manager):
    made = scores.draft(workspace)

    page = client.get(detail(made)).content.decode()

    assert f"Discard Retail, version {made.version}?</h2>" in page
