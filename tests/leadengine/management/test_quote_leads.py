"""`manage.py quote_leads` prices a brief and leaves nothing behind."""

import pytest

from leads.models import SourceFile
from tests.commands import data
from tests.factories import directory, people

pytestmark = pytest.mark.django_db


def test_ways_out_are_told_where_little_matches():
    workspace = people.workspace(credits=50)
    people.owner(workspace)
    directory.people(2)
    asked = '{"titles": {"values": ["VP Sales"], "level": "must"}}'

    told = data("quote_leads", "--workspace", workspace.slug, "--criteria", asked, "--sources", "directory")

    assert told["loosenings"] == [
        {"key": "close_titles", "label": "Close titles", "matches": 2, "titles": ["Head of Sales"]},
        {"key": "titles", "label": "Job title", "matches": 2},
    ]


def test_file_that_is_only_priced_is_not_kept(tmp_path):
    workspace = people.workspace(credits=50)
    people.owner(workspace)
    file = tmp_path / "contacts.csv"
    file.write_text("name,email,company\nAnn Bee,ann@bee.example,Bee\nBo Cee,bo@cee.example,Cee\n")

    told = data("quote_leads", "--workspace", workspace.slug, "--criteria", "{}", "--sources", "file", "--file", file)

    assert sum(told["expected_grades"].values()) == 100
    assert not SourceFile.objects.exists()
