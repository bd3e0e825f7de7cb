"""`score_facts`: facts in, receipts out, without a stored lead."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from scoring.ideal import IdealCustomer
from scoring.starting import find, starting_profiles
from scoring.versions import save_ideal
from tests.commands import refused
from tests.factories import people
from tests.factories.scoring import NOW

FIELDS = {
    "id", "now", "total", "grade", "low", "high", "confidence", "profile", "fresh_total", "fresh_grade", "fresh_profile",
    "factors_known", "facts_known", "facts_asked", "facts_missing", "scored_at", "lines", "risks", "opportunities", "actions",
    "path", "change",
}  # fmt: skip
ENTRY = {"id": "a", "industry": "retail", "email": {"status": "unchecked"}, "title": "VP Sales"}


def scored(tmp_path, content: str, *arguments: str) -> str:
    file = tmp_path / "facts.json"
    file.write_text(content, encoding="utf-8")
    out = StringIO()
    call_command("score_facts", str(file), "--now", "2026-11-22T12:00:00+00:00", *arguments, stdout=out)
    return out.getvalue()


def test_list_gives_one_object_with_a_receipt_each(tmp_path) -> None:
    told = json.loads(scored(tmp_path, json.dumps([ENTRY, {"id": 2}]), "--json"))

    first, second = told["receipts"]
    assert (told["count"], told["profile"], first["id"], second["id"]) == (2, "default", "a", "2")
    assert set(first) == FIELDS
    assert sum(line["points"] for line in first["lines"]) == first["total"]
    assert (second["total"], second["low"], second["high"], second["confidence"]) == (40, 0, 100, 0)


def test_lines_give_a_line_each(tmp_path) -> None:
    lines = scored(tmp_path, f"{json.dumps(ENTRY)}\n{json.dumps(ENTRY)}\n", "--json").splitlines()

    assert [json.loads(line)["id"] for line in lines] == ["a", "a"]
    assert lines[0] == lines[1]


def test_actions_bear_the_first_prices_and_the_path_adds_up(tmp_path) -> None:
    [told] = json.loads(scored(tmp_path, json.dumps([ENTRY]), "--json"))["receipts"]

    prices = {action["key"]: action["price"] for action in told["actions"]}
    assert prices["verify_email"] == 0.5
    assert told["path"]["price"] == sum(prices[key] for key in told["path"]["actions"])


@pytest.mark.parametrize("name", [each.name for each in starting_profiles()])
def test_starting_profile_is_scored_by_its_weights(tmp_path, name) -> None:
    told = json.loads(scored(tmp_path, json.dumps([ENTRY]), "--profile", name, "--json"))

    assert tuple(line["most"] for line in told["receipts"][0]["lines"]) == find(name).weighting.weights


def test_profile_is_an_industry_that_is_then_looked_for(tmp_path) -> None:
    told = json.loads(scored(tmp_path, json.dumps([ENTRY]), "--profile", "Retail", "--json"))

    line = {line["key"]: line for line in told["receipts"][0]["lines"]}["industry_match"]
    assert (told["profile"], line["value"]) == ("retail", 1.0)


def test_profile_is_a_file_of_rules(tmp_path) -> None:
    rules = tmp_path / "rules.json"
    rules.write_text(json.dumps({"name": "pumps", "weights": {"potential": 10, "email_validity": 9}}))

    [told] = json.loads(scored(tmp_path, json.dumps([ENTRY]), "--profile", str(rules), "--json"))["receipts"]

    assert (told["profile"], told["lines"][0]["most"], told["lines"][-1]["most"]) == ("pumps", 10, 9)


@pytest.mark.django_db
def test_profile_of_a_workspace_counts_with_its_ideal_customer(tmp_path) -> None:
    workspace = people.workspace()
    save_ideal(workspace, IdealCustomer(industries=("retail",)), by=None, now=NOW)

    told = json.loads(scored(tmp_path, json.dumps([ENTRY]), "--workspace", workspace.slug, "--json"))

    line = {line["key"]: line for line in told["receipts"][0]["lines"]}["industry_match"]
    assert (told["profile"], line["value"]) == ("default v2", 1.0)


def test_words_for_people(tmp_path) -> None:
    told = scored(tmp_path, json.dumps([ENTRY]))

    assert told.startswith("a: ")
    assert "Next: Verify the e-mail" in told


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ('[{}, {"employees": "many"}]', "entry 2, employees: it must be a number, not “many”."),
        ('{"id": 1}\n{"colour": 1}', "line 2, colour: there is no such field"),
        ("[1]", "entry 1: it must be an object"),
        ("nonsense", "It is not JSON"),
    ],
    ids=["value", "field", "no object", "no JSON"],
)
def test_bad_facts_are_refused_by_entry_and_field(tmp_path, content, sentence) -> None:
    file = tmp_path / "facts.json"
    file.write_text(content)

    assert sentence in refused("score_facts", file, "--json")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--profile", "retial"), "“retial” is no profile: give default, an industry, or a JSON file."),
        (("--profile", '{"weights": {"potential": 16}}'), "Profile: weights: the ten weights add up to 101"),
        (("--profile", "missing.json"), "Cannot read missing.json"),
        (("--now", "soon"), "--now: “soon” is no day or time"),
    ],
    ids=["profile", "weights", "no file", "now"],
)
def test_bad_options_are_refused(tmp_path, arguments, sentence) -> None:
    file = tmp_path / "facts.json"
    file.write_text("[]")

    assert sentence in refused("score_facts", file, *arguments)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        pytest.param("rules.json", "not in UTF-8", id="a file in another encoding"),
        pytest.param("x" * 300, "is no profile", id="longer than any file's name"),
    ],
)
def test_profile_that_cannot_be_read_is_refused_in_a_sentence(tmp_path, name, said) -> None:
    (tmp_path / "rules.json").write_bytes(b'{"name": "caf\xe9"}')
    profile = str(tmp_path / name) if name.endswith(".json") else name

    with pytest.raises(CommandError, match=said):
        scored(tmp_path, json.dumps(ENTRY), "--profile", profile)
