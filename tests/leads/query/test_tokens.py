"""Cutting a query's text into tokens, and writing values so that they are cut the same way."""

import pytest

from leads.query.tokens import quoted, quoted_word, tokens


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("", [], id="nothing"),
        pytest.param(" , - ", [], id="punctuation alone"),
        pytest.param("solar  wind", [("", ("solar",), False), ("", ("wind",), False)], id="words"),
        pytest.param("-hiring", [("", ("hiring",), True)], id="excluded word"),
        pytest.param("e-mail", [("", ("e-mail",), False)], id="minus inside a word"),
        pytest.param('"solar wind"', [("", ("solar wind",), False)], id="phrase"),
        pytest.param("grade:A+,B", [("grade", ("A+", "B"), False)], id="two values"),
        pytest.param("Grade:A,", [("grade", ("A",), False)], id="comma at the end, any case"),
        pytest.param("-stage:won", [("stage", ("won",), True)], id="excluded qualifier"),
        pytest.param('title:"head of","vp"', [("title", ("head of", "vp"), False)], id="quoted values"),
        pytest.param('title:"head  of', [("title", ("head of",), False)], id="quote that is not closed"),
        pytest.param(r'list:"a \"b\", c"', [("list", ('a "b", c',), False)], id="escaped quote, comma inside"),
        pytest.param("grade:", [("grade", (), False)], id="no value yet"),
        pytest.param("https://northwind.example", [("", ("https://northwind.example",), False)], id="address"),
        pytest.param("a\x00b", [("", ("a",), False), ("", ("b",), False)], id="control character"),
    ],
)
def test_text_is_cut_into_tokens(text, found):
    assert [(each.key, each.values, each.is_excluded) for each in tokens(text)] == found


@pytest.mark.parametrize(
    ("value", "written"),
    [("energy", "energy"), ("head of", '"head of"'), ("a,b", '"a,b"'), ('a"b', r'"a\"b"'), ("a\\b c", r'"a\\b c"')],
)
def test_value_is_quoted_where_it_would_be_cut(value, written):
    assert quoted(value) == written


@pytest.mark.parametrize(("word", "written"), [("grade:x", '"grade:x"'), ("-x", '"-x"'), ("x-y", "x-y")])
def test_word_is_quoted_where_it_would_mean_something_else(word, written):
    assert quoted_word(word) == written
