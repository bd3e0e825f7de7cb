"""`manage.py rescore`: scores all leads of a workspace again, here and now."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from leadengine.management.workspace_command import WorkspaceCommand
from leadengine.workflows.scoring import start_rescoring, work_off
from scoring.models import LeadScore, Rescoring, ScoreChange


class Command(WorkspaceCommand):
    help = "Score all leads of a workspace again by today's facts and the profiles of their industries; free."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--leave-to-workers", action="store_true", help="only queue it")
        parser.add_argument("--progress", action="store_true", help="say on stderr how far it is")

    def handle(self, *args: Any, **options: Any) -> None:
        workspace = self.workspace(options)
        by = self.person(workspace, options)
        job = start_rescoring(workspace, why=f"Scored again by {by.name}", by=by, now=timezone.now())
        if job and not options["leave_to_workers"]:
            work_off(job, told=self._told if options["progress"] else None)
        moved = ScoreChange.objects.of(workspace).filter(changed_at__gte=job.created_at, why=job.why) if job else None
        data = {
            "leads": job.leads if job else 0,
            "done": job.done if job else 0,
            "changed": moved.count() if moved else 0,  # another total or grade
        }
        grades = LeadScore.objects.of(workspace).by_grade()
        words = ", ".join(f"{grade} {number:,}" for grade, number in grades.items())
        done = f"{data['done']:,} of {data['leads']:,} leads scored, {data['changed']:,} changed"
        self.put(data | {"grades": grades}, options, f"{done}. {words}")

    def _told(self, job: Rescoring) -> None:
        self.stderr.write(f"{job.done:,} of {job.leads:,}")
