"""`manage.py generate_leads` runs the main job and prints one JSON receipt; what is wrong is said in a sentence."""

import json

import pytest
from django.core.management import CommandError, call_command

from leads.models import SourceFile
from tests.factories import people
from tests.fakes.workers import provider, record

pytestmark = pytest.mark.django_db
KEYS = {"found", "delivered", "excluded", "held", "captured", "released", "grades", "seconds"}


@pytest.fixture
def workspace() -> str:
    """A workspace's slug."""
    made = people.workspace(credits=50)
    people.owner(made)
    return made.slug


def generate(capsys, workspace: str, **options):
    given = {"workspace": workspace, "criteria": "{}", "sources": "sandbox", "json": True}
    call_command("generate_leads", **given | options)
    return json.loads(capsys.readouterr().out)


def test_receipt_is_one_json_object_that_adds_up(capsys, workspace, monkeypatch):
    with provider(monkeypatch, [record(number) for number in range(6)]):
        receipt = generate(capsys, workspace, most_leads=4)

    assert receipt.keys() >= KEYS
    assert (receipt["found"], receipt["delivered"], receipt["excluded"]) == (6, 4, {"limit_reached": 2})
    assert (receipt["held"], receipt["captured"], receipt["released"]) == (4, 4, 0)
    assert sum(receipt["grades"].values()) == 4


def test_addresses_are_verified_before_the_receipt(capsys, monkeypatch):
    sample = people.workspace(credits=50, is_sample=True)
    people.owner(sample)
    with provider(monkeypatch, [record(number) for number in range(6)]):
        receipt = generate(capsys, sample.slug, most_leads=6, verify_emails=True)

    checks = receipt["email_checks"]
    assert (checks["ordered"], checks["waiting"], receipt["adds_up"]) == (6, 0, True)
    assert receipt["captured"] == 6 + checks["credits"] > 6


def test_same_request_key_is_the_same_run(capsys, workspace, monkeypatch):
    with provider(monkeypatch, [record(number) for number in range(6)]):
        first = generate(capsys, workspace, most_leads=4, request_key="once")
        again = generate(capsys, workspace, most_leads=4, request_key="once")

    assert (again["run"], again["delivered"]) == (first["run"], 4)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"workspace": "nobody"}, "There is no workspace “nobody”"),
        ({"criteria": "{"}, "This is not JSON"),
        ({"criteria": "missing.json"}, "Cannot read missing.json"),
        ({"criteria": '{"colour": "red"}'}, "colour"),
        ({"sources": "nowhere"}, "nowhere"),
        ({"sources": "file"}, "Name the CSV file of the source “file” with --file."),
        ({"most_leads": 0}, "Ask for 1 to"),
        ({"most_credits": "lots"}, "“lots” is not a number of credits"),
        ({"most_credits": "NaN"}, "“NaN” is not a number of credits"),
        ({"most_credits": "1e99"}, "“1e99” is not a number of credits"),
        ({"most_credits": "0"}, "“0” is not a number of credits: give a positive one"),
        ({"most_credits": "1.005"}, "“1.005” is not a number of credits"),
        ({"criteria": "[" * 100_000}, "This JSON is nested too deeply."),
        ({"criteria": '{"employees": {"min": ' + "9" * 5000 + "}}"}, "This is not JSON: Exceeds the limit"),
        ({"file": "missing.csv"}, "missing.csv cannot be read: No such file or directory.$"),
        ({"name": "n" * 121}, "The name is longer than 120 characters."),
        ({"request_key": "k" * 65}, "The request key is longer than 64 characters."),
    ],
)
def test_what_is_wrong_is_said(capsys, workspace, options, sentence):
    with pytest.raises(CommandError, match=sentence):
        generate(capsys, **{"workspace": workspace, "sources": "directory"} | options)


def test_sentence_stands_for_criteria(capsys, workspace, monkeypatch):
    with provider(monkeypatch, [record(number) for number in range(3)]):
        call_command("quote_leads", workspace=workspace, sentence="companies", sources="sandbox", json=True)

    assert json.loads(capsys.readouterr().out)["matches"] == 3


def test_sentence_with_a_strange_word_is_refused(workspace):
    with pytest.raises(CommandError, match="Not understood: “xyzzy”"):
        call_command("quote_leads", workspace=workspace, sentence="fintechs, xyzzy", sources="sandbox")


def test_file_without_a_column_that_names_anybody_is_refused(capsys, workspace, tmp_path):
    file = tmp_path / "colours.csv"
    file.write_text("colour,shape\nred,round\n")

    with pytest.raises(
        CommandError, match=r"no column is known that names a person or company. Its columns are colour, sh"
    ):
        generate(capsys, workspace, sources="file", file=str(file))

    assert not SourceFile.objects.exists()
