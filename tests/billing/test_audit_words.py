"""Every act that is recorded has a sentence, and what changed is told with its unit."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from billing.audit_words import VERBS, change_words, verb_words

ROOT = Path(__file__).parents[2]
WRITERS = {"record", "_audit", "_save", "set_rule"}
VERB = re.compile(r"[a-z]+\.[a-z_]+")


def verbs_of(path: Path) -> Iterator[str]:
    """What a module hands to whoever writes the audit, directly or as `verb`."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        named = node.func if isinstance(node, ast.Call) else None
        is_writing = getattr(named, "attr", getattr(named, "id", "")) in WRITERS
        is_verb = isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "verb"
        if is_writing or is_verb:
            texts = (each.value for each in ast.walk(node) if isinstance(each, ast.Constant))
            yield from (text for text in texts if isinstance(text, str) and VERB.fullmatch(text))


def written() -> set[str]:
    packages = ("billing", "leads", "scoring", "enrichment", "leadengine")
    return {verb for name in packages for path in (ROOT / name).rglob("*.py") for verb in verbs_of(path)}


def test_every_act_that_the_code_records_has_a_sentence_and_no_sentence_is_left_over():
    assert written() == set(VERBS)


@pytest.mark.parametrize(
    ("verb", "words"), [("run.started", "Started a run"), ("lead.moved_on", "Lead: moved on"), ("odd", "Odd: ")]
)
def test_an_unknown_verb_is_readable(verb, words):
    assert verb_words(verb) == words


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("at_most", "80.00", "at most 80 credits"),
        ("amount", "1.00", "1 credit"),
        ("amount", "1250.50", "1,250.5 credits"),
        ("amount", "many", "many"),
        ("leads", 12, "12 leads"),
        ("edit", "Stage: Working", "Stage: Working"),
        ("days", 365, "kept for more than 365 days"),
        ("act", "alert", "it only tells"),
        ("hour", 7, "at 7:00"),
        ("note", "asked by letter", "“asked by letter”"),
        ("note", "", ""),
        ("own_only", True, "own only"),
        ("account", "urn:li:sponsoredAccount:512", "ad account 512"),
        ("account", "", ""),
        ("scopes", "r_ads r_marketing_leadgen_automation", "may read ad accounts and read leads of forms"),
        ("scopes", "rw_all", "may rw_all"),
        ("own_only", False, ""),
        ("entries", "capture", "only “Charged” entries"),
        ("entries", "all", "all entries"),
        ("entries", 1, "1 entry"),
        ("entries", 12, "12 entries"),
        ("chosen_by", ["grade"], ""),
        ("industry", "retail", "industry: retail"),
    ],
)
def test_what_is_new_is_told_in_words(name, value, words):
    assert change_words(name, {}, {name: value}) == words


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        ("most_credits_per_run", "100.00", None, "most of a run: 100 credits → none"),
        ("reuse_days", 365, 1, "stays known for: 365 days → 1 day"),
        ("time_zone", "UTC", "Europe/Madrid", "time zone: UTC → Europe/Madrid"),
        ("version", 2, 3, "version: 2 → 3"),
        ("relation", "", "customer", "relation: none → customer"),
    ],
)
def test_what_was_something_else_is_told_with_what_it_was(name, old, new, words):
    assert change_words(name, {name: old}, {name: new}) == words
