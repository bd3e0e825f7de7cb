"""Keys: the workspace's own before the server's, sealed, and no key of anybody else's."""

from __future__ import annotations

import pytest

from leadengine.outcomes import Outcome
from leadengine.sealing import CannotOpen, reseal
from leads.models import ProviderKey, Standing
from leads.providers import keys
from leads.providers.gate import DatabaseGate
from tests.factories import people, providers

pytestmark = pytest.mark.django_db


@pytest.fixture
def workspace():
    return people.workspace()


def test_own_key_comes_before_the_servers(workspace):
    providers.key(None, text="key-of-the-server")
    providers.key(workspace, text="key-of-our-own")

    assert keys.key_of(workspace.pk, "hunter") == "key-of-our-own"
    assert keys.key_of(people.workspace().pk, "hunter") == "key-of-the-server"


def test_key_of_another_workspace_is_not_used(workspace):
    providers.key(people.workspace())

    assert keys.key_of(workspace.pk, "hunter") == ""
    assert keys.health_of(workspace.pk, ["hunter"])["hunter"].key is None


def test_stored_key_is_sealed_and_due_for_a_test(workspace):
    row = keys.store(workspace, "hunter", "  k3y-0815-tail\n", by=None)

    assert row.is_testing
    assert row.ending == "tail"
    assert "k3y" not in str(vars(ProviderKey.objects.get()))
    assert keys.key_of(workspace.pk, "hunter") == "k3y-0815-tail"


def test_new_key_takes_the_place_of_the_old_one(workspace):
    providers.key(workspace, standing=Standing.KEY_REFUSED, said="Refused.")

    row = keys.store(workspace, "hunter", "another-key-1234", by=None)

    assert ProviderKey.objects.count() == 1
    assert (row.standing, row.said, row.ending) == (Standing.UNTRIED, "", "1234")


@pytest.mark.parametrize("text", ["", "short", "x" * 501, "with a blank in it", "schlüssel-0815", "tab\tkey-0815"])
def test_what_cannot_be_a_key_is_refused(workspace, text):
    with pytest.raises(keys.UnusableKey):
        keys.store(workspace, "hunter", text, by=None)


def test_rotation_seals_anew_and_counts_what_is_lost(workspace, settings):
    settings.FIELD_KEYS = ["old"]
    providers.key(workspace, text="k3y-0815-kept")
    settings.FIELD_KEYS = ["unknown"]
    providers.key(None, text="k3y-0815-lost")
    settings.FIELD_KEYS = ["new", "old"]

    assert keys.rotate() == (1, 1)
    settings.FIELD_KEYS = ["new"]
    assert keys.key_of(workspace.pk, "hunter") == "k3y-0815-kept"


@pytest.mark.parametrize("entered", [False, True], ids=["as it was read", "a new one meanwhile"])
def test_rotation_keeps_the_newest_key(workspace, monkeypatch, entered):
    providers.key(workspace, text="old-key-0001")

    def slow(sealed: str) -> str:
        if entered:
            keys.store(workspace, "hunter", "new-key-9999", by=None)
        return reseal(sealed)

    monkeypatch.setattr(keys, "reseal", slow)

    assert keys.rotate() == (1, 0)
    assert keys.key_of(workspace.pk, "hunter") == ("new-key-9999" if entered else "old-key-0001")


def test_key_is_found_by_its_health_after_another_secret_key(workspace, settings):
    providers.key(workspace, text="k3y-0815-of-ours")
    DatabaseGate("hunter", "k3y-0815-of-ours").leave(Outcome.KEY_REFUSED, said="No.", seconds=0.1, wait=0.0)
    settings.SECRET_KEY = "another-secret-of-the-server"
    DatabaseGate("hunter", "k3y-0815-of-ours").leave(Outcome.OK, said="", seconds=0.1, wait=0.0)

    keys.key_of(workspace.pk, "hunter")

    assert keys.health_of(workspace.pk, ["hunter"])["hunter"].standing == Standing.WORKING


def test_key_is_not_opened_without_field_keys(workspace, settings):
    providers.key(workspace)
    settings.FIELD_KEYS = []

    with pytest.raises(CannotOpen, match="must set FIELD_KEYS"):
        keys.key_of(workspace.pk, "hunter")
    assert keys.rotate() == (0, 1)


def test_health_is_that_of_the_key_in_use(workspace):
    providers.key(workspace, text="k3y-0815-of-ours")
    DatabaseGate("hunter", "k3y-0815-of-ours").leave(Outcome.OUT_OF_CREDITS, said="Empty.", seconds=0.1, wait=0.0)
    DatabaseGate("hunter", "k3y-of-others").leave(Outcome.KEY_REFUSED, said="No.", seconds=0.1, wait=0.0)

    health = keys.health_of(workspace.pk, ["hunter", "gleif"])

    assert (health["hunter"].standing, health["hunter"].said) == (Standing.OUT_OF_CREDITS, "Empty.")
    assert health["gleif"].standing == Standing.UNTRIED


def test_health_takes_two_queries(workspace, django_assert_num_queries):
    providers.key(workspace)
    providers.key(workspace, provider="github")

    with django_assert_num_queries(2):
        keys.health_of(workspace.pk, ["hunter", "github", "gleif", "companies_house"])
