"""The sources that are installed, by name, in the order in which people see them."""

from leads.conflicts import PERSON
from leads.models import IMPORTED
from leads.sources.base import Source
from leads.sources.company_registries.companies_house import CompaniesHouse
from leads.sources.company_registries.gleif import Gleif
from leads.sources.company_registries.sec_edgar import SecEdgar
from leads.sources.company_registries.wikidata import Wikidata
from leads.sources.connector import Connector
from leads.sources.directory import DirectorySource
from leads.sources.email_providers.apollo import Apollo
from leads.sources.email_providers.hunter import Hunter
from leads.sources.email_providers.people_data_labs import PeopleDataLabs
from leads.sources.file import Connections, FileSource, SalesNavigator
from leads.sources.social.bluesky import Bluesky
from leads.sources.social.github import GitHub
from leads.sources.social.linkedin import LinkedIn
from leads.sources.social.mastodon import Mastodon
from leads.sources.social.x import X

SOURCES: dict[str, Source] = {
    source.name: source
    for source in (
        DirectorySource(),
        FileSource(),
        Connections(),
        SalesNavigator(),
        CompaniesHouse(),
        Gleif(),
        SecEdgar(),
        Wikidata(),
        Hunter(),
        Apollo(),
        PeopleDataLabs(),
        GitHub(),
        Bluesky(),
        Mastodon(),
        X(),
        LinkedIn(),
    )
}


class UnknownSource(LookupError):
    """A name under which no source is installed."""

    def __init__(self, name: str) -> None:
        super().__init__(f'There is no source "{name}". Installed are: {", ".join(SOURCES)}.')


def get(name: str) -> Source:
    """The source of that name."""
    if name not in SOURCES:
        raise UnknownSource(name)
    return SOURCES[name]


def title(name: str) -> str:
    """How people read a source: its title, or what stands for one that is not installed (any more): its name."""
    if name == PERSON:
        return "Chosen by one of you"
    if name == IMPORTED:
        return "Your import"
    return SOURCES[name].title if name in SOURCES else name.replace("_", " ").capitalize()


def connectors() -> dict[str, Connector]:
    """The installed sources on the network."""
    return {name: source for name, source in SOURCES.items() if isinstance(source, Connector)}


def by_provider() -> dict[str, Connector]:
    """One connector of each provider, by the provider's name: whoever tests a key needs no more."""
    found: dict[str, Connector] = {}
    for each in connectors().values():
        found.setdefault(each.provider, each)
    return found
