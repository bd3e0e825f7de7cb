"""Workspaces, their people, their credits, and the audit of what was done with both."""

from billing.models.audit import AuditEvent
from billing.models.ledger import CreditAccount, CreditEntry, EntryKind, Hold, HoldPurpose
from billing.models.notification import Notification, NotificationKind
from billing.models.price import Price, PriceKind
from billing.models.workspace import Density, Invitation, Membership, Role, Theme, User, Workspace

__all__ = [
    "AuditEvent",
    "CreditAccount",
    "CreditEntry",
    "Density",
    "EntryKind",
    "Hold",
    "HoldPurpose",
    "Invitation",
    "Membership",
    "Notification",
    "NotificationKind",
    "Price",
    "PriceKind",
    "Role",
    "Theme",
    "User",
    "Workspace",
]
