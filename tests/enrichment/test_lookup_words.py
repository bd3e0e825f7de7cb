"""What a lookup came to in words: whatever was found, suggested, refused or left out."""

from __future__ import annotations

from typing import Any

import pytest

from enrichment.lookup_words import headline, in_a_sentence, line_facts, outside_said, suggestions
from enrichment.models import Lookup

ADA = "ada@harbour.example"
HUNTER = {"provider": "hunter", "title": "Hunter", "email": ADA, "sources": [{"uri": "http://harbour.example/team"}]}
TWILIO = {"provider": "twilio", "title": "Twilio Lookup"}
LIKELIEST = "None could be confirmed; the likeliest are below."
NO_LINE = {"valid": True, "has_line": False}


def found(email: str = "", chances: tuple[tuple[str, float], ...] = (), /, **outside: Any) -> Lookup:
    told = {"email": email or None, "confidence": 0.97, "reason": "mailbox_accepted", "evidence": {"outside": outside}}
    return Lookup(kind="email", result=told | {"alternatives": [{"email": e, "confidence": c} for e, c in chances]})


@pytest.mark.parametrize(
    ("lookup", "head", "emails", "said"),
    [
        (found(ADA), "Found and confirmed.", [(ADA, 97, "")], ""),
        (found(), "No e-mail address was found.", [], ""),
        (found("", ((ADA, 0.4), ("a@harbour.example", 0.1))), LIKELIEST, [(ADA, 40, "")], ""),
        (found("", ((ADA, 0.8),), **HUNTER), LIKELIEST, [(ADA, 80, "hunter")], ""),
        (found(**HUNTER | {"email": None}), "No e-mail address was found.", [], "has no address of this person"),
        (found(**HUNTER | {"refused_by_server": True}), "No e-mail address was found.", [], "mail server refused"),
        (found(title="Hunter", left_out="Hunter needs a key."), "No e-mail address was found.", [], "needs a key"),
    ],
    ids=["found", "nothing", "a guess, and one too bold", "told by Hunter", "Hunter has none", "refused", "left out"],
)
def test_finding_in_words(lookup, head, emails, said):
    assert headline(lookup) == head
    assert [(each.email, each.percent, each.source) for each in suggestions(lookup)] == emails
    assert said in outside_said(lookup)
    assert bool(said) == bool(outside_said(lookup))


def test_page_on_which_it_was_seen_goes_with_the_suggestion():
    assert suggestions(found("", ((ADA, 0.8),), **HUNTER))[0].url == "http://harbour.example/team"


@pytest.mark.parametrize(
    ("told", "words", "facts"),
    [
        ({"valid": True, "has_line": True, "type": "voip", "carrier": "", "network": ""}, "voip, carrier not told", 3),
        (NO_LINE, "nothing is known of its line", 0),
        (NO_LINE | {"valid": False}, "the number is not valid", 0),
        ({"left_out": "No key."}, "could not be looked up: No key.", 0),
    ],
    ids=["a line", "no line", "no number", "left out"],
)
def test_line_in_words(told, words, facts):
    lookup = Lookup(kind="line", result=TWILIO | told)

    assert words in in_a_sentence(lookup)
    assert len(line_facts(lookup)) == facts
