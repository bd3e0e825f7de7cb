"""What engagement and engagement history lack: answers, mostly, or recent ones."""

from __future__ import annotations

from scoring.case import Case
from scoring.factors.engagement import ANSWERS, ATTEMPTS, HALF_LIFE, PATIENCE, REFUSALS, WINDOW, is_silent

FEW = 10  # attempts from which the rate speaks for itself, more or less
FRESH = 1.0  # days since an answer that count as today


def engagement(case: Case) -> list[str]:
    if case.age(*REFUSALS) <= WINDOW:
        return ["they said no"]
    if is_silent(case.facts)[0]:
        return [f"no answer, click or visit has come back for {PATIENCE:.0f} days or more"]
    return [f"answers, visits and meetings would fill it, and each counts half after {HALF_LIFE:.0f} days"]


def engagement_history(case: Case) -> list[str]:
    if case.touches("opt_out") or case.facts.is_barred[0]:
        return ["they do not want to be contacted"]
    answers, attempts = len(case.touches(*ANSWERS)), len(case.touches(*ATTEMPTS))
    told = ["the last deal was lost"] * (case.facts.outcomes[0] == "lost")
    if not answers:
        told.append("no answer so far")
    elif answers < attempts:
        told.append("not every attempt was answered")
    if answers and case.age(*ANSWERS) > FRESH:
        told.append(f"the last answer is {case.age(*ANSWERS):.0f} days old")
    if max(answers, attempts) < FEW:
        told.append("few contacts prove little yet")
    return told or ["no rate of answers counts as certain"]
