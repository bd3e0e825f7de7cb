"""What a domain's DNS showed is kept with its times, in as few queries for many domains as for one."""

from datetime import UTC, datetime

import pytest

from enrichment.checks.domain import seen
from enrichment.checks.technologies import Record
from enrichment.models import DomainTechnology
from enrichment.resolving import Answer
from enrichment.seen_technologies import known_technologies, learn_from_answers, learn_technologies

pytestmark = pytest.mark.django_db
SPRING, AUTUMN = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC)
GOOGLE, MIMECAST = "1 aspmx.l.google.com", "10 eu.mimecast.com"


def inspection(at, *exchangers, domain="acme.example"):
    return seen(domain, [Record(domain, "MX", each) for each in exchangers], at=at)


def test_first_seen_stays_last_seen_moves_and_what_is_gone_is_remembered():
    learn_technologies([inspection(SPRING, GOOGLE, MIMECAST)])
    (again,) = learn_technologies([inspection(AUTUMN, GOOGLE)])

    times = {each.vendor: (each.first_seen, each.last_seen) for each in again.technologies}
    assert times == {"Google Workspace": (SPRING, AUTUMN), "Mimecast": (SPRING, SPRING)}
    assert [each.vendor for each in known_technologies(["acme.example"])["acme.example"]] == [
        "Google Workspace", "Mimecast",
    ]  # fmt: skip


def test_answers_asked_for_another_reason_teach_too_but_not_of_free_mail(django_assert_num_queries):
    answers = {
        ("acme.example", "MX"): (Answer((GOOGLE,)), 60.0),
        ("selector1._domainkey.acme.example", "CNAME"): (Answer(("selector1.acme.onmicrosoft.com",)), 60.0),
        ("other.example", "TXT"): (Answer(("MS=ms1",)), 60.0),
        ("gmail.com", "MX"): (Answer((GOOGLE,)), 60.0),
    }

    with django_assert_num_queries(1):
        learn_from_answers(answers, at=SPRING)
    with django_assert_num_queries(0):
        learn_from_answers({}, at=SPRING)

    found = DomainTechnology.objects.order_by("vendor").values_list("domain", "vendor", "first_seen")
    assert list(found) == [("acme.example", vendor, SPRING) for vendor in ("Google Workspace", "Microsoft 365")]


def test_many_domains_take_two_queries(django_assert_num_queries):
    many = [inspection(SPRING, GOOGLE, domain=f"firm{number}.example") for number in range(30)]

    with django_assert_num_queries(2):
        learn_technologies(many)

    assert DomainTechnology.objects.count() == 30


def test_a_folder_of_markers_that_is_gone_costs_no_verdict(settings, tmp_path):
    settings.FINGERPRINTS = str(tmp_path / "gone")

    learn_from_answers({("acme.example", "MX"): (Answer((GOOGLE,)), 60.0)}, at=SPRING)

    assert DomainTechnology.objects.get().vendor == "Google Workspace"
