"""Trigram search and accent-free text need two extensions of PostgreSQL's own contrib."""

from typing import Any

from django.contrib.postgres.operations import BtreeGinExtension, TrigramExtension, UnaccentExtension
from django.db import migrations


class _Staying:
    """Way back: the extensions stay. Whoever made them owns them, which the owner of the tables need not be."""

    def database_backwards(self, *_args: Any) -> None:
        pass


class StayingTrigram(_Staying, TrigramExtension):
    pass


class StayingUnaccent(_Staying, UnaccentExtension):
    pass


class StayingBtreeGin(_Staying, BtreeGinExtension):
    pass


class Migration(migrations.Migration):
    initial = True
    dependencies: list = []
    operations = [StayingTrigram(), StayingUnaccent(), StayingBtreeGin()]
