"""The component tags take plain values and write safe, labelled HTML."""

from datetime import UTC, datetime

import pytest
import time_machine
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template

from leadengine.icons import UnknownIcon
from leadengine.templatetags import ui


def rendered(source: str, **values: object) -> str:
    return Template("{% load ui %}" + source).render(Context(values))


def test_icon_is_hidden_from_screen_readers():
    assert 'aria-hidden="true"' in ui.icon("users")


def test_unknown_icon_fails_loudly():
    with pytest.raises(UnknownIcon):
        ui.icon("no-such-icon")


def test_grade_says_its_letter_and_score():
    markup = rendered('{% grade "A+" 91 %}')

    assert '<span class="sr-only">Grade </span>A+' in markup
    assert markup.endswith(" 91</span>")


def test_missing_grade_is_a_dash():
    assert "–" in ui.grade("")


@pytest.mark.parametrize(
    ("source", "text"),
    [("{% money 1840 %}", "1,840"), ('{% money 1 "credit" %}', "1 credit"), ('{% money 0 "credit" %}', "0 credits")],
)
def test_money_writes_amount_and_unit(source, text):
    assert rendered(source) == text


@time_machine.travel(datetime(2026, 5, 3, 12, 0, tzinfo=UTC), tick=False)
def test_when_is_relative_with_the_full_date_as_title():
    moment = datetime(2026, 5, 3, 10, 0, tzinfo=UTC)

    assert ui.when(moment) == ('<time datetime="2026-05-03T10:00:00+00:00" title="3 May 2026, 10:00">2 h ago</time>')


def test_when_without_a_time_says_never():
    assert "never" in ui.when(None)


def test_tag_escapes_its_text():
    assert ui.tag("<b>", "good") == '<span class="tag tone-good">&lt;b&gt;</span>'


def test_bad_alert_is_announced():
    assert 'role="alert"' in rendered('{% alert "bad" %}Short of credits{% endalert %}')
    assert "role" not in rendered('{% alert "good" %}Done{% endalert %}')


def test_alert_escapes_what_the_template_escapes():
    assert "&lt;i&gt;" in rendered('{% alert "good" %}{{ text }}{% endalert %}', text="<i>")


def test_empty_state_has_heading_and_content():
    markup = rendered('{% empty_state "No leads" level=1 %}<p>Start.</p>{% endempty_state %}')

    assert "<h1>No leads</h1>" in markup
    assert "<p>Start.</p>" in markup


@pytest.mark.parametrize(("level", "tone"), [("success", "good"), ("error", "bad"), ("info", "accent"), ("", "accent")])
def test_message_levels_have_tones(level, tone):
    assert ui.tone(level) == tone


def test_pager_keeps_the_query(rf):
    request = rf.get("/leads/", {"grade": ["A", "B"], "page": "2"})
    page = Paginator(range(60), 25).page(2)

    markup = rendered("{% pager page %}", request=request, page=page)

    assert 'href="?grade=A&amp;grade=B&amp;page=1"' in markup
    assert 'href="?grade=A&amp;grade=B&amp;page=3"' in markup
    assert "26–50 of 60" in markup


def test_pager_of_one_page_has_no_links(rf):
    markup = rendered("{% pager page %}", request=rf.get("/"), page=Paginator([1], 25).page(1))

    assert "href" not in markup


def test_pager_with_target_swaps_only_it(rf):
    page = Paginator(range(60), 25).page(1)

    assert 'hx-target="#leads"' in rendered('{% pager page "#leads" %}', request=rf.get("/"), page=page)


def test_error_summary_links_to_the_fields():
    class Form(forms.Form):
        name = forms.CharField(label="Search name")

    markup = rendered("{% error_summary form %}", form=Form({}))

    assert '<a href="#id_name">Search name: This field is required.</a>' in markup
    assert rendered("{% error_summary form %}", form=Form()).strip() == ""
