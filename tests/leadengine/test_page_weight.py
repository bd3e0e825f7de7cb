"""No page is heavy, however much a workspace has: what the server sends of HTML stays small once it is packed."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from leads.models import ActivityKind, RunState, Stage
from tests.factories import credits, groups, leads, people, runs, scores
from tests.walking import places, records, url_of

LIMIT = 25 * 1024  # bytes, gzip
ID = re.compile(rb'\sid="([^"]+)"')
LATER = re.compile(rb"<template.*?</template>", re.S)  # stands in the page only instead of something else
pytestmark = pytest.mark.django_db


@pytest.fixture
def workspace():
    return people.workspace("Halden Water and Energy", credits=1_000)


def crowded(workspace, by) -> dict[str, object]:
    """More of everything than one page shows, and the records that have pages of their own."""
    values = records(workspace, by)
    company = leads.company(workspace, "A company whose name takes some room, Limited")
    stages = list(Stage.objects.of(workspace))
    run = runs.run(workspace, state=RunState.FINISHED, criteria={"industries": ["retail"], "places": ["DE"]})
    lane = runs.lane(run)
    made = [
        leads.lead(
            workspace, f"Mira Sandoval-Okafor the {number}th", company=company, stage=stages[number % len(stages)]
        )
        for number in range(60)
    ]
    for lead in made:
        scores.score(lead)
        runs.delivery(lane, lead)
    for number in range(30):
        runs.run(workspace, name=f"Heads of procurement at utilities, number {number}")
        runs.saved_search(workspace, name=f"Heads of procurement, number {number}", created_by=by)
        runs.exclusion(lane)
        groups.tag(workspace, f"Tag number {number}", made[0])
        groups.lead_list(workspace, f"List number {number}", made[0], by=by)
        leads.activity(made[0], ActivityKind.CALL, occurred_at=timezone.now() - timedelta(hours=number))
        leads.evidence(made[0], "title", value=f"Head of Procurement {number}")
        leads.signal(company, detail=f"Job ad number {number}")
        credits.captured(credits.hold(workspace, 1))
        people.rep(workspace)
    return values | {
        "leads:lead": made[0].pk,
        "scoring:score": made[0].pk,
        "leads:run": run.pk,
        "leads:company": company.pk,
    }


def test_no_page_is_heavy_or_has_an_id_twice(workspace, client: Client) -> None:
    owner = people.owner(workspace)
    values = crowded(workspace, owner)
    client.force_login(owner, backend="django.contrib.auth.backends.ModelBackend")
    weights, doubled = {}, {}
    for place in places():
        answer = client.get(url_of(place, values)) if _is_page(place) else None
        if answer is not None and answer.status_code == 200 and "html" in answer["Content-Type"]:
            weights[place.name] = len(gzip.compress(answer.content, compresslevel=6))
            doubled[place.name] = [name for name, times in _ids(answer.content).items() if times > 1]

    assert len(weights) > 30
    assert {name: weight for name, weight in weights.items() if weight > LIMIT} == {}
    assert {name: ids for name, ids in doubled.items() if ids} == {}


def _ids(page: bytes) -> Counter[bytes]:
    return Counter(ID.findall(LATER.sub(b"", page)))


def _is_page(place) -> bool:
    return place.name not in {"billing:password-reset-confirm", "billing:invitation-accept"}


def test_files_of_a_local_server_come_compressed(client) -> None:
    answer = client.get("/static/css/components.css", headers={"Accept-Encoding": "gzip"})

    sent = b"".join(answer.streaming_content)
    answer.close()
    assert answer["Content-Encoding"] == "gzip"
    assert len(sent) < len(gzip.decompress(sent)) / 3
