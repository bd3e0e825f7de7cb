"""The filters as a form: each field shows what the query asks, and sets it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.http import QueryDict

from leads.query import fields
from leads.query.reading import Problem, term_of
from leads.query.scope import Choice, Scope
from leads.query.terms import LeadQuery
from leads.query.tokens import quoted, values_of
from leads.vocabulary import industries
from leads.word_lists import join, split_places

MARK = "filters"  # the hidden field that says that the whole form was sent, so that an empty field means "any"
SCORES = (Choice(">=85", "At least 85"), Choice(">=75", "At least 75"), Choice(">=60", "At least 60"))
AGES = (
    Choice("<1d", "Last day"),
    Choice("<7d", "Last 7 days"),
    Choice("<30d", "Last 30 days"),
    Choice(">90d", "More than 90 days ago"),
)


class FilterForm(forms.Form):
    """One control for each qualifier that people use most; the others are typed."""

    stage = forms.ChoiceField(required=False)
    owner = forms.ChoiceField(required=False)
    industry = forms.ChoiceField(required=False)
    place = forms.CharField(required=False)
    size = forms.CharField(required=False, label="Employees")
    title = forms.CharField(required=False)
    seniority = forms.ChoiceField(required=False, label="Level")
    department = forms.ChoiceField(required=False)
    email = forms.ChoiceField(required=False, label="E-mail")
    phone = forms.ChoiceField(required=False)
    signal = forms.ChoiceField(required=False)
    score = forms.ChoiceField(required=False)
    added = forms.ChoiceField(required=False)
    source = forms.ChoiceField(required=False)
    tag = forms.ChoiceField(required=False)
    list = forms.ChoiceField(required=False)

    def __init__(self, query: LeadQuery, scope: Scope) -> None:
        super().__init__(auto_id="filter_%s")
        for name, choices in _choices(scope).items():
            self._offer(name, choices, query.values(name))
        for name, example in {"place": "Berlin; DACH", "size": "50-200", "title": "head of"}.items():
            self.initial[name] = join(query.values(name)) if name == "place" else "; ".join(query.values(name))
            self.fields[name].widget.attrs["placeholder"] = example

    def _offer(self, name: str, choices: Iterable[Choice], asked: tuple[str, ...]) -> None:
        """ "Any", the choices, and what is asked now where it is none of them: several values, or one that was typed."""
        field: Any = self.fields[name]
        known = [(quoted(each.key), each.label) for each in choices]
        now = ",".join(quoted(value) for value in asked)
        extra = [(now, now)] if now and now not in dict(known) else []
        field.choices = [("", "Any"), *extra, *known]
        self.initial[name] = now


def filtered(query: LeadQuery, data: QueryDict, scope: Scope) -> tuple[LeadQuery, list[Problem]]:
    """The query with what the query string says beside its text: `?grade=A&stage=new`.

    Where the whole form was sent (MARK), its empty fields take their conditions away.
    """
    found: list[Problem] = []
    is_form = MARK in data
    for name in fields.FIELDS:
        if name not in data or name == fields.WORDS:
            continue
        texts = _sent(name, str(data[name])) if is_form else [text for text in data.getlist(name) if text.strip()]
        if tuple(texts) == query.values(name) or not (texts or is_form):
            continue
        term = term_of(name, texts, scope) if texts else None
        if isinstance(term, Problem):
            found.append(term)
        else:
            query = query.setting(name, term.values if term else ())
    return query, found


def _sent(name: str, text: str) -> list[str]:
    """The values that one control says."""
    if name == "place":
        return split_places(text)
    if name in ("title", "size"):
        return [tidy for part in text.split(";") if (tidy := " ".join(part.split()))]
    return list(values_of(text))


def _choices(scope: Scope) -> Mapping[str, Iterable[Choice]]:
    return {
        "stage": fields.stage_choices(scope),
        "owner": fields.owner_choices(scope),
        "industry": [Choice(code, industries.label(code)) for code in industries.TOP],
        "seniority": fields.SENIORITY_CHOICES,
        "department": fields.DEPARTMENT_CHOICES,
        "email": fields.EMAIL_CHOICES,
        "phone": fields.PHONE_CHOICES,
        "signal": fields.SIGNAL_CHOICES,
        "score": SCORES,
        "added": AGES,
        "source": scope.sources,
        "tag": scope.tags,
        "list": scope.lists,
    }
