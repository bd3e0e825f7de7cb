"""Profiles of social networks: words become questions, HTML becomes text."""

from __future__ import annotations

import pytest

from leads.criteria import Criteria
from leads.sources.social.profiles import linkedin_of, plain, questions, web


@pytest.mark.parametrize(
    ("criteria", "asked"),
    [
        ({}, []),
        ({"titles": ["CTO", "Head of Sales"]}, ["CTO", "Head of Sales"]),
        ({"keywords": ["Acme"], "places": ["city:Leeds,GB", "DE"]}, ["Acme Leeds", "Acme Germany"]),
        ({"titles": {"values": ["CTO"], "level": "nice"}, "places": ["GB"]}, ["United Kingdom"]),
        ({"titles": {"none": ["CTO"]}}, []),
    ],
    ids=["nothing", "one each", "groups together", "a wish is not asked", "an exclusion is not asked"],
)
def test_words_become_questions(criteria, asked):
    assert questions(Criteria.from_json(criteria), 9) == asked


def test_questions_come_to_an_end():
    criteria = Criteria.from_json({"titles": ["CTO", "CFO", "CEO"], "places": ["region:eu"]})

    assert len(questions(criteria, 20)) == 20


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>CTO at Acme &amp; Co.</p><p>Berlin</p>", "CTO at Acme & Co.\nBerlin"),
        ('Site: <a href="https://acme.example" rel="me"><span>acme</span></a><br />', "Site: acme"),
        ("&lt;script&gt;", "<script>"),
        ("3 < 4", "3 < 4"),
        ("", ""),
    ],
)
def test_html_becomes_text(html, text):
    assert plain(html) == text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("me: https://www.linkedin.com/in/ada-abara-1/ or here", "https://www.linkedin.com/in/ada-abara-1"),
        ("https://linkedin.com.evil.example/in/ada", ""),
        ("https://www.linkedin.com/company/acme", ""),
    ],
)
def test_profile_at_linkedin_is_found(text, found):
    assert linkedin_of(text) == found


@pytest.mark.parametrize(("address", "kept"), [("https://a.example/@ada", True), ("javascript:alert(1)", False)])
def test_only_pages_of_the_web_are_linked(address, kept):
    assert bool(web(address)) is kept
