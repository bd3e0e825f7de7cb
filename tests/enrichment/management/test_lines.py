"""A record is one line of JSON, whatever is in it."""

from enrichment.management.lines import as_json


def test_line_with_what_is_no_text_looks_like_the_others():
    assert as_json({"name": "m\udcfcller", "flags": frozenset({"idn"})}) == '{"name":"m\ufffdller","flags":["idn"]}'
    assert as_json({"name": "müller", "flags": frozenset({"idn"})}) == '{"name":"müller","flags":["idn"]}'
