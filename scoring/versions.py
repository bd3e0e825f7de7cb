"""Versions of scoring profiles: drafted, published in place of the former one, brought back, taken out of force."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timesince import timesince

from leads.vocabulary import industries
from scoring.averaging import measured
from scoring.ideal import IdealCustomer
from scoring.models import Profile, ProfileState
from scoring.pending import awaited, being_published
from scoring.profiles import cuts_of, published, weights_of
from scoring.publication_lock import while_publishing
from scoring.rulebook import EXPECTED, governing
from scoring.weighting import Weighting

UNSEEN = "It is not said which version you saw in force. Open the profile again, look at it, and then do this."


class CannotPublish(Exception):
    """Why a version cannot be put in force, as one sentence."""


def title(profile: Profile) -> str:
    """What people read: "Retail, version 2"."""
    return f"{name_of(profile.industry)}, version {profile.version}"


def name_of(industry: str) -> str:
    return industries.label(industry) if industry else "Default profile"


def weighting_of(profile: Profile) -> Weighting:
    return Weighting(weights_of(profile), cuts_of(profile))


def drafted(
    workspace: Any, industry: str, weighting: Weighting, *, note: str, by: Any, now: datetime, ideal: Any = None
) -> Profile:
    """A draft that is not saved yet; its ideal customer is that of the profile that scores the industry now."""
    found = published(workspace)
    now_in_force = governing(found, industry)
    return Profile(
        workspace=workspace,
        industry=industry,
        version=next_version(workspace, industry),
        ideal=now_in_force.ideal if ideal is None else ideal,
        has_own_ideal=ideal is not None,
        note=note[:300],
        created_by=by,
        created_at=now,
        **weighting.columns(),
    )


def next_version(workspace: Any, industry: str) -> int:
    newest = Profile.objects.of(workspace).filter(industry=industry).order_by("-version").values_list("version")
    return newest[0][0] + 1 if newest else 1


@transaction.atomic
def save_draft(draft: Profile) -> Profile:
    """Keep a draft; one that is new takes the next number of its industry. The same one again is kept once."""
    locked(draft.workspace)
    if draft.pk is None and (kept := _same_draft(draft)):
        return kept
    if draft.pk is None:
        draft.version = next_version(draft.workspace, draft.industry)
    elif not Profile.objects.filter(pk=draft.pk, state=ProfileState.DRAFT).exists():
        raise CannotPublish(f"{title(draft)} is no draft any more.")
    elif draft.pk in {each.pk for each in being_published(draft.workspace).values()}:
        raise CannotPublish(f"{title(draft)} is being published. Wait until it is in force, or discard it.")
    draft.save()
    return draft


@transaction.atomic
def save_for_publication(draft: Profile, *, seen: int | None = None, by: Any, now: datetime) -> None:
    """Keeps a draft that a worker is to publish once its averages are measured; checks now what `publish` would check.

    Where another one that would score its industry is on its way, the ideal customer of that counts.
    """
    _replaced(draft, locked(draft.workspace), seen, now)
    if awaited(draft.workspace, draft.industry):
        draft.ideal, draft.has_own_ideal = ideal_ahead(draft), True
    if draft.pk is None and (kept := _same_draft(draft)):
        draft.pk, draft.version = kept.pk, kept.version
    draft.version = _number(draft)
    draft.created_by = draft.created_by or by
    draft.save()


def _same_draft(draft: Profile) -> Profile | None:
    """What its author has kept already, word for word and number by number."""
    same = {"industry": draft.industry, "note": draft.note, "ideal": draft.ideal, "created_by": draft.created_by}
    same |= weighting_of(draft).columns()
    drafts = Profile.objects.of(draft.workspace).filter(state=ProfileState.DRAFT, **same)
    found: Profile | None = drafts.first()
    return found


@transaction.atomic
def publish(draft: Profile, *, seen: int | None = None, by: Any, now: datetime) -> Profile | None:
    """Puts a draft in force with the averages of today by its ideal customer; answers the version that it replaces, if any.

    `seen` is the version that its author saw in force (0: none; None: did not look). CannotPublish if that has changed.
    """
    found = published(draft.workspace)
    _replaced(draft, found, seen, now)
    ahead = None if draft.expected else measured([as_published(draft)], found, now=now)
    found = locked(draft.workspace)
    before = _replaced(draft, found, seen, now)
    draft.ideal = ideal_of(draft)
    if ahead:
        draft.expected = ahead.still([draft], found, now=now).values[0]
    if before:
        _retire(before, now)
    draft.version = _number(draft)
    draft.state, draft.published_at, draft.retired_at = ProfileState.PUBLISHED, now, None
    draft.created_by = draft.created_by or by
    draft.save()
    return before


def _number(draft: Profile) -> int:
    """Its own, under which it was reviewed; the next one only where a later version was in force meanwhile."""
    later = Profile.objects.of(draft.workspace).filter(industry=draft.industry, version__gt=draft.version)
    if draft.pk and not later.exclude(state=ProfileState.DRAFT).exists():
        return draft.version
    return next_version(draft.workspace, draft.industry)


def _replaced(draft: Profile, found: Mapping[str, Profile], seen: int | None, now: datetime) -> Profile | None:
    """The version whose place the draft takes. CannotPublish where it is no draft, or another version was seen."""
    before = found.get(draft.industry)
    if draft.pk and not Profile.objects.filter(pk=draft.pk, state=ProfileState.DRAFT).exists():
        raise CannotPublish(f"{title(draft)} is no draft any more: somebody published or discarded it meanwhile.")
    if seen is not None and seen != (before.version if before else 0):
        raise CannotPublish(_overtaken(before, now))
    return before


def ideal_of(draft: Profile) -> dict[str, Any]:
    """The ideal customer that publishing puts in force: one that somebody set in the draft, else that of today."""
    if not draft.pk or draft.has_own_ideal:
        return dict(draft.ideal)
    return dict(governing(published(draft.workspace), draft.industry).ideal)


def ideal_ahead(draft: Profile) -> dict[str, Any]:
    """The same beside what is on its way into force: whom that looks for is whom the workspace looks for by then."""
    waiting = None if draft.has_own_ideal else awaited(draft.workspace, draft.industry)
    return ideal_of(waiting or draft)


def as_published(profile: Profile) -> Profile:
    """The same version as it is to be shown: a draft with the ideal customer that publishing it would put in force."""
    if profile.state != ProfileState.DRAFT:
        return profile
    shown = copy(profile)
    shown.ideal = ideal_of(profile)
    return shown


def restored(version: Profile, *, by: Any, now: datetime) -> Profile:
    """An earlier version as a new draft, not saved: its weights, cut-offs and averages, with the ideal customer of today.

    Whom the workspace looks for is no setting of the score: nobody loses it because weights go back.
    """
    if version.state != ProfileState.RETIRED:
        raise CannotPublish(f"{title(version)} was never replaced, so there is nothing to roll back to.")
    note = f"Rolled back to version {version.version}"
    draft = drafted(version.workspace, version.industry, weighting_of(version), note=note, by=by, now=now)
    draft.expected, draft.ideal = list(version.expected or EXPECTED), ideal_ahead(draft)
    return draft


@transaction.atomic
def withdraw(profile: Profile, *, now: datetime) -> None:
    """Takes an industry's profile out of force: what stands above it, or the default, scores its leads from now on."""
    before = locked(profile.workspace).get(profile.industry)
    if not profile.industry:
        raise CannotPublish("The default profile cannot be taken out of force: publish another version in its place.")
    if before is None or before.pk != profile.pk:
        raise CannotPublish(f"{title(profile)} is not in force any more.")
    _retire(before, now)


def discard(draft: Profile) -> bool:
    """Throws a draft away; False if it is none any more."""
    return bool(Profile.objects.filter(pk=draft.pk, state=ProfileState.DRAFT).delete()[0])


@transaction.atomic
def save_ideal(workspace: Any, ideal: IdealCustomer, *, by: Any, now: datetime) -> Profile:
    """Publishes a version of the default profile with this ideal customer; the same one again changes nothing.

    Profiles of industries that share the default's ideal customer go on sharing it, by a version of their own.
    """
    found = published(workspace)
    ahead = measured(with_ideal(found, ideal, by, now), found, now=now)
    found = locked(workspace)
    made = with_ideal(found, ideal, by, now)
    for draft, averages in zip(made, ahead.still(made, found, now=now).values, strict=True):
        draft.expected = averages
        publish(draft, by=by, now=now)
    return next((each for each in made if not each.industry), found[""])


def with_ideal(found: Mapping[str, Profile], ideal: IdealCustomer, by: Any, now: datetime) -> list[Profile]:
    """Drafts with this ideal customer of the default profile and of those that share its own; none where it is the same."""
    before, told = IdealCustomer.from_json(found[""].ideal), ideal.to_json()
    sharing = [each for each in found.values() if IdealCustomer.from_json(each.ideal) == before != ideal]
    given = {"note": "Ideal customer changed", "by": by, "now": now, "ideal": told}
    return [drafted(each.workspace, each.industry, weighting_of(each), **given) for each in sharing]


def locked(workspace: Any) -> dict[str, Profile]:
    """The versions in force by industry, read under the workspace's lock: publishing goes one by one, no run beside it."""
    while_publishing(workspace.pk)
    type(workspace).objects.select_for_update(no_key=True).get(pk=workspace.pk)
    return published(workspace)


def _retire(profile: Profile, now: datetime) -> None:
    Profile.objects.filter(pk=profile.pk).update(state=ProfileState.RETIRED, retired_at=now)


def _overtaken(before: Profile | None, now: datetime) -> str:
    if before is None:
        return "This industry's profile was taken out of force meanwhile. Look at what your version does now."
    who = before.created_by.name if before.created_by else "Somebody"
    ago = f" {timesince(before.published_at, now, depth=1)} ago" if before.published_at else ""
    return f"{who} published version {before.version}{ago}. Look at what yours changes now, then publish it."
