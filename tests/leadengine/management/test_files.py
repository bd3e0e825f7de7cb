"""`manage.py files` lists a workspace's files and deletes one that no run reads."""

import json

import pytest
from django.core.management import CommandError, call_command

from leads.models import SourceFile
from tests.factories import people, runs

pytestmark = pytest.mark.django_db


@pytest.fixture
def file() -> SourceFile:
    return runs.source_file(people.workspace(), rows=[["Ana Novak", "ana@harbour.example", "Harbour"]])


def files(capsys, of: SourceFile, **options):
    call_command("files", workspace=of.workspace.slug, json=True, **options)
    return json.loads(capsys.readouterr().out)["files"]


def test_list_tells_the_files_of_the_workspace(capsys, file):
    runs.source_file(people.workspace())

    assert files(capsys, file) == [{"id": str(file.pk), "name": "contacts.csv", "rows": 1}]


def test_file_is_deleted(capsys, file):
    assert files(capsys, file, delete=str(file.pk)) == []


def test_file_that_a_run_reads_stays(capsys, file):
    runs.run(file.workspace, source_file=file)

    with pytest.raises(CommandError, match="is read by run"):
        files(capsys, file, delete=str(file.pk))

    assert SourceFile.objects.exists()


def test_file_of_another_workspace_is_not_found(capsys, file):
    other = runs.source_file(people.workspace())

    with pytest.raises(CommandError, match="no such file"):
        files(capsys, file, delete=str(other.pk))
