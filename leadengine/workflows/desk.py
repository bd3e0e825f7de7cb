"""What the quotes of one request stand on, each thing read once however many quotes are made."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from billing.pricing import PriceList, prices
from leadengine.workflows.asking import is_sandboxed
from leadengine.workflows.briefs import Brief
from leads.criteria import Criteria
from leads.models import SourceFile
from leads.providers.glance import glance
from leads.providers.keys import Health
from leads.sources import registry
from leads.sources.base import SearchRequest
from leads.sources.connector import Connector
from scoring.ideal import IdealCustomer
from scoring.models import Profile
from scoring.ordering import worth_of
from scoring.profiles import published, weights_of
from scoring.rules import Rules, rules_for


@dataclass(frozen=True)
class Desk:
    """Made for one request and thrown away with it.

    `files` are files of the workspace that are at hand already; `looked_up` is where what was read is kept.
    """

    workspace: Any
    now: datetime
    files: tuple[SourceFile, ...] = ()
    looked_up: dict[Any, Any] = field(default_factory=dict)

    @cached_property
    def profiles(self) -> dict[str, Profile]:
        """Those in force by industry; the default under ""."""
        return published(self.workspace)

    @property
    def profile(self) -> Profile:
        return self.profiles[""]

    @cached_property
    def prices(self) -> PriceList:
        return prices(self.now)

    def ideal(self, criteria: Criteria) -> IdealCustomer:
        return ideal_of(self.profile, criteria)

    def rules(self, criteria: Criteria) -> Rules:
        """What a run by these criteria would be scored by."""
        kept, key = self.looked_up, ("rules", str(criteria.to_json()))
        if key not in kept:
            kept[key] = rules_for(self.profiles, criteria)
        found: Rules = kept[key]
        return found

    @cached_property
    def providers(self) -> dict[str, Health]:
        """How the providers on the network fare for the workspace, by the provider's name."""
        return glance(self.workspace.pk, registry.by_provider(), in_sandbox=self.is_sandboxed)

    @property
    def is_sandboxed(self) -> bool:
        return is_sandboxed(self.workspace)

    def problems(self, brief: Brief) -> tuple[str, ...]:
        found = brief.problems(self.workspace.pk, files=self.files)
        return found or tuple(filter(None, map(self._without_key, brief.sources)))

    def _without_key(self, name: str) -> str:
        source = registry.get(name)
        if not isinstance(source, Connector) or not source.needs_key or self.is_sandboxed:
            return ""
        if self.providers[source.provider].key:
            return ""
        return f"{source.title} needs a key: a manager enters it under Settings, Sources. Or leave that source out."

    def request(self, brief: Brief) -> SearchRequest:
        """What the sources are asked."""
        ideal = self.ideal(brief.criteria)
        return SearchRequest(
            criteria=brief.criteria,
            workspace_id=self.workspace.pk,
            new_only=brief.new_only,
            now=self.now,
            file_id=brief.file_id,
            wishes=ideal.as_criteria(),
            worth=worth_of(ideal, brief.criteria, weights_of(self.profile)),
            includes_samples=self.workspace.is_sample,
            is_sandboxed=self.is_sandboxed,
            files=self.files,
            looked_up=self.looked_up,
        )


def ideal_of(profile: Profile, criteria: Criteria) -> IdealCustomer:
    """The workspace's ideal customer; a run's criteria fill only what it leaves open."""
    return IdealCustomer.from_json(profile.ideal).filled_by(criteria)
