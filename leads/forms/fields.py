"""Fields of the criteria form: ticks with counts, words in one line, edges of a range, levels."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from django import forms

from leadengine.forms import Chips, Options, Segmented, WordList
from leads.word_lists import split_as

LEVELS = [("must", "Must"), ("nice", "Nice")]
ASKED_AT_ALL = [("", "Any"), *LEVELS]
Choices = Callable[[], Iterable[Any]]


class CountedOptions(Options):
    """Options whose counts are renewed by htmx, each under an id of its own."""

    option_template_name = "leads/_counted_option.html"


class CountedChips(Chips):
    """Chips whose counts are renewed by htmx, each under an id of its own."""

    option_template_name = "leads/_counted_chip.html"


class CountedSegmented(Segmented):
    """Short words side by side, with counts as above."""

    option_template_name = "leads/_counted_chip.html"


def ticks(label: str, choices: Choices, widget: type[forms.CheckboxSelectMultiple] = CountedOptions) -> forms.Field:
    return forms.MultipleChoiceField(label=label, choices=choices, widget=widget, required=False)


def words(label: str, *, known: str = "", placeholder: str = "", help_text: str = "") -> forms.CharField:
    """A list that is typed; `word_lists` takes it apart."""
    widget = WordList(known, placeholder, split=partial(split_as, known))
    return forms.CharField(label=label, max_length=4000, required=False, widget=widget, help_text=help_text)


def edge(label: str, placeholder: str = "") -> forms.CharField:
    """One end of a range, as typed: "1,000" and "1.000" are fine, and the criteria say what is not."""
    widget = forms.TextInput({"inputmode": "numeric", "placeholder": placeholder, "autocomplete": "off"})
    return forms.CharField(label=label, max_length=20, required=False, widget=widget)


def level(label: str, default: str) -> forms.ChoiceField:
    """Must or nice; an absent one means the default."""
    return forms.ChoiceField(
        label=f"{label}: how strictly", choices=LEVELS, initial=default, required=False, widget=Segmented
    )


def flag(label: str, help_text: str = "") -> forms.ChoiceField:
    """A yes-or-no criterion: not asked, nice or must."""
    return forms.ChoiceField(
        label=label, choices=ASKED_AT_ALL, required=False, widget=CountedSegmented, help_text=help_text
    )
