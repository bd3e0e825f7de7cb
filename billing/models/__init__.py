"""Workspaces, their people, their credits, and the audit of what was done with both."""

from billing.models.audit import AuditEvent
from billing.models.ledger import CreditAccount, CreditEntry, EntryKind, Hold, HoldPurpose
from billing.models.price import Price, PriceKind
from billing.models.workspace import Invitation, Membership, Role, User, Workspace

__all__ = [
    "AuditEvent",
    "CreditAccount",
    "CreditEntry",
    "EntryKind",
    "Hold",
    "HoldPurpose",
    "Invitation",
    "Membership",
    "Price",
    "PriceKind",
    "Role",
    "User",
    "Workspace",
]
