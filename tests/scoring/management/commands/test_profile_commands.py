"""Whatever the pages of profiles do can be done from a script, with JSON out."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from scoring import averaging, profiles
from scoring.models import LeadScore
from scoring.rescoring import rescore
from scoring.rulebook import KEYS
from tests.factories import leads, people, scores
from tests.factories.scoring import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def workspace():
    made = people.workspace()
    people.owner(made)
    profiles.ensure_default(made)
    return made


def called(name: str, *args: str, workspace, as_json: bool = True, **options):
    out = StringIO()
    call_command(name, *args, workspace=workspace.slug, json=as_json, stdout=out, **options)
    return json.loads(out.getvalue()) if as_json else out.getvalue()


def test_a_file_is_published_and_all_leads_are_scored_by_it(workspace, tmp_path):
    lead = leads.lead(workspace)
    rescore([lead], why="First", now=NOW)
    file = tmp_path / "profile.json"
    file.write_text('{"weights": {"potential": 20, "engagement": 7}, "cuts": {"A": 72}}')

    told = called("publish_profile", str(file), workspace=workspace, note="Bold")

    made = profiles.current(workspace)
    assert (told["published"], told["rescored"], told["leads"]) == (2, 1, 1)
    assert (made.potential, made.engagement, made.cut_a, made.note) == (20, 7, 72, "Bold")
    assert LeadScore.objects.get(lead=lead).profile == made


def test_a_version_is_published_again_as_it_is_shown(workspace, tmp_path):
    changed = {"weight": ["potential=20", "engagement=7"], "industry": "retail", "note": "Bold"}
    called("publish_profile", workspace=workspace, **changed)
    file = tmp_path / "shown.json"
    shown = called("profiles", "show", "1", workspace=workspace, industry="retail")
    file.write_text(json.dumps(shown | {"ideal": {"industries": ["retail"]}}))
    called("publish_profile", workspace=workspace, industry="retail", weight=["potential=15", "engagement=12"])

    words = called("publish_profile", str(file), workspace=workspace, as_json=False)

    again = called("profiles", "show", "3", workspace=workspace, industry="retail")
    parts = ("industry", "note", "weights", "cuts", "ideal")
    assert {part: again[part] for part in parts} == {part: shown[part] for part in parts}
    assert "The ideal customer stays as it was." in words


def test_a_dry_run_prints_the_matrix_and_changes_nothing(workspace):
    rescore([leads.lead(workspace)], why="First", now=NOW)

    words = called(
        "publish_profile", workspace=workspace, as_json=False, weight=["potential=100"], balance=True, dry_run=True
    )

    assert "would get another grade" in words
    assert "today" in words
    assert profiles.current(workspace).version == 1


def test_a_dry_run_of_a_draft_for_another_ideal_customer_says_what_then_happens(workspace):
    company = leads.company(workspace, industry="retail")
    rescore([leads.lead(workspace, company=company) for _ in range(3)], why="First", now=NOW)
    draft = scores.draft(workspace, "", version=3, ideal={"industries": ["mining"]})

    told = called("publish_profile", workspace=workspace, draft=3, dry_run=True)

    called("publish_profile", workspace=workspace, draft=3)
    assert profiles.current(workspace) == draft
    assert told["after"] == LeadScore.objects.of(workspace).by_grade() != told["before"]


def test_of_many_leads_it_is_in_force_when_its_averages_are_measured(workspace, monkeypatch):
    monkeypatch.setattr(averaging, "AT_ONCE", 0)
    leads.lead(workspace)
    draft = scores.draft(workspace, "", version=3, ideal={"industries": ["mining"]})

    words = called("publish_profile", workspace=workspace, draft=3, leave_to_workers=True, as_json=False)
    told = called("publish_profile", workspace=workspace, draft=3)

    assert words.startswith("Default profile, version 3 will be in force when the averages of all leads are measured.")
    assert (told["state"], told["rescored"], profiles.current(workspace)) == ("published", 1, draft)


def test_a_starting_profile_goes_by_its_name(workspace):
    told = called("publish_profile", workspace=workspace, profile="software")

    made = profiles.current(workspace, "software-development")
    assert (told["industry"], made.industry, made.potential) == ("software-development", "software-development", 18)


def test_a_draft_is_published_by_its_number(workspace):
    draft = scores.draft(workspace, "retail", version=3)

    called("publish_profile", workspace=workspace, industry="Retail", draft=3)

    assert profiles.current(workspace, "retail") == draft


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"weight": ["potential=20"]}, "5 too many. Add --balance"),
        ({"weight": ["potential=60", "engagement=60"], "balance": True}, "name add up to 120: all ten"),
        ({"weight": ["potential=101"], "balance": True}, "name add up to 101"),
        ({"weight": [f"{key}=9" for key in KEYS], "balance": True}, "all ten weights, and they add up to 90"),
        ({"weight": ["potential=15"]}, "Nothing would change"),
        ({"weight": ["charm=20"]}, "no FACTOR=N"),
        ({"weight": ["potential=" + "9" * 5_000]}, "no FACTOR=N"),
        ({"profile": "alchemy"}, "Known: software"),
        ({"industry": "Retale"}, "Near: Retail"),
        ({"draft": 1}, "is no draft"),
        ({"draft": 9}, "has no version 9"),
    ],
    ids=lambda each: str(each),
)
def test_mistakes_are_named(workspace, options, said):
    with pytest.raises(CommandError, match=said):
        called("publish_profile", workspace=workspace, **options)


def test_named_weights_stay_where_the_rest_is_balanced(workspace):
    told = called("publish_profile", workspace=workspace, weight=["potential=40", "engagement=12"], balance=True)

    weights = told["weights"]
    assert (weights["potential"], weights["engagement"], sum(weights.values())) == (40, 12, 100)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"weights": {"charm": 1}}', "does not know charm"),
        ("[1]", "It should read"),
        ('{"nope": 1}', "There is no “nope” in a profile"),
        ("{}", "Nothing would change"),
        ('{"note": 7}', "“note” is a text"),
        ('{"note": "a\\u0000b"}', "The note has a zero character"),
        ('{"note": "a\\ud800b"}', "The note has a zero character"),
    ],
)
def test_wrong_json_is_named(workspace, text, said):
    with pytest.raises(CommandError, match=said):
        called("publish_profile", text, workspace=workspace)

    assert profiles.current(workspace).version == 1


def test_file_in_another_encoding_is_refused_in_a_sentence(workspace, tmp_path):
    (tmp_path / "rules.json").write_bytes(b'{"note": "caf\xe9"}')

    with pytest.raises(CommandError, match=r"rules.json is not in UTF-8\.$"):
        called("publish_profile", str(tmp_path / "rules.json"), workspace=workspace)


def test_versions_are_listed_shown_compared_and_rolled_back(workspace):
    called("publish_profile", workspace=workspace, weight=["potential=20", "engagement=7"])

    listed = called("profiles", workspace=workspace)["profiles"]
    shown = called("profiles", "show", "2", workspace=workspace)
    compared = called("profiles", "compare", "1", "2", workspace=workspace)
    dry = called("profiles", "roll-back", "1", workspace=workspace, dry_run=True)
    back = called("profiles", "roll-back", "1", workspace=workspace)

    assert [(each["version"], each["state"]) for each in listed] == [(2, "published"), (1, "retired")]
    assert shown["weights"]["potential"] == 20
    assert compared["weights"] == {"Potential": ["15", "20"], "Engagement": ["12", "7"]}
    assert (dry["published"], back["version"], profiles.current(workspace).potential) == (None, 3, 15)
    assert dry.items() <= (back | {"published": None}).items()


def test_an_industrys_profile_is_withdrawn(workspace):
    called("publish_profile", workspace=workspace, profile="retail")

    words = called("profiles", "withdraw", "1", workspace=workspace, industry="retail", as_json=False)

    assert words.startswith("Retail, version 1 is out of force.")
    assert profiles.current(workspace, "retail").industry == ""


def test_starting_profiles_are_listed(workspace):
    assert len(called("profiles", "starting", workspace=workspace)) >= 8


@pytest.mark.parametrize(
    ("args", "said"),
    [(["show"], "Name one version"), (["compare", "1"], "Name two"), (["withdraw", "1"], "cannot be taken out")],
)
def test_what_cannot_be_done_is_said(workspace, args, said):
    with pytest.raises(CommandError, match=said):
        called("profiles", *args, workspace=workspace)


def test_rescore_says_how_far_it_is(workspace):
    leads.lead(workspace)
    errors = StringIO()

    called("rescore", workspace=workspace, progress=True, stderr=errors)

    assert errors.getvalue() == "1 of 1\n"
