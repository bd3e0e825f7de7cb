"""`manage.py notifications`: what a person was told, marks it read, and chooses where they are told of what."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.management.base import CommandError, CommandParser
from django.db.models import QuerySet
from django.utils import timezone

from billing.models import Notification, NotificationKind, User
from billing.notices import Ways, choose, kinds_of, ways
from billing.notifying import mark
from leadengine.management.workspace_command import WorkspaceCommand


class Command(WorkspaceCommand):
    help = "List a person's notifications, the newest first, mark them read, or choose where one is told of what."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--unread", action="store_true", help="only those that are not read")
        parser.add_argument("--most", type=int, default=50)
        one = parser.add_mutually_exclusive_group()
        one.add_argument("--read", metavar="ID", help="mark one read")
        one.add_argument("--mark-unread", metavar="ID", help="mark one unread again")
        one.add_argument("--read-all", action="store_true", help="mark all read")
        one.add_argument("--choose", nargs=2, metavar=("KIND", "WHERE"), help="WHERE: bell, mail, both or none")

    def handle(self, *args: Any, **options: Any) -> None:
        workspace = self.workspace(options)
        by = self.person(workspace, options)
        shown = Notification.objects.of(workspace).shown_to(by)
        _change(shown, options)
        if options["choose"]:
            _choose(by, *options["choose"], is_manager=workspace.memberships.get(user=by).is_manager)
        listed = shown.unread() if options["unread"] else shown
        found = [_told(each) for each in listed.order_by("-created_at", "-id")[: max(options["most"], 0)]]
        kinds = kinds_of(is_manager=workspace.memberships.get(user=by).is_manager)
        told = {kind.value: _where(ways(by.notices, kind)) for kind in kinds}
        data = {"unread": shown.unread().count(), "notifications": found, "told": told}
        self.put(data, options, "\n".join(map(_line, found)) or "No notifications.")


def _change(shown: QuerySet[Any], options: dict[str, Any]) -> None:
    wanted = options["read"] or options["mark_unread"]
    if wanted:
        shown = shown.filter(pk=_identifier(wanted))
        if not shown.exists():
            raise CommandError(f"There is no notification {wanted[:40]}.")
    if wanted or options["read_all"]:
        mark(shown, is_read=not options["mark_unread"], now=timezone.now())


def _identifier(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise CommandError(f"There is no notification {text[:40]}.") from error


def _choose(by: User, kind: str, where: str, *, is_manager: bool) -> None:
    kinds = [each.value for each in kinds_of(is_manager=is_manager)]
    if kind not in kinds or where not in WHERE:
        raise CommandError(f"Choose one of {', '.join(kinds)}, and one of {', '.join(WHERE)}.")
    by.notices = choose(by.notices, NotificationKind(kind), WHERE[where])
    by.save(update_fields=["notices"])


WHERE = {"bell": Ways(True, False), "mail": Ways(False, True), "both": Ways(True, True), "none": Ways(False, False)}


def _where(chosen: Ways) -> str:
    return next(name for name, each in WHERE.items() if each == chosen)


def _told(each: Notification) -> dict[str, Any]:
    named = {"id": str(each.pk), "kind": each.kind, "title": each.title, "text": each.text, "url": each.url}
    return named | {"at": each.created_at.isoformat(timespec="seconds"), "read": each.read_at is not None}


def _line(each: dict[str, Any]) -> str:
    return f"{each['at'][:16].replace('T', ' ')}  {'    ' if each['read'] else 'new '} {each['title']}  ({each['id']})"
