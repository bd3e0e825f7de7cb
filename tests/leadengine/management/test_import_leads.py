"""`manage.py import_leads` checks, imports and takes back as the pages do."""

import json

import pytest
from django.core.management import CommandError, call_command

from leads.models import Import, Lead, SourceFile
from tests.factories import imports, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def workspace():
    return people.owner(people.workspace(credits=50)).memberships.get().workspace


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "contacts.csv"
    path.write_text("Wer,Mail,Firm\nAna Novak,ana@harbour.example,Harbour\nBo Lind,bo@@fjell,Fjell\n")
    return str(path)


def told(capsys, workspace, *args: str, **options):
    call_command("import_leads", *args, workspace=workspace.slug, json=True, **options)
    return json.loads(capsys.readouterr().out)


def test_dry_run_tells_what_would_become_of_the_rows_and_keeps_nothing(capsys, workspace, file):
    found = told(capsys, workspace, file, map=["full_name=Wer"], source_note="A fair", dry_run=True)

    assert found["counts"] == {"new": 1, "error": 1}
    assert found["errors"] == [{"line": 3, "row": "", "cells": {"email": "is not a valid e-mail address"}}]
    assert not any(model.objects.of(workspace).exists() for model in (Lead, Import, SourceFile))


def test_country_that_is_not_understood_is_told_and_can_be_said(capsys, workspace, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("Ana Novak,ana@harbour.example,Sweeden\nBo Lind,bo@fjell.example,Norway\n")
    given = {"map": ["country=Column 3"], "source_note": "A fair", "dry_run": True}

    strange, meant = (told(capsys, workspace, str(path), **given, country=each) for each in ([], ["Sweeden=Sweden"]))

    assert strange["strange_countries"] == {"Sweeden": {"rows": 1, "likely": "Sweden"}}
    assert (meant["strange_countries"], meant["counts"]) == ({}, {"new": 2})


def test_what_becomes_of_the_rows_is_told_and_done_after_the_renaming(capsys, workspace, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("Full name,Phone,Country\nAna Novak,030 901820,Germny\n")
    imports.imported(workspace, ["Ana Novak,+49 30 901820,Germany"], header="Full name,Phone,Country")
    given = {"source_note": "A fair", "country": ["Germny=Germany"]}

    dry, done = (told(capsys, workspace, str(path), **given, dry_run=dry) for dry in (True, False))

    assert (dry["counts"], done["counts"], done["step"]) == ({"update": 1}, {"update": 1}, "done")


def test_file_is_imported_and_taken_back(capsys, workspace, file):
    done = told(capsys, workspace, file, map=["full_name=Wer"], source_note="A fair")
    made = Lead.objects.of(workspace).get()

    back = told(capsys, workspace, undo=done["import"])

    assert (made.full_name, done["step"], back["step"]) == ("Ana Novak", "done", "undone")
    assert not Lead.objects.of(workspace).exists()


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({}, "where its data is from"),
        ({"source_note": "A fair", "map": ["nonsense=Wer"]}, "no field “nonsense”"),
        ({"source_note": "A fair", "map": ["title=Nowhere"]}, "no column “Nowhere”"),
        ({"source_note": "A fair", "delimiter": ";;"}, "one sign"),
        ({"source_note": "A fair", "country": ["=Sweden"]}, "write TEXT=COUNTRY"),
        ({"source_note": "A fair", "country": ["Sweeden"]}, "write TEXT=COUNTRY"),
        ({"source_note": "A fair", "country": ["Germany=France"]}, "“Germany” is understood as it stands"),
        ({"source_note": "A fair", "country": ["Mordor=Sweden", "Mordor=Norway"]}, "cannot mean two countries"),
        ({"source_note": "A fair", "country": ["Atlantis=Sweden"]}, "read as a country has “Atlantis”"),
    ],
    ids=[
        "no note",
        "no field",
        "no column",
        "two signs",
        "empty country",
        "no country",
        "understood",
        "two countries",
        "not there",
    ],
)
def test_what_cannot_be_is_refused_in_words(workspace, file, options, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command("import_leads", file, workspace=workspace.slug, **options)

    assert not Import.objects.exists()
