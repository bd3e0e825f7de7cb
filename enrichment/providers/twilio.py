"""Twilio Lookup v2: whether a number is one, free of charge; its carrier and kind of line as a paid package, when asked for."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, ClassVar
from urllib.parse import quote

from enrichment.providers.contract import Checker
from enrichment.verdict import PhoneType
from leadengine.gating import Limit
from leadengine.http import Unanswered
from leadengine.outcomes import Dialect, Outcome, own_words
from leads.sources.connector import KeyTest, text
from leads.sources.door import Door

LINE = "line_type_intelligence"
TYPES: dict[str, PhoneType] = {
    "mobile": "mobile",
    "landline": "fixed",
    "fixedVoip": "voip",
    "nonFixedVoip": "voip",
    "tollFree": "toll_free",
    "personal": "personal",
    "premium": "premium",
    "sharedCost": "shared_cost",
    "uan": "uan",
    "voicemail": "voicemail",
    "pager": "pager",
}
NOBODYS = "+15005550006"  # asked about to test a key: the basic question is free


@dataclass(frozen=True, slots=True, kw_only=True)
class LineReport:
    """What it says of a number. `has_line`: the paid package was answered, so that type and carrier are told."""

    valid: bool
    country: str = ""
    errors: tuple[str, ...] = ()
    has_line: bool = False
    type: PhoneType = "unknown"
    said: str = ""
    carrier: str = ""
    network: str = ""

    def to_json(self) -> dict[str, Any]:
        return asdict(self) | {"errors": list(self.errors)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> LineReport:
        return cls(**{**data, "errors": tuple(data["errors"])})


class Twilio(Checker):
    """The key is an Account SID and its Auth Token, with a colon between them."""

    provider: ClassVar[str] = "twilio"
    title: ClassVar[str] = "Twilio Lookup"
    kind: ClassVar[str] = "phone_lookup"
    base_url = "https://lookups.twilio.com"
    key_page: ClassVar[str] = "https://console.twilio.com"
    key_hint: ClassVar[str] = "Account SID and Auth Token with a colon between: AC…:…"
    limits: ClassVar[tuple[Limit, ...]] = (Limit(10, 1.0),)
    dialect: ClassVar[Dialect] = Dialect(said=lambda data: own_words(data, "message"))
    cost: ClassVar[str] = "Free for the number itself; carrier and kind of line at Twilio's price, only when asked for"
    reach: ClassVar[str] = "Whether a phone number exists, and its carrier and kind of line"

    def credentials(self, key: str) -> dict[str, str]:
        return {"Authorization": f"Basic {base64.b64encode(key.encode()).decode()}"}

    def ask(self, door: Door, e164: str, *, with_line: bool) -> LineReport:
        """`with_line`: the paid package, too. Raises Unanswered."""
        path, fields = f"/v2/PhoneNumbers/{quote(e164, safe='')}", LINE if with_line else ""
        answer = door.get(path, {"Fields": fields}, is_repeatable=not with_line, hidden=(e164, e164.lstrip("+")))
        if not answer.is_match:
            return LineReport(valid=False, errors=("NOT_A_NUMBER",))
        return report_of(answer.data)

    def ask_test(self, door: Door) -> KeyTest:
        self.ask(door, NOBODYS, with_line=False)
        return KeyTest("It works; Twilio bills carrier and line type in money, this test was free")


def report_of(data: Any) -> LineReport:
    """Its answer in our terms; a package that failed by itself tells nothing.

    >>> report_of({"valid": True, "line_type_intelligence": {"type": "fixedVoip", "error_code": None}}).type
    'voip'
    """
    if not isinstance(data.get("valid"), bool):
        raise Unanswered(Outcome.GARBLED, "Twilio Lookup sent an answer that could not be read.")
    line = data.get(LINE) or {}
    has_line = bool(line) and not line.get("error_code")
    codes = [text(line.get(f"mobile_{name}_code")) for name in ("country", "network")] if has_line else []
    return LineReport(
        valid=data["valid"],
        country=text(data.get("country_code")),
        errors=tuple(map(text, data.get("validation_errors") or ())),
        has_line=has_line,
        type=TYPES.get(text(line.get("type")), "unknown") if has_line else "unknown",
        said=text(line.get("type"))[:20] if has_line else "",
        carrier=text(line.get("carrier_name"))[:120] if has_line else "",
        network="-".join(filter(None, codes)),
    )
