"""A company's profiles that can truly be known: its Bluesky handle by its own DNS, the others as Wikidata has them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from enrichment.checks.domain import Inspection
from leads.sources.answers import readable
from leads.sources.company_registries import wikidata_terms as terms
from leads.sources.company_registries.wikidata import Wikidata
from leads.sources.door import open_door

WIKIDATA_SURE = 0.7
PAGES = {
    "bluesky": "https://bsky.app/profile/{}",
    "linkedin_url": "https://www.linkedin.com/company/{}",
    "x": "https://x.com/{}",
    "github": "https://github.com/{}",
}
FIELDS = {terms.LINKEDIN: "linkedin_url", terms.X_ACCOUNT: "x", terms.GITHUB_ACCOUNT: "github"}


@dataclass(frozen=True, slots=True)
class Profile:
    """One account of a company; `url` is where it was read, `page` the account itself."""

    field: str
    handle: str
    source: str
    url: str
    confidence: float

    @property
    def page(self) -> str:
        return PAGES[self.field].format(self.handle)


def bluesky_of(found: Inspection | None) -> list[Profile]:
    """Who may write into the domain's DNS has said that the handle is theirs: that is proof."""
    if found is None or not found.bluesky:
        return []
    handle = found.bluesky["handle"]
    return [Profile("bluesky", handle, "dns", f"https://bsky.app/profile/{handle}", 1.0)]


def ask_wikidata(domain: str, *, workspace_id: int, in_sandbox: bool) -> list[Profile]:
    """The accounts of the one company whose site is at the domain; of several nobody can say which. Raises Unanswered."""
    source = Wikidata()
    with readable(source.title):
        companies = source.at_site(open_door(source, workspace_id, in_sandbox=in_sandbox), domain)
    return _profiles(companies) if len(companies) == 1 else []


def _profiles(companies: Sequence[terms.Company]) -> list[Profile]:
    company = companies[0]
    page = f"https://www.wikidata.org/wiki/{company.item}"
    handles = {field: company.values(fact) for fact, field in FIELDS.items()}
    return [
        Profile(field, values[0][:120], Wikidata.name, page, WIKIDATA_SURE)
        for field, values in handles.items()
        if values
    ]
