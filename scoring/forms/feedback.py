"""What is wrong with a score, and which votes a manager looks at."""

from __future__ import annotations

from typing import Any

from django import forms

from scoring.feedback import LONGEST
from scoring.rulebook import FACTORS

OTHER = "other"
REASONS = [*((factor.key, factor.label) for factor in FACTORS), (OTHER, "Something else")]


class FeedbackForm(forms.Form):
    """A vote: right, or wrong with the factor that is; "something else" says what in words."""

    is_right = forms.TypedChoiceField(
        choices=[("1", "Right"), ("0", "Wrong")],
        coerce=lambda sent: sent == "1",
        required=False,
        empty_value=None,
        widget=forms.HiddenInput,
    )
    factor = forms.ChoiceField(
        label="What is wrong?",
        choices=[("", "Choose"), *REASONS],
        error_messages={
            "required": "Choose what is wrong.",
            "invalid_choice": "Choose one of the ten factors, or something else.",
        },
    )
    text = forms.CharField(
        label="What do you know?",
        max_length=LONGEST,
        required=False,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="feedback-%s")
        self.fields["factor"].required = data is None or data.get("is_right") == "0"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("is_right") is None:
            self.errors.clear()
            raise forms.ValidationError("Say whether the score is right or wrong.")
        if not cleaned["is_right"] and cleaned.get("factor") == OTHER and not cleaned.get("text", "x"):
            self.add_error("text", "Say in a few words what is wrong.")
        return cleaned

    @property
    def vote(self) -> dict[str, Any]:
        """What `feedback.give` takes; only of a valid form."""
        factor = self.cleaned_data["factor"]
        return self.cleaned_data | {"factor": "" if factor == OTHER else factor}


class FeedbackFilter(forms.Form):
    factor = forms.ChoiceField(label="About", choices=[("", "Everything"), *REASONS], required=False)
    verdict = forms.ChoiceField(
        label="Vote", choices=[("", "Right and wrong"), ("wrong", "Wrong"), ("right", "Right")], required=False
    )
