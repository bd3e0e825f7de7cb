"""How every form of the product is rendered: our renderer, our bound field, and the widgets for sets of choices.

`{{ form }}` prints the error summary and all fields; `{{ form.name.as_field_group }}` prints one field with its label,
help and errors, wired by `aria-describedby` (Django writes the attributes, `templates/forms/` the elements).
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting

from leadengine.whole_numbers import whole_number

Field = TypeVar("Field", bound=forms.Field)


class LabelledField(BoundField):
    """A bound field that knows whether to say "(optional)", and takes the focus when it is the first in error."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """An error summary before it has `autofocus`, too, and goes first."""
        given: dict[str, Any] = super().build_widget_attrs(attrs, widget)
        wrong = (name for name in self.form.fields if name in self.form.errors)
        return given | ({"autofocus": True} if self.errors and self.name == next(wrong) else {})

    @property
    def is_optional(self) -> bool:
        """Said only where it tells something: in a form that also has required fields, and of what is never needed."""
        needed = self.field.required or getattr(self.field, "is_conditional", False)
        return not needed and any(field.required for field in self.form.fields.values())


def conditional(field: Field) -> Field:
    """A field that is needed in some cases only: its label or help tells which, so that "(optional)" is not said."""
    field.is_conditional = True  # type: ignore[attr-defined]
    return field


class FormRenderer(TemplatesSetting):
    """The project's FORM_RENDERER."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
    bound_field_class = LabelledField


class WholeNumberField(forms.IntegerField):
    """Takes 1,000 and 1.000 and 1 000 for one thousand, as a text field that phones give digits for."""

    widget = forms.TextInput

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "numeric", "autocomplete": "off"}

    def to_python(self, value: Any) -> int | None:
        number = whole_number(value) if isinstance(value, str) else None
        return super().to_python(value if number is None else number)


@dataclass(frozen=True, slots=True)
class Problem:
    """One line of the error summary; `anchor` is the id of the control to jump to, empty for the form as a whole."""

    label: str
    text: str
    anchor: str


def problems(form: forms.BaseForm) -> list[Problem]:
    """All errors of a bound form in the order of its fields, those of the whole form first; nobody can go to a hidden one."""
    found = [Problem("", str(text), "") for text in form.non_field_errors()]
    for field in form:
        anchor = f"{field.auto_id}_group" if field.use_fieldset else str(field.id_for_label)
        found += [Problem(str(field.label), str(text), "" if field.is_hidden else anchor) for text in field.errors]
    return found


class WordList(forms.TextInput):
    """One line of words; with script a row of chips, completed from the terms of the criterion `known`.

    `split` takes the line apart into the words.
    """

    def __init__(self, known: str = "", placeholder: str = "", *, split: Callable[[str], list[str]]) -> None:
        attrs = {"autocomplete": "off", "placeholder": placeholder, "maxlength": 4000}
        super().__init__(attrs | ({"data-suggest": known} if known else {}))
        self.known, self.split = known, split

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """With the words apart, so that the script need not know how they are told apart."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        if self.known:
            context["widget"]["attrs"]["data-values"] = json.dumps(self.split(value or ""))
        return context


class _ChoiceSet(forms.widgets.ChoiceWidget):
    """Choices laid out by CSS class `layout`, each with an optional count beside it (`counts`: value -> number)."""

    template_name = "forms/choices.html"
    option_template_name = "forms/option.html"
    layout = "options"

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        choices: Iterable[Any] = (),
        *,
        counts: Mapping[str, int | str] | None = None,
    ) -> None:
        super().__init__(attrs, choices)
        self.counts = counts or {}

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["layout"] = self.layout
        return context

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().create_option(name, value, *args, **kwargs) | {"count": self.counts.get(str(value))}


class Options(_ChoiceSet, forms.CheckboxSelectMultiple):
    """Ticks in a grid, for up to about a dozen choices."""

    template_name = "forms/choices.html"
    option_template_name = "forms/option.html"


class Chips(_ChoiceSet, forms.CheckboxSelectMultiple):
    """Ticks as pills, for short labels."""

    template_name = "forms/choices.html"
    option_template_name = "forms/chip.html"
    layout = "chips"


class ChipChoice(_ChoiceSet, forms.RadioSelect):
    """One of several pills."""

    template_name = "forms/choices.html"
    option_template_name = "forms/chip.html"
    layout = "chips"


class OneOf(_ChoiceSet, forms.RadioSelect):
    """One of a few choices with longer words, one below another."""

    template_name = "forms/choices.html"
    option_template_name = "forms/option.html"
    layout = "stack tight"


class Segmented(_ChoiceSet, forms.RadioSelect):
    """One of two to four short words, side by side."""

    template_name = "forms/choices.html"
    option_template_name = "forms/chip.html"
    layout = "segmented"
