"""Secrets at rest: sealed, opened, resealed, and never shown by mistake."""

from __future__ import annotations

import pytest

from leadengine.sealing import CannotOpen, NoSealingKey, reseal, seal, unseal


def test_what_was_sealed_opens(settings):
    settings.FIELD_KEYS = ["a long text"]

    sealed = seal("k3y")

    assert "k3y" not in sealed
    assert unseal(sealed) == "k3y"
    assert seal("k3y") != sealed


def test_old_key_opens_until_everything_is_resealed(settings):
    settings.FIELD_KEYS = ["old"]
    sealed = seal("k3y")
    settings.FIELD_KEYS = ["new", "old"]

    again = reseal(sealed)

    assert unseal(sealed) == "k3y"
    settings.FIELD_KEYS = ["new"]
    assert unseal(again) == "k3y"
    with pytest.raises(CannotOpen):
        unseal(sealed)


@pytest.mark.parametrize("spoil", [lambda text: text[:-4] + "AAA=", lambda _text: "k3y", lambda _text: ""])
def test_what_was_tampered_with_is_an_error_and_no_text(settings, spoil):
    settings.FIELD_KEYS = ["a long text"]

    with pytest.raises(CannotOpen):
        unseal(spoil(seal("k3y")))


def test_server_without_a_key_keeps_no_secret(settings):
    settings.FIELD_KEYS = []

    with pytest.raises(NoSealingKey, match="FIELD_KEYS"):
        seal("k3y")
