"""Evidence that two companies are one; for two people, that they have one employer, counted once and capped."""

from rapidfuzz.distance import Indel

from leads.matching import weights
from leads.matching.evidence import EvidenceLine
from leads.matching.profile import FirmProfile, Profile


def evidence(a: FirmProfile, b: FirmProfile) -> list[EvidenceLine]:
    """For two records of companies. A subsidiary shares domain and a part of the name, not the country: for review."""
    lines = [*_registry(a, b), *_domain(a, b), *_name(a, b), *_whereabouts(a, b)]
    return [line for line in lines if line.bits]


def conflict(a: FirmProfile, b: FirmProfile) -> bool:
    """True if registry numbers of one kind, or the domains where no number is shared, are different."""
    if a.registry & b.registry:
        return False
    kinds = {kind for kind, _ in a.registry} & {kind for kind, _ in b.registry}
    return bool(kinds) or bool(a.domains and b.domains and not a.domains & b.domains)


def employer(a: Profile, b: Profile) -> list[EvidenceLine]:
    """At most one line: the strongest sign of one employer, or of different ones. Less in a large company."""
    found = _employer(a.firm, b.firm)
    if found is None:
        return []
    employees = max(a.firm.employees, b.firm.employees)
    is_large = found.bits > 0 and employees >= weights.LARGE_COMPANY
    share = weights.LARGE_COMPANY_SHARE if is_large else 1.0
    text = f"{found.text}, a large one" if is_large else found.text
    return [EvidenceLine(text, round(min(found.bits, weights.COMPANY_CAP) * share, 2))]


def _employer(a: FirmProfile, b: FirmProfile) -> EvidenceLine | None:
    if shared := sorted(a.domains & b.domains):
        return EvidenceLine(f"same company ({shared[0]})", weights.COMPANY_SAME)
    if (a.slug and a.slug == b.slug) or a.registry & b.registry or a.phones & b.phones:
        return EvidenceLine("same company", weights.COMPANY_SAME)
    are_apart = bool(a.domains and b.domains)  # none is shared, see above
    if a.words and "".join(a.words) == "".join(b.words):
        bits = weights.COMPANY_NAME_OTHER_DOMAIN if are_apart else weights.COMPANY_NAME
        return EvidenceLine(f"same company name {min(a.name, b.name).title()}", bits)
    if not (a.words and b.words):
        return None
    if _is_near(a, b) or _is_contained(a, b):
        bits = weights.COMPANY_NAME_NEAR_OTHER_DOMAIN if are_apart else weights.COMPANY_NAME_NEAR
        return EvidenceLine("similar company names", bits)
    return EvidenceLine("different companies", weights.COMPANY_OTHER)


def _registry(a: FirmProfile, b: FirmProfile) -> list[EvidenceLine]:
    if shared := sorted(a.registry & b.registry):
        return [EvidenceLine(f"same {shared[0][0]} number", weights.FIRM_REGISTRY)]
    kinds = {kind for kind, _ in a.registry} & {kind for kind, _ in b.registry}
    return [EvidenceLine(f"different {min(kinds)} numbers", weights.FIRM_OTHER_REGISTRY)] if kinds else []


def _domain(a: FirmProfile, b: FirmProfile) -> list[EvidenceLine]:
    lines = []
    if a.domains and b.domains:
        shared = sorted(a.domains & b.domains)
        text = f"same domain {shared[0]}" if shared else "different domains"
        lines.append(EvidenceLine(text, weights.FIRM_DOMAIN if shared else weights.FIRM_OTHER_DOMAIN))
    if a.slug and a.slug == b.slug:
        lines.append(EvidenceLine("same LinkedIn page", weights.FIRM_SLUG))
    return lines


def _name(a: FirmProfile, b: FirmProfile) -> list[EvidenceLine]:
    if not (a.words and b.words):
        return []
    if "".join(a.words) == "".join(b.words):
        return [EvidenceLine(f"same name {min(a.name, b.name).title()}", weights.FIRM_NAME)]
    if _is_near(a, b):
        return [EvidenceLine("similar names", weights.FIRM_NAME_NEAR)]
    if _is_contained(a, b):
        return [EvidenceLine("one name is part of the other", weights.FIRM_NAME_CONTAINED)]
    return [EvidenceLine("different names", weights.FIRM_OTHER_NAME)]


def _whereabouts(a: FirmProfile, b: FirmProfile) -> list[EvidenceLine]:
    lines = []
    if a.country and b.country:
        same = a.country == b.country
        text = "same country" if same else "different countries"
        lines.append(EvidenceLine(text, weights.FIRM_COUNTRY if same else weights.FIRM_OTHER_COUNTRY))
    if a.city and a.city == b.city:
        lines.append(EvidenceLine("same city", weights.FIRM_CITY))
    if a.phones & b.phones:
        lines.append(EvidenceLine("same phone number", weights.FIRM_PHONE))
    return lines


def _is_near(a: FirmProfile, b: FirmProfile) -> bool:
    """The same words in another order, or with a slip in one of them."""
    if _numbers(a) != _numbers(b):
        return False
    spelled = (" ".join(sorted(a.words)), " ".join(sorted(b.words)))
    return Indel.normalized_similarity(*spelled) >= weights.NEAR_COMPANY


def _is_contained(a: FirmProfile, b: FirmProfile) -> bool:
    """ "acme" and "acme robotics": one starts with the other."""
    short, long = sorted((a.words, b.words), key=lambda words: (len(words), words))
    return _numbers(a) == _numbers(b) and long[: len(short)] == short and len(short[0]) > 2


def _numbers(firm: FirmProfile) -> set[str]:
    """Numbers in a name are never a slip: "Fund 1" and "Fund 2" are two."""
    return {word for word in firm.words if any(character.isdigit() for character in word)}
