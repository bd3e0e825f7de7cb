"""Seals secrets before they are stored, and opens them again; the newest key seals, every key that is listed opens."""

from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class CannotOpen(Exception):
    """The secret was sealed with a key that is not listed any more, or was tampered with."""

    def __init__(
        self, words: str = "This key cannot be read any more, because FIELD_KEYS changed: enter it again."
    ) -> None:
        super().__init__(words)


class NoSealingKey(CannotOpen):
    """This server has no key to seal with, so it keeps no secret, and opens none."""

    def __init__(self) -> None:
        super().__init__("This server cannot keep or read keys: its operator must set FIELD_KEYS.")


def seal(secret: str) -> str:
    """The secret as it may be stored. Raises NoSealingKey."""
    return _ring().encrypt(secret.encode()).decode()


def unseal(sealed: str) -> str:
    """The secret that was sealed. Raises CannotOpen, never answers with the sealed text."""
    try:
        return _ring().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise CannotOpen from error


def reseal(sealed: str) -> str:
    """The same secret under the newest key, so that an older one can be taken off the list."""
    try:
        return _ring().rotate(sealed.encode()).decode()
    except InvalidToken as error:
        raise CannotOpen from error


def _ring() -> MultiFernet:
    """`FIELD_KEYS`, newest first; each is any text of enough entropy, from which the key is derived."""
    if not settings.FIELD_KEYS:
        raise NoSealingKey
    return MultiFernet([Fernet(_derived(text)) for text in settings.FIELD_KEYS])


def _derived(text: str) -> bytes:
    return base64.urlsafe_b64encode(hashlib.blake2b(text.encode(), digest_size=32, person=b"field key").digest())
