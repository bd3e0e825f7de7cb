"""`manage.py search_source` shows what a source answers, page by page."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from leads.sample import load_sample_directory

pytestmark = pytest.mark.django_db


def ask(source: str = "directory", **options) -> dict:
    out = StringIO()
    call_command("search_source", source, json=True, stdout=out, **options)
    return json.loads(out.getvalue())


@pytest.fixture
def directory() -> None:
    load_sample_directory(40, 160, 1)


def test_all_pages_hold_as_many_as_the_count_says(directory):
    answer = ask(limit=1000)

    assert answer["count"] == len(answer["candidates"]) > 100
    assert answer["next_cursor"] is None


def test_limit_leaves_a_cursor(directory):
    answer = ask(limit=7)

    assert len(answer["candidates"]) == 7
    assert answer["next_cursor"]


def test_criteria_filter(directory):
    answer = ask(criteria='{"seniorities": ["c_level"]}', limit=1000)

    assert 0 < answer["count"] == len(answer["candidates"]) < ask()["count"]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"source": "nowhere"}, "nowhere"),
        ({"criteria": '{"colour": 1}'}, "colour"),
        ({"criteria": "{"}, "not JSON"),
        ({"source": "file"}, "No file was chosen"),
    ],
)
def test_what_is_wrong_is_said(options, sentence):
    with pytest.raises(CommandError, match=sentence):
        ask(**options)
