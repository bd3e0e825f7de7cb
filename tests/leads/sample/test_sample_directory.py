"""The invented directory: the same for the same seed, whatever the machine; what is true of it is known."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import defaultdict
from datetime import UTC, datetime
from io import StringIO
from typing import Any

import phonenumbers
import pytest
from django.conf import settings
from django.core.management import call_command

from leads.models import Dataset, DirectoryCompany, DirectoryPerson
from leads.sample import load_sample_directory, truth
from leads.sample.firms import firms
from leads.sample.humans import humans
from leads.sample.lists import markets
from tests.commands import refused

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SIZE = {"companies": 60, "people": 200}
DATABASE_KEYS = ("id", "dataset_id", "company_id")
DIGEST = """
import hashlib, django
from datetime import UTC, datetime
django.setup()
from leads import sample
made = sample._sample(30, 90, 1)
told = [pair for place in (0, 1) for pair in sample._told(made, place, 1, datetime(2026, 11, 22, tzinfo=UTC))]
print(hashlib.sha256(repr(told).encode()).hexdigest())
"""


def rows(model: Any) -> list[dict[str, Any]]:
    found = model.objects.order_by("dataset__name", "record_id").values()
    return [{name: value for name, value in row.items() if name not in DATABASE_KEYS} for row in found]


def load(seed: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """All rows of a fresh sample: companies and people."""
    Dataset.objects.all().delete()
    load_sample_directory(**SIZE, seed=seed, now=NOW)
    return rows(DirectoryCompany), rows(DirectoryPerson)


@pytest.mark.django_db
def test_same_seed_gives_the_same_rows_and_another_seed_others():
    first, again, other = load(1), load(1), load(2)

    assert first == again
    for place, name in enumerate(("domain", "full_name")):
        shared = {row[name] for row in first[place]} & {row[name] for row in other[place]}
        assert len(shared - {""}) < len(first[place]) // 10


@pytest.mark.django_db
def test_command_loads_what_was_asked_for_and_again_changes_nothing():
    options = {**SIZE, "seed": 1, "json": True}
    reports = []
    for _ in range(2):
        out = StringIO()
        call_command("load_sample_directory", **options, stdout=out)
        reports.append(json.loads(out.getvalue()))

    for table, number in SIZE.items():
        first, again = ([each[name][table] for name in ("sample-a", "sample-b")] for each in reports)
        assert sum(change["inserted"] for change in first) == number
        assert sum(change["unchanged"] for change in again) == number
        assert [change["updated"] + change["inserted"] + change["absent"] for change in again] == [0, 0]


@pytest.mark.django_db
@pytest.mark.parametrize("command", ["load_sample_directory", "load_sample"])
def test_negative_number_of_records_is_refused(command: str):
    assert refused(command, "--companies", "-5") == "A number of records cannot be negative."


def test_same_seed_gives_the_same_records_in_every_process():
    said = [
        subprocess.check_output(
            [sys.executable, "-c", DIGEST],
            cwd=settings.BASE_DIR,
            env=os.environ | {"PYTHONHASHSEED": seed, "DJANGO_SETTINGS_MODULE": "leadengine.settings"},
            text=True,
        )
        for seed in ("1", "2")
    ]

    assert said[0] == said[1]


def test_nobody_shares_a_number_but_the_companys_and_mobiles_are_of_ranges_for_fiction():
    made = list(firms(1, 500))
    numbers = [each.phone for each in humans(1, made, 3_000) if each.phone != each.firm.phone]

    assert len(numbers) == len(set(numbers)) > 1_500
    assert all(phonenumbers.is_valid_number(phonenumbers.parse(number)) for number in numbers)
    assert {each.country for each in markets() if each.mobiles} == {"US", "CA", "DE", "SE", "AU"}
    assert all(number[5:10] == "55501" for number in numbers if number.startswith("+1"))


def test_truth_is_repeatable():
    assert truth(**SIZE, seed=1) == truth(**SIZE, seed=1)
    assert truth(**SIZE, seed=1) != truth(**SIZE, seed=2)


@pytest.mark.django_db
def test_truth_names_every_record_and_nothing_else():
    load(1)
    known = truth(**SIZE, seed=1)

    assert set(DirectoryCompany.objects.values_list("dataset__name", "record_id")) == set(known.companies)
    assert set(DirectoryPerson.objects.values_list("dataset__name", "record_id")) == set(known.people)


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "column"), [("companies", "domain"), ("people", "linkedin_slug")])
def test_records_of_one_truth_agree_and_those_of_two_differ(kind: str, column: str):
    load(1)
    model = DirectoryCompany if kind == "companies" else DirectoryPerson
    numbers = getattr(truth(**SIZE, seed=1), kind)
    found, owners = defaultdict(set), defaultdict(set)
    for dataset, record, value in model.objects.exclude(**{column: ""}).values_list(
        "dataset__name", "record_id", column
    ):
        found[numbers[dataset, record]].add(value)
        owners[value].add(numbers[dataset, record])

    assert all(len(values) == 1 for values in found.values())
    assert all(len(those) == 1 for those in owners.values())


@pytest.mark.django_db
def test_some_companies_and_people_are_in_both_sets():
    known = truth(**SIZE, seed=1)

    for numbers in (known.companies, known.people):
        both = len(numbers) - len(set(numbers.values()))
        assert len(numbers) // 20 < both < len(numbers) // 2
