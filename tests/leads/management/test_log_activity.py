"""`log_activity`: one by one, and from a file."""

import json

import pytest

from leads.models import Activity
from tests.commands import data, refused, words
from tests.factories import leads, people

pytestmark = pytest.mark.django_db
AT = "2026-05-03T14:30+02:00"


@pytest.fixture
def lead():
    workspace = people.workspace()
    people.owner(workspace)
    return leads.lead(workspace)


def of(lead) -> tuple[str, str]:
    return "--workspace", lead.workspace.slug


def test_one_call_is_logged(lead) -> None:
    said = ("--kind", "call", "--outcome", "voicemail", "--at", AT, "--text", "Left a message")

    told = data("log_activity", *of(lead), "--lead", lead.email, *said)

    made = Activity.objects.get(lead=lead)
    assert told == {"logged": 1, "known": 0, "leads": 1, "refused": 0, "reasons": []}
    assert (made.kind, made.outcome_label, made.occurred_at.isoformat()) == (
        "call",
        "Left a message",
        "2026-05-03T12:30:00+00:00",
    )


def test_outcome_that_is_not_given_is_none(lead, tmp_path) -> None:
    file = tmp_path / "calls.csv"
    file.write_text(f"lead,kind,outcome\n{lead.email},call,not_given\n")

    data("log_activity", str(file), *of(lead))
    data("log_activity", *of(lead), "--lead", lead.email, "--kind", "call", "--outcome", "not_given")

    assert [made.detail for made in Activity.objects.filter(lead=lead)] == [{}, {}]


def test_file_is_logged_and_bad_lines_are_named(lead, tmp_path) -> None:
    file = tmp_path / "calls.csv"
    file.write_text(f"lead,kind,at\n{lead.email},meeting,{AT}\nnobody@a.example,call,{AT}\n{lead.email},dance,\n")

    told = data("log_activity", str(file), *of(lead))

    assert (told["logged"], told["refused"], [each["line"] for each in told["reasons"]]) == (1, 2, [3, 4])
    assert "Line 4: kind" in words("log_activity", str(file), *of(lead))


def test_json_lines_with_numbers_are_logged_once(lead, tmp_path) -> None:
    file = tmp_path / "calls.jsonl"
    file.write_text(json.dumps({"lead": lead.email, "kind": "email_replied", "external_id": "m-1"}))

    first, second = (data("log_activity", str(file), *of(lead)) for _ in range(2))

    assert (first["logged"], second["logged"], second["known"]) == (1, 0, 1)


def test_line_that_is_not_utf8_is_refused_alone(lead, tmp_path) -> None:
    good = f"{lead.email},note,Talked\n".encode()
    file = tmp_path / "calls.csv"
    file.write_bytes(b"lead,kind,text\n" + 3 * good + f"{lead.email},note,caf".encode() + b"\xe9\n" + good)

    told = data("log_activity", str(file), *of(lead))

    assert (told["logged"], told["refused"], told["reasons"][0]["line"]) == (4, 1, 5)


@pytest.mark.parametrize("text", ['"open', "a" * 140_000, '"he said "hi"'], ids=["open quote", "long", "bad quote"])
def test_line_that_is_no_csv_is_refused_alone(lead, tmp_path, text) -> None:
    good = f"{lead.email},note,Talked\n"
    file = tmp_path / "calls.csv"
    file.write_text(f"lead,kind,text\n{3 * good}{lead.email},note,{text}\n{good}")

    told = data("log_activity", str(file), *of(lead))

    assert (told["logged"], told["refused"], told["reasons"][0]["line"]) == (4, 1, 5)
    assert "line 5 " in told["reasons"][0]["reason"].lower()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((), "Name either a file"),
        (("--lead", "nobody@a.example", "--kind", "call"), "has no lead"),
        (("--lead", "x", "--kind", "call", "--at", "yesterday"), "“yesterday” is no time"),
        (("--lead", "x", "--kind", "note"), "Write the note"),
        (("--lead", "x", "--kind", "call", "--outcome", "great"), "“great” is none of"),
        (("missing.csv",), "Cannot read missing.csv"),
        (("calls.csv", "--lead", "x"), "A file says of each line what --lead would say: leave it out."),
        (("calls.csv", "--kind", "call", "--text", "Hi"), "what --kind, --text would say: leave them out."),
    ],
    ids=["nothing", "nobody", "no time", "empty note", "no outcome", "no file", "a lead too", "more than a file"],
)
def test_what_cannot_be_logged_is_refused(lead, arguments, sentence) -> None:
    assert sentence in refused("log_activity", *of(lead), *arguments)
