"""Templates of plans: a beginning that fits many services, every word of it open to change."""

import dataclasses
import datetime as dt
import decimal

from wellserved.apps.standards.types.plans import CRITERIA, Action, Content, Criterion, Line, Monitor


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A plan half written: what it is for, and its parts with days counted from its beginning."""

    key: str
    label: str
    why: str
    objectives: tuple[str, ...]
    actions: tuple[tuple[str, int], ...]
    criteria: tuple[tuple[str, str], ...]
    monitoring: tuple[tuple[str, str], ...]
    lines: tuple[tuple[str, str], ...]

    def content(self, *, owner_id: int, starts_on: dt.date, ends_on: dt.date) -> Content:
        """Return the template as the content of a plan; everything falls to its owner at first."""
        return Content(
            objectives=self.objectives,
            actions=tuple(
                Action(
                    key=f"a{at}", what=what, owner_id=owner_id, due_on=min(starts_on + dt.timedelta(days=days), ends_on)
                )
                for at, (what, days) in enumerate(self.actions, start=1)
            ),
            criteria=tuple(
                Criterion(key=f"c{at}", kind=CRITERIA[key][0], words=CRITERIA[key][1], level=level)
                for at, (key, level) in enumerate(self.criteria, start=1)
            ),
            monitoring=tuple(
                Monitor(
                    key=f"m{at}",
                    what=what,
                    every=every,
                    reviewer_id=owner_id,
                    starts_on=min(starts_on + dt.timedelta(days=7), ends_on),
                )
                for at, (what, every) in enumerate(self.monitoring, start=1)
            ),
            lines=tuple(
                Line(key=f"b{at}", label=label, kind=kind, monthly=decimal.Decimal("0.00"))
                for at, (label, kind) in enumerate(self.lines, start=1)
            ),
        )


TEMPLATES: tuple[Template, ...] = (
    Template(
        key="keep",
        label="Keep the standards we have",
        why="A quarter or a year of ordinary service: who does what so that every promise is kept.",
        objectives=("Every linked standard is kept in at least eleven weeks of twelve.",),
        actions=(("Tell the team what is promised and who may decide what", 7), ("Check cover for holidays", 21)),
        criteria=(
            ("standards_kept", "Eleven weeks of twelve"),
            ("cost_per_contact", "At or below the plan"),
            ("satisfied", "At least as many as last year"),
            ("same_for_all", "No channel more than five points below the rest"),
            ("workload", "No week more than a tenth above the plan"),
            ("law_kept", "All of them"),
        ),
        monitoring=(("Share kept of each linked standard", "week"), ("Spending against budget", "month")),
        lines=(("People", "people"), ("Licences", "licences")),
    ),
    Template(
        key="better",
        label="Bring one standard up",
        why="A standard is missed and something has to change: training, people or the way of working.",
        objectives=("The linked standard is kept again, and stays kept for eight weeks.",),
        actions=(
            ("Find the three most frequent reasons why it is missed", 14),
            ("Change the way of working for the first of them", 42),
            ("Compare the weeks before and after", 84),
        ),
        criteria=(("standards_kept", "Within target for eight weeks"), ("first_contact", "No fewer than before")),
        monitoring=(("Share kept by week", "week"), ("What colleagues say of the change", "fortnight")),
        lines=(("Training", "training"), ("People", "people")),
    ),
    Template(
        key="peak",
        label="Get through a busy season",
        why="More will come for some weeks, and the promises hold all the same.",
        objectives=("The linked standards are kept through the busy weeks.",),
        actions=(("Agree who works when", 14), ("Brief the colleagues who help out", 21)),
        criteria=(("standards_kept", "Every busy week"), ("workload", "No one above ten hours a week extra")),
        monitoring=(("Share kept and people at work", "week"),),
        lines=(("Extra people", "people"), ("Extra seats", "licences")),
    ),
)


def template(key: str) -> Template | None:
    """Return a template by its key, or nothing."""
    return next((each for each in TEMPLATES if each.key == key), None)
