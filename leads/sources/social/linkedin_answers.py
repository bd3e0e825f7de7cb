"""A response to a lead form of LinkedIn as a candidate: its answers joined to the form's questions, and its consent. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from leads.candidate import CONSENT, Candidate, CompanyFacts
from leads.sources.connector import text, whole
from leads.vocabulary import places

# LinkedIn's name of a question that it fills in itself -> ours. The address at work comes before the private one.
FIELDS = {
    "FIRST_NAME": "first_name",
    "LAST_NAME": "last_name",
    "WORK_EMAIL": "email",
    "EMAIL": "email",
    "JOB_TITLE": "title",
    "WORK_PHONE_NUMBER": "phone",
    "PHONE_NUMBER": "phone",
    "CITY": "city",
    "COUNTRY": "country",
    "COMPANY_NAME": "company",
    "LINKEDIN_PROFILE_LINK": "linkedin_url",
}
Questions = Mapping[int, str]


def candidate_of(source: str, response: Mapping[str, Any], questions: Questions) -> Candidate:
    """Raises KeyError, TypeError or ValueError for a response that has not the form it should have."""
    said = _answers(response, questions)
    submitted = datetime.fromtimestamp(int(response["submittedAt"]) / 1000, UTC)
    return Candidate(
        source=source,
        record_id=text(response["id"]),
        first_name=said["first_name"],
        last_name=said["last_name"],
        title=said["title"],
        email=said["email"],
        phone=said["phone"],
        linkedin_url=said["linkedin_url"],
        city=said["city"],
        country=places.country_code(said["country"]) if said["country"] else "",
        company=CompanyFacts(name=said["company"]),
        evidence_url=f"https://www.linkedin.com/campaignmanager/accounts/{_number(response['owner']['sponsoredAccount'])}",
        observed_at=submitted,
        confidence=0.95,
        extra=(
            ("linkedin_form", text(response.get("versionedLeadGenFormUrn"))),
            (CONSENT, _consent(response, submitted)),
        ),
    )


def _answers(response: Mapping[str, Any], questions: Questions) -> dict[str, str]:
    """What was answered in text, by our names of the fields."""
    named = {}
    for each in response["formResponse"]["answers"]:
        told = each.get("answerDetails", {}).get("textQuestionAnswer", {}).get("answer")
        named[questions.get(whole(each.get("questionId")), "")] = text(told)
    found: dict[str, str] = {}
    for theirs, ours in FIELDS.items():
        found.setdefault(ours, "")
        found[ours] = found[ours] or named.get(theirs, "")
    return found


def _consent(response: Mapping[str, Any], at: datetime) -> str:
    """ "given on 2026-03-12", "refused on ..." where one of several was, "none asked" for a form without any."""
    asked = response["formResponse"].get("consentResponses") or []
    if not asked:
        return f"sent in on {at:%Y-%m-%d}; the form asks for no consent"
    return f"{'given' if all(each.get('accepted') for each in asked) else 'refused'} on {at:%Y-%m-%d}"


def _number(urn: str) -> str:
    return urn.rpartition(":")[2]
