"""Domains of companies inspected several at once: invented ones by the sandbox, which shows some of them technologies."""

from django.utils import timezone

from enrichment.company_profiles import bluesky_of
from enrichment.inspecting import inspect_companies

NAMES = [f"harbour{number}.example" for number in range(12)]


def test_invented_domains_show_the_same_each_time_and_not_all_of_them_something():
    now = timezone.now()

    first, again = (inspect_companies(NAMES, is_invented=True, now=now) for _ in range(2))

    used = {domain: [each.vendor for each in found.technologies] for domain, found in first.items()}
    assert used == {domain: [each.vendor for each in found.technologies] for domain, found in again.items()}
    assert set(first) == set(NAMES)
    assert any(used.values())
    assert not all(used.values())


def test_bluesky_handle_is_proved_by_the_domain_itself():
    found = inspect_companies(NAMES, is_invented=True, now=timezone.now())

    profiles = [profile for each in found.values() for profile in bluesky_of(each)]

    assert profiles
    assert all(each.confidence == 1.0 and each.page == f"https://bsky.app/profile/{each.handle}" for each in profiles)


def test_nothing_is_asked_for_nobody():
    assert inspect_companies([], is_invented=True, now=timezone.now()) == {}
