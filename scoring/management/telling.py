"""A score receipt for people at a terminal."""

from __future__ import annotations

from scoring.explanation import ScoreReceipt
from scoring.insights.actions import Action


def in_words(name: str, told: ScoreReceipt) -> str:
    """The ten lines, what speaks for and against, what to do next and the cheapest way to a better grade."""
    lines = [
        f"{name}: {told.grade} {told.total}, between {told.low} and {told.high}; "
        f"{len(told.facts_known)} of {told.facts_asked} facts known. Profile {told.profile}."
    ]
    lines += [f"  {told.outdated_words}"] if told.is_outdated else []
    for line in told.lines:
        mark = "assumed" if line.is_assumed else ""
        lines.append(
            f"  {line.label:<20}{line.points:>3} / {line.most:<3} {mark:<8} {line.reason} {line.shortfall}".rstrip()
        )
    lines += [f"  Opportunity: {found.title}. {found.detail}" for found in told.opportunities]
    lines += [f"  Risk: {found.title}. {found.detail}" for found in told.risks]
    lines += [f"  Next: {action.title} ({_promise(action)}). {action.why}" for action in told.actions]
    if told.path:
        steps = "; ".join(step.title for step in told.path.steps)
        lines.append(f"  To {told.path.grade} ({told.path.total}) for {told.path.price} credits: {steps}.")
    return "\n".join(lines)


def _promise(action: Action) -> str:
    return f"{action.gain:+d}" if action.is_offered else "not offered here"
