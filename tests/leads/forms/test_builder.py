"""The builder's form as a brief, and the order beside it."""

from decimal import Decimal

import pytest
from django.http import QueryDict

from leads.criteria.sentence import understand
from leads.forms import prefill
from leads.forms.builder import BuilderForm, OrderForm
from leads.stock_searches import STOCK
from leads.views.starting import EXAMPLES


def form_of(query: str) -> BuilderForm:
    form = BuilderForm(QueryDict(query), files=[])
    form.is_valid()
    return form


def test_empty_query_is_the_first_search():
    brief = form_of("").brief()

    assert (brief.sources, brief.most_leads, brief.lowest_grade) == (("directory",), 100, "D")
    assert brief.new_only
    assert brief.most_credits is None


def test_tick_that_is_absent_from_the_forms_own_query_is_off():
    brief = form_of("asked=1&sources=directory&most_leads=5&lowest_grade=B").brief()

    assert not brief.new_only


@pytest.mark.parametrize(
    ("query", "field", "sentence"),
    [
        ("asked=1&most_leads=5&lowest_grade=D", "sources", "Choose at least one source."),
        ("most_leads=0", "most_leads", "Ask for 1 lead at least."),
        ("most_leads=200000", "most_leads", "Ask for 100,000 leads at most."),
        ("most_leads=lots", "most_leads", "Write a whole number of leads, such as 250."),
        ("most_credits=-1", "most_credits", "Write more than 0 credits, or leave it empty."),
        ("most_credits=0", "most_credits", "Write more than 0 credits, or leave it empty."),
    ],
)
def test_wrong_limit_gets_a_sentence(query: str, field: str, sentence: str):
    assert form_of(query).errors[field] == [sentence]


@pytest.mark.parametrize("written", ["1000", "1,000", "1.000", "1 000", "1\u00a0000"])
def test_most_leads_is_read_as_people_write_it(written: str):
    assert form_of(f"most_leads={written}").brief().most_leads == 1000


def test_wrong_limit_is_replaced_by_the_first_one_for_the_estimate():
    assert form_of("most_leads=0").brief().most_leads == 100


def test_order_takes_the_price_of_the_button_that_was_pressed():
    shown = "request_key=abc&shown_at_most=100.00&shown_test=10.00"
    run, test = OrderForm(QueryDict(shown)), OrderForm(QueryDict(f"{shown}&test=10"))
    assert run.is_valid()
    assert test.is_valid()

    assert (run.shown, run.key) == (Decimal(100), "abc")
    assert (test.shown, test.key) == (Decimal(10), "abc:test")


def test_order_without_a_price_has_promised_nothing():
    order = OrderForm(QueryDict("request_key=abc"))
    assert order.is_valid()

    assert order.shown == 0


def sent(form: BuilderForm) -> QueryDict:
    """What a browser sends of the page that shows this form."""
    data = QueryDict("asked=1", mutable=True)
    for name in form.fields:
        value = form[name].value()
        data.setlist(
            name, list(value) if isinstance(value, list) else [value] if value not in (None, False, "") else []
        )
    return data


@pytest.mark.parametrize("start", [*map("stock={}".format, STOCK), *map("sentence={}".format, EXAMPLES)])
def test_page_sends_the_search_that_it_shows(start: str):
    kind, said = start.split("=")
    limits = QueryDict("most_leads=70&most_credits=12.5")
    understood = understand(said, year=2026)
    data = (
        prefill.of_criteria(STOCK[said].criteria, limits)
        if kind == "stock"
        else prefill.of_sentence(understood, limits)
    )
    shown = BuilderForm(data, files=())
    assert shown.is_valid()

    again = BuilderForm(sent(shown), files=())

    assert again.is_valid()
    assert again.brief().fingerprint == shown.brief().fingerprint
