"""What somebody has to say in buying: the job title."""

from __future__ import annotations

from math import nan

from leads.vocabulary.titles import parse, title_matches
from scoring.columns import Floats, LeadFacts, Position
from scoring.ideal import IdealCustomer
from scoring.rulebook import ScoringProfile

# Decision authority by seniority: who may sign, who is heard, who is asked. Our own judgement; a later outcome model
# corrects it.
AUTHORITY = {
    "c_level": 1.0,
    "owner": 1.0,
    "founder": 1.0,
    "partner": 0.9,
    "vp": 0.9,
    "director": 0.8,
    "manager": 0.6,
    "senior": 0.35,
    "entry": 0.15,
}
HEADS = frozenset({"owner", "founder"})  # their word counts in every department, as that of the executives does
OTHER_DEPARTMENT = 0.45
UNKNOWN_DEPARTMENT = 0.7
OVERRULING = 0.85  # the word of the heads of the company, outside the buying department
SOUGHT = 0.7  # the least authority of a seniority that was asked for
NOT_SOUGHT = 0.6  # the share that counts of one that was not
EXACT_TITLE = 0.95


def job_title(facts: LeadFacts, rulebook: ScoringProfile) -> Floats:
    """Decision authority: seniority times department against the buying roles.

    Authority by AUTHORITY; a seniority that is sought counts at least 0.7, `0.7 + 0.3 * authority`, another 0.6 of its
    authority. In the buying department 1, unknown 0.7, another 0.45 (0.85 for the heads of the company). A title
    that was asked for counts at least 0.95. Unknown without a title that was asked for or says either. Worked
    example: a manager (0.6) in another department (0.45) where nothing is said of seniority: 0.27.
    """
    return facts.positions.map(lambda position: authority(position, rulebook.ideal))


def authority(position: Position, ideal: IdealCustomer) -> float:
    is_wanted = any(title_matches(wanted, position.title) for wanted in ideal.titles)
    if not position.seniority and not position.department:
        return EXACT_TITLE if is_wanted else nan
    value = level_share(position.seniority, ideal) * department_share(position, ideal)
    return max(value, EXACT_TITLE) if is_wanted else value


def level_share(seniority: str, ideal: IdealCustomer) -> float:
    authority = AUTHORITY.get(seniority, AUTHORITY["senior"])
    if not ideal.seniorities:
        return authority
    return SOUGHT + (1 - SOUGHT) * authority if seniority in ideal.seniorities else NOT_SOUGHT * authority


def department_share(position: Position, ideal: IdealCustomer) -> float:
    buying = ideal.departments or tuple(parse(title).department for title in ideal.titles)
    if not any(buying) or position.department in buying:
        return 1.0
    if position.seniority in HEADS or position.department == "executive":
        return OVERRULING
    return OTHER_DEPARTMENT if position.department else UNKNOWN_DEPARTMENT
