"""No key in a log or a message, however it is written."""

from __future__ import annotations

import base64

import pytest

from leadengine.redaction import redact

KEY = "s3cr3t/K3y+of=Ada"


@pytest.mark.parametrize(
    "text",
    [
        f"X-API-KEY: {KEY}",
        "GET /v2/account?api_key=s3cr3t%2FK3y%2Bof%3DAda&limit=1",
        f"Authorization: Basic {base64.b64encode(f'{KEY}:'.encode()).decode()}",
        f"Basic {base64.b64encode(KEY.encode()).decode()}",
        f"{KEY}{KEY}",
    ],
    ids=["as it is", "quoted", "basic with colon", "basic", "twice"],
)
def test_known_secret_is_taken_out(text):
    shown = redact(text, [KEY])

    assert "[key]" in shown
    assert "s3cr3t" not in shown
    assert base64.b64encode(KEY.encode()).decode()[:10] not in shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("?api_key=abc123&q=x", "?api_key=[key]&q=x"),
        ("?token=abc", "?token=[key]"),
        ("Bearer abcdefgh12345", "Bearer [key]"),
        ("https://user:pass@host.example/", "https://[key]@host.example/"),
        ("the keyboard=nice key", "the keyboard=nice key"),
    ],
)
def test_telltale_names_are_enough(text, shown):
    assert redact(text) == shown


def test_short_secret_blanks_out_no_words():
    assert redact("a cat sat", ["a"]) == "a cat sat"
