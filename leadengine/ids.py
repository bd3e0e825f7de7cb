"""Identifiers that we mint: time-ordered for new rows, deterministic where a repeat must find the same row."""

import json
import secrets
import threading
from uuid import UUID, uuid5

NAMESPACE = UUID("5f0e6d3a-6c0b-5c44-9a59-3c1d3f0c8b5e")
RANDOM_BITS = 74

_lock = threading.Lock()
_last = (0, 0)


def uuid7(now_ms: int) -> UUID:
    """A UUID version 7 (RFC 9562, method 2): milliseconds since 1970, then 74 random bits.

    Within one process, identifiers of one millisecond rise, so rows inserted together stay together in the index.
    """
    if not 0 <= now_ms < 1 << 48:
        raise ValueError(f"now_ms must fit 48 bits, got {now_ms}")
    tail = _next_tail(now_ms)
    value = now_ms << 80 | 0x7 << 76 | (tail >> 62) << 64 | 0b10 << 62 | tail & ((1 << 62) - 1)
    return UUID(int=value)


def is_uuid(text: str) -> bool:
    """Whether it is a UUID as one is written: 36 characters, in lower case, with hyphens."""
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def deterministic(namespace: str, *parts: object) -> UUID:
    """The same UUID (version 5) for the same namespace and parts, whatever characters the parts hold."""
    return uuid5(NAMESPACE, json.dumps([namespace, *map(str, parts)], ensure_ascii=True))


def _next_tail(now_ms: int) -> int:
    """74 bits: random at the start of a millisecond (top bit free, so that there is room to rise), rising within it."""
    global _last
    with _lock:
        previous_ms, previous_tail = _last
        rising = previous_ms == now_ms
        tail = previous_tail + 1 + secrets.randbits(32) if rising else secrets.randbits(RANDOM_BITS - 1)
        _last = (now_ms, tail)
    return tail
