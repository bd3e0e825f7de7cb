"""The form of where a person is told of what: a row a kind, a box each for the bell and for e-mail."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms

from billing.models import NotificationKind
from billing.notices import Kept, Ways, choose, kinds_of, ways

WAYS: Mapping[str, str] = {"bell": "in the bell", "mail": "by e-mail"}
WHAT: Mapping[str, str] = {
    NotificationKind.RUN_FINISHED: "Its sources are read to their end, or all that you asked for is delivered.",
    NotificationKind.RUN_STOPPED: "By somebody else, by its budget, or because it found too little.",
    NotificationKind.RUN_FAILED: "No source could be read to its end.",
    NotificationKind.SCHEDULE_BLOCKED: "Credits are short, a source is gone, or its cap is reached. Its next time is tried.",
    NotificationKind.NEW_MATCHES: "A search that you scheduled to be counted finds people who are new.",
    NotificationKind.CREDITS_LOW: "Less than a fifth of the balance after the last grant can be spent.",
}


class NoticesForm(forms.Form):
    """Without a mail server the boxes for e-mail stay as they are."""

    def __init__(self, data: Any, *, kept: Kept, is_manager: bool, has_mail_server: bool) -> None:
        super().__init__(data)
        self.kept, self.kinds = kept, kinds_of(is_manager=is_manager)
        for kind in self.kinds:
            for way, words in WAYS.items():
                box = forms.CheckboxInput(attrs={"aria-label": f"{kind.label}, {words}"})
                self.fields[f"{kind.value}_{way}"] = forms.BooleanField(
                    required=False,
                    widget=box,
                    initial=getattr(ways(kept, kind), way),
                    disabled=way == "mail" and not has_mail_server,
                )

    def rows(self) -> Iterator[dict[str, Any]]:
        for kind in self.kinds:
            boxes = {way: self[f"{kind.value}_{way}"] for way in WAYS}
            yield {"label": kind.label, "what": WHAT[kind], **boxes}

    def chosen(self) -> dict[str, dict[str, bool]]:
        """What the person keeps from now on; kinds that are not theirs stay as they were."""
        kept = {kind: dict(chosen) for kind, chosen in self.kept.items()}
        for kind in self.kinds:
            kept = choose(kept, kind, Ways(*(self.cleaned_data[f"{kind.value}_{way}"] for way in WAYS)))
        return kept
