"""The sources that are installed, by name, in the order in which people see them."""

from leads.sources.base import Source
from leads.sources.directory import DirectorySource
from leads.sources.file import FileSource

SOURCES: dict[str, Source] = {source.name: source for source in (DirectorySource(), FileSource())}


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
    return SOURCES[name].title if name in SOURCES else name.replace("_", " ").capitalize()
