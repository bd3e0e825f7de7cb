"""`manage.py rescore`: scores all leads of a workspace again, here and now."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from leadengine.leased import LeaseState
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
        asked = start_rescoring(workspace, why=f"Scored again by {by.name}", by=by, now=timezone.now())
        job = self._done(asked, options) if asked and not options["leave_to_workers"] else asked
        data = {
            "leads": job.leads if job else 0,
            "done": job.done if job else 0,
            "changed": _changed(asked, job) if asked and job else 0,  # another total or grade
            "taken_over_by": job.why if job and job != asked else None,
        }
        grades = LeadScore.objects.of(workspace).by_grade()
        words = ", ".join(f"{grade} {number:,}" for grade, number in grades.items())
        done = f"{data['done']:,} of {data['leads']:,} leads scored, {data['changed']:,} changed"
        by_whom = f"Another rescoring took over: {job.why}. " if job and job != asked else ""
        self.put(data | {"grades": grades}, options, f"{by_whom}{done}. {words}")

    def _done(self, asked: Rescoring, options: dict[str, Any]) -> Rescoring:
        """The job that came to its end: this one, or another that was started in its place meanwhile."""
        job = work_off(asked, told=self._told if options["progress"] else None)
        if job.state != LeaseState.DONE:
            raise CommandError(
                f"Scoring again came to no end: {job.done:,} of {job.leads:,} leads. {job.error}".strip()
            )
        return job

    def _told(self, job: Rescoring) -> None:
        number, of = (job.measured, " measured") if job.to_publish else (job.done, "")
        self.stderr.write(f"{number:,} of {job.leads:,}{of}")


def _changed(asked: Rescoring, job: Rescoring) -> int:
    since = ScoreChange.objects.of(asked.workspace_id).filter(changed_at__gte=asked.created_at)
    return since.filter(why__in={asked.why, job.why}).count()
