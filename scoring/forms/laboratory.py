"""The form of the laboratory: ten weights and four cut-offs, as numbers; what it says together is `weighting`."""

from __future__ import annotations

from typing import Any

from django import forms

from leadengine.whole_numbers import whole_number
from scoring.models import Profile
from scoring.rulebook import FACTORS, GRADES
from scoring.versions import UNSEEN, weighting_of
from scoring.weighting import CUT_KEYS, Weighting

WEIGHT_KEYS = tuple(factor.key for factor in FACTORS)
NOTE_LENGTH = 300


def percent(label: str, least: int = 0) -> forms.IntegerField:
    widget = forms.NumberInput({"step": 1, "inputmode": "numeric", "autocomplete": "off"})
    return forms.IntegerField(label=label, min_value=least, max_value=100, widget=widget)


class WeightingForm(forms.Form):
    """Unbound it stands on the profile's own numbers. `weighting` is what is in it, None where a number is missing."""

    def __init__(self, data: Any = None, *, base: Profile) -> None:
        start = weighting_of(base)
        is_filled = data is not None and any(key in data for key in (*WEIGHT_KEYS, *CUT_KEYS))
        super().__init__(data if is_filled else None, initial=start.columns())
        self.weighting: Weighting | None = start
        for factor in FACTORS:
            self.fields[factor.key] = percent(factor.label)
        for key, grade in zip(CUT_KEYS, GRADES, strict=False):
            self.fields[key] = percent(f"{grade} from", 1)

    def weights(self) -> list[forms.BoundField]:
        return [self[key] for key in WEIGHT_KEYS]

    def cuts(self) -> list[forms.BoundField]:
        return [self[key] for key in CUT_KEYS]

    def clean(self) -> dict[str, Any]:
        numbers = [self.cleaned_data.get(key) for key in (*WEIGHT_KEYS, *CUT_KEYS)]
        stated = [number for number in numbers if number is not None]
        if len(stated) < len(numbers):
            self.weighting = None
            return self.cleaned_data
        first, second, third, fourth = stated[-len(CUT_KEYS) :]
        self.weighting = Weighting(tuple(stated[: len(WEIGHT_KEYS)]), (first, second, third, fourth))
        for problem in self.weighting.problems():
            self.add_error(None, problem)
        return self.cleaned_data

    @property
    def total(self) -> str:
        """The sum of the weights in a sentence; what is no number counts as nothing."""
        typed = [str(field.value()) for field in self.weights()]
        return Weighting(tuple(whole_number(text) or 0 for text in typed)).said


class PublishForm(forms.Form):
    """What goes with publishing or keeping a version: a note, and the version that was seen in force (0: none)."""

    note = forms.CharField(
        label="What for?",
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.TextInput({"placeholder": "More weight on replies"}),
    )
    seen = forms.IntegerField(
        min_value=0,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("required", "invalid", "min_value"), UNSEEN),
    )
