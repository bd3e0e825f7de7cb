"""Forms of a user's file: bringing it, and saying what its columns are."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms import BoundField

from leads.csv_reading import BadFile
from leads.file_columns import Column, field_labels
from leads.files import ParsedFile, read_csv

LEFT_OUT = ("", "Leave out")


class UploadForm(forms.Form):
    """A CSV file; once valid, `parsed` holds what is in it."""

    upload = forms.FileField(
        label="CSV file",
        widget=forms.FileInput({"accept": ".csv,text/csv,.txt"}),
        help_text="Up to 20 MB and 100,000 rows, with a heading or without.",
        error_messages={"required": "Choose a CSV file first.", "empty": "The file is empty."},
    )
    parsed: ParsedFile

    def clean_upload(self) -> UploadedFile:
        upload: UploadedFile = self.cleaned_data["upload"]
        try:
            self.parsed = read_csv(upload.read(), upload.name or "file.csv")
        except BadFile as fault:
            raise forms.ValidationError(str(fault)) from fault
        return upload


class ColumnsForm(forms.Form):
    """One choice for each column; once valid, `mapping` says at which position each of our fields is."""

    def __init__(self, data: Any = None, *, columns: list[Column]) -> None:
        super().__init__(data)
        self.columns = columns
        self.mapping: dict[str, int] = {}
        choices = [LEFT_OUT, *field_labels().items()]
        for column in columns:
            label = f"Column {column.position + 1}, {column.header}, is"
            self.fields[f"column_{column.position}"] = forms.ChoiceField(
                label=label, choices=choices, initial=column.field, required=False
            )

    @property
    def rows(self) -> list[tuple[Column, BoundField]]:
        return [(column, self[f"column_{column.position}"]) for column in self.columns]

    def clean(self) -> dict[str, Any]:
        taken: dict[str, Column] = {}
        for column in self.columns:
            field = self.cleaned_data.get(f"column_{column.position}")
            if field and field in taken:
                sentence = (
                    f"“{taken[field].header}” is already the {field_labels()[field].lower()}. Leave one of them out."
                )
                self.add_error(f"column_{column.position}", sentence)
            elif field:
                taken[field] = column
        self.mapping = {field: column.position for field, column in taken.items()}
        return self.cleaned_data
