"""A new installation's short way to the tables ends where the long way ends, and every database there is can go on."""

import pytest
from django.conf import settings
from django.db import connection
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState

FILES = sorted(settings.BASE_DIR.glob("*/migrations/0*.py"))
STEPS = [(each.parts[-3], each.stem) for each in FILES if "_squashed_" not in each.stem]


@pytest.fixture(scope="module")
def long() -> MigrationLoader:
    """Without any shortcut."""
    return MigrationLoader(None, replace_migrations=False)


@pytest.fixture(scope="module")
def ends(long: MigrationLoader) -> list[ProjectState]:
    """What the short way and the long way make of no tables."""
    short = MigrationLoader(None)
    leaves = [leaf for leaf in long.graph.leaf_nodes() if leaf not in long.replacements]
    return [short.project_state(short.graph.leaf_nodes()), long.project_state(leaves)]


def test_every_app_has_a_short_way(long: MigrationLoader) -> None:
    assert {app for app, _name in long.replacements} == {app for app, _name in STEPS}


def test_short_way_ends_where_the_long_one_ends(long: MigrationLoader, ends: list[ProjectState]) -> None:
    assert MigrationAutodetector(*ends).changes(graph=long.graph) == {}


def test_columns_stand_in_the_same_order_whichever_way_was_taken(ends: list[ProjectState]) -> None:
    short, other = ({key: list(model.fields) for key, model in end.models.items()} for end in ends)

    assert short == other


@pytest.mark.parametrize("step", STEPS, ids=".".join)
def test_database_of_before_a_migration_goes_on(monkeypatch, long: MigrationLoader, step: tuple[str, str]) -> None:
    later = {*long.graph.backwards_plan(step), *long.replacements}
    applied = {key: node for key, node in long.graph.nodes.items() if key not in later}
    monkeypatch.setattr(MigrationRecorder, "applied_migrations", lambda _recorder: dict(applied))

    loader = MigrationLoader(connection)

    loader.check_consistent_history(connection)
    ahead = {key for leaf in loader.graph.leaf_nodes() for key in loader.graph.forwards_plan(leaf)}
    shortcuts = {key for key, each in long.replacements.items() if step in each.replaces}
    assert len({step, *shortcuts} & ahead) == 1
