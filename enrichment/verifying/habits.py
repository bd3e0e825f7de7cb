"""What is known of an exchanger that may take any recipient, and what the answer to one that nobody has proves of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from enrichment.checks.replies import ReplyClass
from enrichment.verdict import Reason
from enrichment.verifying.judging import MISSING, TAKEN, reason_of
from enrichment.verifying.providers import OTHER, group_of
from enrichment.verifying.replying import Reply

CATCH_ALL_SECONDS = 7 * 86_400  # how long a domain's habit is believed
PROBE_RULE = 5  # raised whenever probes are made or judged anew: a habit learned by an older rule is not believed
MOST_PROBES = 2  # of an exchanger, before somebody is sent home


@dataclass(eq=False)
class CatchAll:
    """Whether an exchanger takes any recipient of a domain: True, False, or None for not known; `reason` why the last
    probe said nothing. Of a domain's other exchangers it says nothing: a backup takes anybody that it does not know.
    """

    is_known: bool = False
    value: bool | None = None
    probe: str = ""
    code: int = 0
    at: datetime | None = None
    reason: Reason | None = None
    is_asked_now: bool = False
    tries: int = 0
    place: str = ""

    @property
    def is_wanted(self) -> bool:
        """Worth a probe, as soon as the exchanger has accepted somebody."""
        return not self.is_known and not self.is_asked_now and self.tries < MOST_PROBES

    @property
    def is_open(self) -> bool:
        """An answer to the probe is still to be had now; whom greylisting puts off comes back himself."""
        return not self.is_known and self.reason is not Reason.GREYLISTED and (self.is_asked_now or self.is_wanted)

    def forget(self) -> None:
        """What the probe brought counts for nothing."""
        self.is_known, self.value, self.code, self.reason = False, None, 0, Reason.DISCONNECTED

    def evidence(self) -> dict[str, Any]:
        return {
            "value": self.value,
            "exchanger": self.place,
            "probe": self.probe,
            "code": self.code,
            "at": self.at.isoformat() if self.at else None,
            "ttl": CATCH_ALL_SECONDS,
        }


def place_of(host: str, address: str) -> str:
    """What has a habit of its own: each address, but a provider's host has many that are alike."""
    return address if group_of([host])[0] == OTHER else host


def judge_probe(catch_all: CatchAll, reply: Reply, kind: ReplyClass) -> None:
    """Accepted, or the mailbox only full: the domain takes anybody. Refused for good as a mailbox that is not there: it
    knows its own.

    Anything else says nothing: "550 5.1.1 User unknown" -> False; "550 5.7.1 Relay denied", "451 Later" and a bare
    "550" -> not known, and the address that was accepted is no deliverable one by that.
    """
    reason = None if kind is ReplyClass.ACCEPTED else reason_of(kind)
    if kind in TAKEN:
        catch_all.value, catch_all.is_known = True, True
    elif not reply.is_temporary and reason in MISSING:
        catch_all.value, catch_all.is_known = False, True
    catch_all.reason = None if catch_all.is_known else reason
