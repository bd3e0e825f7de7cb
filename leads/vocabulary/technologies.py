"""Technologies that companies use: our names and categories; a name that we do not list is taken as written."""

from collections.abc import Iterable
from functools import lru_cache

from leads.names import fold
from leads.vocabulary.files import read_rows

CATEGORIES: dict[str, tuple[str, ...]] = {
    row["category"]: tuple(row["names"].split("|")) for row in read_rows("technologies.csv")
}
ALIASES = {
    "aws": "Amazon Web Services",
    "azure": "Microsoft Azure",
    "gcp": "Google Cloud",
    "google cloud platform": "Google Cloud",
    "office 365": "Microsoft 365",
    "o365": "Microsoft 365",
    "g suite": "Google Workspace",
    "gsuite": "Google Workspace",
    "ga": "Google Analytics",
    "postgres": "PostgreSQL",
    "k8s": "Kubernetes",
    "netsuite": "Oracle NetSuite",
    "jira": "Atlassian Jira",
    "dynamics 365": "Microsoft Dynamics 365",
    "vue": "Vue.js",
    "node": "Node.js",
    "nodejs": "Node.js",
    "rails": "Ruby on Rails",
    "salesforce.com": "Salesforce",
    "amazon aws": "Amazon Web Services",
}


@lru_cache(maxsize=16_384)
def canonical(name: str) -> str:
    """Our spelling ("aws" -> "Amazon Web Services"); a technology that we do not list as it is written."""
    return _by_key().get(fold(name), " ".join(name.split()))


def key(name: str) -> str:
    """What two spellings of one technology share."""
    return fold(canonical(name))


def listed(text: str) -> list[str]:
    """The names in a text that lists them: "Oracle, SAP" is ["Oracle", "SAP"]."""
    return [name for name in text.split(", ") if name]


def unlisted(names: Iterable[str], known: Iterable[str]) -> list[str]:
    """Those that are not among the known ones, however either is spelled."""
    keys = {key(name) for name in known}
    return [name for name in names if key(name) not in keys]


def category(name: str) -> str:
    """The category of a listed technology; "" for others."""
    known = canonical(name)
    return next((code for code, names in CATEGORIES.items() if known in names), "")


@lru_cache(maxsize=1)
def _by_key() -> dict[str, str]:
    return ALIASES | {fold(name): name for names in CATEGORIES.values() for name in names}
