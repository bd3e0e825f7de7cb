"""How every form of the product is rendered: our renderer, our bound field, and the widgets for sets of choices.

`{{ form }}` prints the error summary and all fields; `{{ form.name.as_field_group }}` prints one field with its label,
help and errors, wired by `aria-describedby` (Django writes the attributes, `templates/forms/` the elements).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting

from leadengine.whole_numbers import whole_number


class LabelledField(BoundField):
    """A bound field that knows whether to say "(optional)"."""

    @property
    def is_optional(self) -> bool:
        """Said only where it tells something: in a form that also has required fields."""
        return not self.field.required and any(field.required for field in self.form.fields.values())


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
    """All errors of a bound form in the order of its fields, those of the whole form first."""
    found = [Problem("", str(text), "") for text in form.non_field_errors()]
    for field in form:
        anchor = f"{field.auto_id}_group" if field.use_fieldset else str(field.id_for_label)
        found += [Problem(str(field.label), str(text), anchor) for text in field.errors]
    return found


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
