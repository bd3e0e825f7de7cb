"""Forms print labels, help and errors that are wired to their controls."""

import pytest
from django import forms

from leadengine.forms import Chips, Options, Segmented, conditional, problems
from tests.markup import parsed

PLACES = [("dach", "DACH"), ("uk", "UK & Ireland")]


class Search(forms.Form):
    name = forms.CharField(help_text="As you like.")
    limit = forms.IntegerField(required=False)
    places = forms.MultipleChoiceField(choices=PLACES, widget=Chips(counts={"dach": 7}))
    known = forms.BooleanField(required=False)

    def clean(self):
        if self.data.get("limit") == "13":
            raise forms.ValidationError("Not that number.")
        return self.cleaned_data


def test_errors_and_help_describe_their_control():
    markup = Search({"places": "dach"})["name"].as_field_group()

    assert 'aria-describedby="id_name_helptext id_name_error"' in markup
    assert 'id="id_name_helptext"' in markup
    assert 'id="id_name_error"' in markup


def test_the_focus_goes_to_the_summary_or_the_first_field_in_error_without_script_too():
    form = Search({"limit": "many", "places": "mars"})

    whole, fields = str(form), [name for name in form.fields if "autofocus" in str(form[name])]

    assert fields == ["name"]
    assert whole.index("autofocus") < whole.index("id_name")
    assert "autofocus" not in str(Search())


def test_sets_of_choices_are_groups_with_a_legend():
    markup = Search()["places"].as_field_group()

    assert "<fieldset" in markup
    assert "<legend>Places</legend>" in markup
    assert '<span class="choice-count">7</span>' in markup


@pytest.mark.parametrize(
    ("widget", "layout"),
    [(Options, "options"), (Chips, "chips"), (Segmented, "segmented")],
    ids=["options", "chips", "segmented"],
)
def test_choices_are_laid_out_by_class_and_checked(widget, layout):
    box = parsed(widget(choices=PLACES).render("place", "uk", {"id": "id_place"}))[0]

    assert box.get("class") == layout
    assert [tick.get("value") for tick in box.iter("input") if tick.get("checked")] == ["uk"]


def test_optional_is_said_only_beside_required_fields():
    class Loose(forms.Form):
        note = forms.CharField(required=False)

    assert "(optional)" in Search()["limit"].as_field_group()
    assert "(optional)" not in Search()["name"].as_field_group()
    assert "(optional)" not in Loose()["note"].as_field_group()


def test_what_is_needed_in_some_cases_is_not_called_optional():
    class Note(forms.Form):
        kind = forms.CharField()
        text = conditional(forms.CharField(required=False))

    assert "(optional)" not in Note()["text"].as_field_group()


def test_a_single_tick_stands_before_its_label():
    markup = Search()["known"].as_field_group()

    assert markup.index("<input") < markup.index("<label")


def test_problems_start_with_those_of_the_whole_form():
    found = problems(Search({"limit": "13", "name": "x"}))

    assert [(each.text, each.anchor) for each in found] == [
        ("Not that number.", ""),
        ("This field is required.", "id_places_group"),
    ]


def test_the_whole_form_prints_summary_fields_and_hidden_inputs():
    class Keyed(Search):
        key = forms.CharField(widget=forms.HiddenInput)

    markup = str(Keyed({"key": "k"}))

    assert 'class="error-summary"' in markup
    assert '<input type="hidden" name="key" value="k"' in markup
