"""What the panel of a lead's e-mail address shows: the verdict that stands on the lead, and how it was come by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from enrichment.deciding import is_left_open, is_undecided
from enrichment.known_verdicts import end_of
from enrichment.models import EmailCheck
from enrichment.opinion_words import opinions
from enrichment.verdict import EmailVerdict, Reason
from enrichment.wording import CUT_OFF, FLAGS, PROVIDERS, sentence, yes_no
from leads.models import EmailStatus, Lead

MOST_LINES, LONGEST = 4, 120
LOOKS = {
    EmailStatus.DELIVERABLE: ("mail-check", "good"),
    EmailStatus.RISKY: ("mail-warning", "warn"),
    EmailStatus.UNKNOWN: ("mail-question-mark", "quiet"),
    EmailStatus.UNCHECKED: ("mail", "quiet"),
    EmailStatus.UNDELIVERABLE: ("mail-x", "bad"),
}
ELSEWHERE = {"reported_bounced": "Somebody reported that mail to it bounced."}


@dataclass(frozen=True, slots=True)
class EmailPanel:
    """`facts` are label and words; `lines` what we said and what was answered, shortened."""

    label: str
    icon: str
    tone: str
    reason: str
    checked_at: datetime | None = None
    flags: tuple[str, ...] = ()
    suggestion: str = ""
    cut_off: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    lines: tuple[tuple[str, str], ...] = ()
    good_until: datetime | None = None


def email_panel(
    lead: Lead,
    check: EmailCheck | None,
    *,
    suggestion: str = "",
    is_cut_off: bool = False,
    newest_key: datetime | None = None,
    now: datetime,
) -> EmailPanel:
    """`check` is the last verification of the lead's address, `suggestion` a likelier spelling of it. `is_cut_off`: no
    name can be looked up from here now.

    `newest_key`: since when a provider may be asked about what we could not decide.
    """
    status = lead.email_verdict
    icon, tone = LOOKS[status]
    flags = tuple(FLAGS.get(flag, flag.replace("_", " ").capitalize()) for flag in lead.email_flags.split(",") if flag)
    verdict = check.found if check else None
    checked_at = None if status == EmailStatus.UNCHECKED else lead.email_checked_at
    cut_off = _cut_off(verdict.reason if verdict else lead.email_reason, is_cut_off)
    more = _of_verdict(verdict, newest_key, now) if verdict else {}
    return EmailPanel(status.label, icon, tone, _reason(lead), checked_at, flags, suggestion, cut_off, **more)


def _reason(lead: Lead) -> str:
    """Why the status is what it is; of an address that a source gave and that could not be kept, why not."""
    if lead.email:
        return ELSEWHERE.get(lead.email_reason) or sentence(lead.email_reason or "not_checked")
    return f"An address that a source gave was left out. {sentence(lead.email_reason)}" if lead.email_reason else ""


def _cut_off(reason: str, is_cut_off: bool) -> str:
    """What keeps this machine from verdicts; that one name did not answer in time is no sign of it."""
    if reason == Reason.DNS_TIMEOUT and not is_cut_off:
        return ""
    return CUT_OFF[Reason(reason)] if reason in CUT_OFF else ""


def _of_verdict(verdict: EmailVerdict, newest_key: datetime | None, now: datetime) -> dict[str, Any]:
    at = verdict.checked_at
    has_new_key = bool(newest_key and at and at < newest_key and is_undecided(verdict))
    end = None if has_new_key or is_left_open(verdict) else end_of(verdict)
    return {
        "facts": tuple(_facts(verdict)),
        "lines": tuple(_lines(verdict.evidence.get("smtp") or ())),
        "good_until": end if end and end > now else None,
    }


def _facts(verdict: EmailVerdict) -> Sequence[tuple[str, str]]:
    dns = verdict.evidence.get("dns") or {}
    hosts = [str(each["host"]) for each in dns.get("mx") or ()]
    provider = (verdict.evidence.get("provider") or {}).get("name", "")
    return [
        ("Mail servers", ", ".join(hosts[:3]) or ("None, says the domain" if dns.get("null_mx") else "None found")),
        ("Provider", PROVIDERS.get(provider, provider.capitalize()) or "Not known"),
        ("Takes any address", yes_no(verdict.catch_all)),
        ("SPF and DMARC", _posture(dns)),
        ("Mail arrives", f"{verdict.score} of 100" if verdict.score is not None else "Not known"),
        ("Confidence", f"{verdict.confidence:.0%}"),
        *opinions(verdict.evidence.get("external") or ()),
    ]


def _posture(dns: Mapping[str, Any]) -> str:
    spf, dmarc = dns.get("spf") or {}, dns.get("dmarc") or {}
    told = "SPF valid" if spf.get("valid") else "SPF not valid" if spf.get("raw") else "no SPF"
    return f"{told}, {'DMARC ' + dmarc['policy'] if dmarc.get('policy') else 'no DMARC'}"


def _lines(sessions: Sequence[Mapping[str, Any]]) -> Sequence[tuple[str, str]]:
    """The last session's last lines."""
    transcript = sessions[-1].get("transcript", ()) if sessions else ()
    return [
        (_short(line["cmd"] or "(connected)"), _short(f"{line['code']} {line['enhanced']} {line['text']}"))
        for line in list(transcript)[-MOST_LINES:]
    ]


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"
