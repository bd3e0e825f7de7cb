"""What the checks remember, for as long as it is good: answers of DNS, verdicts on mailboxes, habits of domains, blocks."""

from __future__ import annotations

from datetime import datetime

from django.db import models


class MemoryKind(models.TextChoices):
    DNS = "dns", "DNS answer"
    MAILBOX = "mailbox", "Mailbox verdict"
    CATCH_ALL = "catch_all", "Domain takes any recipient"
    UNRESOLVED = "unresolved", "Mail exchangers not found"
    BLOCK = "block", "Provider blocks us"
    CUT_OFF = "cut_off", "No name can be looked up"
    SELF_TEST = "self_test", "Test of our own ways"


class MemoryQuerySet(models.QuerySet["Memory"]):
    def good_at(self, now: datetime) -> MemoryQuerySet:
        return self.filter(expires_at__gt=now)


class Memory(models.Model):
    """One remembered fact of the world, the same for every workspace; `key` names no person: a mailbox is a keyed hash,
    and its facts hold neither the address nor the server's words about it."""

    kind = models.CharField(max_length=10, choices=MemoryKind)
    key = models.CharField(max_length=300)
    facts = models.JSONField()
    learned_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    objects = MemoryQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="memory_once")]
        indexes = [models.Index(fields=["expires_at"], name="memory_by_end")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} until {self.expires_at:%Y-%m-%d %H:%M}"
