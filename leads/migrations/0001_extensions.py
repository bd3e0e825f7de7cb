"""Trigram search and accent-free text need two extensions of PostgreSQL's own contrib."""

from django.contrib.postgres.operations import BtreeGinExtension, TrigramExtension, UnaccentExtension
from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    dependencies: list = []
    operations = [TrigramExtension(), UnaccentExtension(), BtreeGinExtension()]
