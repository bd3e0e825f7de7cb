"""Forms of an import: the file, how it is read, its columns and terms, cells that are corrected, and the start."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms import BoundField

from leadengine.forms import OneOf
from leads.csv_reading import DELIMITER_NAMES, ENCODINGS, BadFile
from leads.file_columns import Column
from leads.file_headers import NAMING
from leads.files import read_anyhow
from leads.forms.files import ColumnsForm, UploadForm
from leads.import_countries import MOST, NAMES, StrangeCountry
from leads.importing import BadCell, BadRow
from leads.models import MatchBy, OnMatch
from leads.vocabulary import places

MATCH_WORDS = [
    (MatchBy.PERSON, "Everything: e-mail, LinkedIn profile, name with company, place or phone"),
    (MatchBy.DOMAIN, "E-mail, LinkedIn profile, or the same name at the same web domain"),
    (MatchBy.EMAIL, "E-mail address or LinkedIn profile only"),
]
ON_MATCH_WORDS = [
    (OnMatch.FILL, "Fill their gaps, and leave what stands there"),
    (OnMatch.OVERWRITE, "Overwrite them with the file, but not what one of you entered"),
    (OnMatch.SKIP, "Skip the row"),
]
MOST_LETTERS = 1_000  # of a corrected cell; what the file has itself may be longer


class ImportUploadForm(UploadForm):
    """A CSV file; once valid, `parsed` holds what is in it and `content` its bytes. Unknown letters do not refuse it."""

    content: bytes = b""

    def clean_upload(self) -> UploadedFile:
        upload: UploadedFile = self.cleaned_data["upload"]
        self.content, name = upload.read(), upload.name or "file.csv"
        try:
            self.parsed = read_anyhow(self.content, name)
        except BadFile as fault:
            raise forms.ValidationError(str(fault)) from fault
        return upload


class ReadForm(forms.Form):
    """Another encoding or delimiter for a file that is there, and whether a row of it is the heading."""

    encoding = forms.ChoiceField(label="Encoding", choices=[*ENCODINGS.items()])
    delimiter = forms.ChoiceField(label="Cells are apart by", choices=[*DELIMITER_NAMES.items()])
    heading = forms.BooleanField(label="The first row is a heading", required=False)


class MapForm(ColumnsForm):
    """What each column is, whom to take for somebody one has, what is done then, and where the data is from."""

    def __init__(self, data: Any = None, *, columns: list[Column], initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, columns=columns)
        self.initial = initial or {}
        self.fields["match_by"] = forms.ChoiceField(
            label="A row is a lead you have by", choices=MATCH_WORDS, widget=OneOf
        )
        self.fields["on_match"] = forms.ChoiceField(label="Leads you have", choices=ON_MATCH_WORDS, widget=OneOf)
        self.fields["source_note"] = forms.CharField(
            label="Where the data is from",
            max_length=300,
            widget=forms.Textarea({"rows": 3}),
            help_text="Needed. For example “Cards from our stand at the fair, May 2026”. It stands on each lead's timeline.",
            error_messages={"required": "Write a few words: you must be able to tell each person."},
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not NAMING & self.mapping.keys():
            self.add_error(None, "Say which column has the name, the e-mail address or the company.")
        return cleaned


class CorrectForm(forms.Form):
    """A text field for each bad cell; what is emptied is imported without it."""

    def __init__(self, data: Any = None, *, rows: Sequence[BadRow]) -> None:
        super().__init__(data)
        self.bad_rows = rows
        for row in rows:
            for cell in row.cells:
                self.fields[_name(row, cell)] = forms.CharField(
                    label=f"{cell.label} in line {row.line}",
                    initial=cell.text,
                    required=False,
                    max_length=max(MOST_LETTERS, len(cell.text)),
                )

    @property
    def lines(self) -> list[tuple[BadRow, list[tuple[BadCell, BoundField]]]]:
        return [(row, [(cell, self[_name(row, cell)]) for cell in row.cells]) for row in self.bad_rows]

    @property
    def corrections(self) -> dict[int, dict[str, str]]:
        """By line and our field the cells that are another by now; a field that was not sent stays as it is."""
        found: dict[int, dict[str, str]] = {}
        for row in self.bad_rows:
            for cell in row.cells:
                name = _name(row, cell)
                if name in self.data and (text := self.cleaned_data[name]) != cell.text:
                    found.setdefault(row.line, {})[cell.field] = text
        return found


def _name(row: BadRow, cell: BadCell) -> str:
    return f"cell_{row.line}_{cell.field}"


class CountriesForm(forms.Form):
    """For each country that is not understood, of the commonest, the one that was meant; what is left empty has none."""

    def __init__(self, data: Any = None, *, strange: Sequence[StrangeCountry]) -> None:
        super().__init__(data)
        self.strange, self.more = strange[:MOST], len(strange[MOST:])
        for each in self.strange:
            self.fields[each.key] = forms.CharField(
                label=f"“{each.text}”",
                initial=each.likely,
                required=False,
                max_length=80,
                widget=forms.TextInput({"list": "country-names", "autocomplete": "off"}),
            )

    @property
    def rows(self) -> list[tuple[StrangeCountry, BoundField]]:
        return [(each, self[each.key]) for each in self.strange]

    @property
    def names(self) -> list[str]:
        return NAMES

    def clean(self) -> dict[str, Any]:
        for each in self.strange:
            said = self.cleaned_data.get(each.key)
            if said and not places.country_code(said):
                self.add_error(each.key, f"“{said}” is no country that we know. Choose one, or leave it empty.")
        return self.cleaned_data

    @property
    def meant(self) -> dict[str, str]:
        """What stands in the file, and the name of the country."""
        said = {each.text: self.cleaned_data[each.key] for each in self.strange if self.cleaned_data.get(each.key)}
        return {text: places.COUNTRIES[places.country_code(name)].name for text, name in said.items()}


class StartForm(forms.Form):
    """Whether the new leads are graded, and the price that was shown."""

    grades = forms.BooleanField(
        label="Grade the new leads now", required=False, help_text="Otherwise they get their grade in the night."
    )
    shown_at_most = forms.DecimalField(min_value=Decimal(0), required=False, widget=forms.HiddenInput)
