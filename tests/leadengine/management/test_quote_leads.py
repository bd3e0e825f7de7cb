"""`manage.py quote_leads` prices a brief and leaves nothing behind."""

import pytest

from leads.models import SourceFile
from tests.commands import data
from tests.factories import people

pytestmark = pytest.mark.django_db


def test_file_that_is_only_priced_is_not_kept(tmp_path):
    workspace = people.workspace(credits=50)
    people.owner(workspace)
    file = tmp_path / "contacts.csv"
    file.write_text("name,email,company\nAnn Bee,ann@bee.example,Bee\nBo Cee,bo@cee.example,Cee\n")

    told = data("quote_leads", "--workspace", workspace.slug, "--criteria", "{}", "--sources", "file", "--file", file)

    assert sum(told["expected_grades"].values()) == 100
    assert not SourceFile.objects.exists()
