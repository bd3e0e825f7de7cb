"""Two loads of the directory at once: the second is told, it neither waits nor mixes its counts with the first's."""

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from leads.directory import loading
from leads.directory.loading import DirectoryBusy, ensure_dataset, load
from leads.models import Dataset


@pytest.mark.django_db(transaction=True)
@pytest.mark.db
def test_a_second_load_is_refused_while_one_is_at_work(app_connection):
    app_connection.execute("BEGIN")
    app_connection.execute("SELECT pg_advisory_xact_lock(%s)", [loading.LOAD_LOCK])
    dataset = ensure_dataset("trade", title="", observed_at=timezone.now(), is_sample=False, now=timezone.now())

    with pytest.raises(DirectoryBusy, match="Another load"):
        load(dataset, [])


@pytest.mark.django_db(transaction=True)
def test_the_command_says_that_another_load_is_at_work(app_connection, tmp_path):
    app_connection.execute("BEGIN")
    app_connection.execute("SELECT pg_advisory_xact_lock(%s)", [loading.LOAD_LOCK])
    (tmp_path / "firms.csv").write_text("name,website\nBright Works,bright.example\n")

    with pytest.raises(CommandError, match="Another load of the directory is at work"):
        call_command("load_directory", tmp_path / "firms.csv", dataset="trade", map="yc")

    assert not Dataset.objects.exists()
