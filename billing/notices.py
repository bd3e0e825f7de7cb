"""Where a person is told of what: the defaults, and what they chose otherwise. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from billing.models.notification import NotificationKind

Kept = Mapping[str, Mapping[str, bool]]


@dataclass(frozen=True, slots=True)
class Ways:
    """In the bell, and by e-mail."""

    bell: bool = True
    mail: bool = False


DEFAULTS: Mapping[str, Ways] = {
    NotificationKind.RUN_FINISHED: Ways(),
    NotificationKind.RUN_STOPPED: Ways(),
    NotificationKind.RUN_FAILED: Ways(mail=True),
    NotificationKind.SCHEDULE_BLOCKED: Ways(mail=True),
    NotificationKind.NEW_MATCHES: Ways(),
    NotificationKind.CREDITS_LOW: Ways(mail=True),
}
FOR_MANAGERS = frozenset({NotificationKind.CREDITS_LOW})


def ways(kept: Kept, kind: str) -> Ways:
    """How a person is told of a kind.

    >>> ways({"run_failed": {"mail": False}}, "run_failed")
    Ways(bell=True, mail=False)
    """
    default, chosen = DEFAULTS[kind], kept.get(kind, {})
    return Ways(bell=chosen.get("bell", default.bell), mail=chosen.get("mail", default.mail))


def choose(kept: Kept, kind: str, wanted: Ways) -> dict[str, dict[str, bool]]:
    """What is kept after a choice: only what differs from the defaults, so that new defaults reach everybody else.

    >>> choose({}, "run_finished", Ways(bell=True, mail=True))
    {'run_finished': {'mail': True}}
    >>> choose({"run_finished": {"mail": True}}, "run_finished", Ways())
    {}
    """
    default = DEFAULTS[kind]
    other = {way: getattr(wanted, way) for way in ("bell", "mail") if getattr(wanted, way) != getattr(default, way)}
    rest = {each: dict(chosen) for each, chosen in kept.items() if each != kind}
    return rest | ({str(kind): other} if other else {})


def kinds_of(*, is_manager: bool) -> tuple[NotificationKind, ...]:
    """The kinds that a member can be told of."""
    return tuple(kind for kind in NotificationKind if is_manager or kind not in FOR_MANAGERS)
