"""Role packs to start from: every word can be changed."""

import dataclasses

from wellserved.apps.people.types.roles import Assessment, By, Criterion, Pack, Step


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A pack to start from, and for whom it is meant."""

    key: str
    name: str
    why: str
    pack: Pack


_FIRST_WEEK = (
    Step(day=1, text="Welcome: team, place of work, sign-in and telephone", by=By.LEADER),
    Step(day=1, text="Read the vision, the values and the standards of her queues, and say so"),
    Step(day=2, text="Sit beside a colleague for a day and write down three questions", by=By.BUDDY),
    Step(day=3, text="Walk through her limits of authority with two cases of last month", by=By.LEADER),
    Step(day=5, text="Answer ten tickets with somebody beside her", by=By.BUDDY),
)
_FAIR = (
    "Read every application against the same criteria, by two people, each alone",
    "Interview with the same questions for everybody, and notes by criterion",
    "Agree the scores, then look at the names again",
)

TEMPLATES = (
    Template(
        key="adviser",
        name="Customer service adviser",
        why="Answers customers by mail, telephone or chat and owns a case to its end.",
        pack=Pack(
            purpose="Answers customers so that what we promised is kept and the matter is settled the first time.",
            reports_to="Team leader",
            decides="Refunds and goodwill within her limit of authority; what lies above goes to whoever may.",
            duties=(
                "Answer tickets of her queues within the standard",
                "Own a case until the customer has said that it is settled",
                "Write down what was said, promised and done",
                "Refer what lies above her limit, with what she would do",
                "Say when a standard or a procedure does not work",
            ),
            criteria=(
                Criterion(text="Writes a clear answer to a difficult letter", assessed_by=Assessment.TRIAL),
                Criterion(text="Stays calm and fair with somebody who is upset"),
                Criterion(text="Asks before she assumes"),
                Criterion(text="Has worked with customers before", is_essential=False),
                Criterion(text="Speaks a second language of our customers", is_essential=False),
            ),
            stages=(_FAIR[0], "Work sample: answer two real letters in thirty minutes", *_FAIR[1:]),
            steps=(
                *_FIRST_WEEK,
                Step(day=14, text="Take tickets alone in one queue; five of them are read with her", by=By.LEADER),
                Step(day=30, text="First talk: what goes well, one thing to change, what she needs", by=By.LEADER),
                Step(day=90, text="End of the induction: skills set with evidence, next steps agreed", by=By.LEADER),
            ),
        ),
    ),
    Template(
        key="leader",
        name="Team leader",
        why="Leads about eight advisers and answers for the standards of their queues.",
        pack=Pack(
            purpose="Makes a team of advisers able and glad to keep what we promise, every day.",
            reports_to="Customer service manager",
            decides="Who takes which work, grants above her advisers' limits, and who holds which skill.",
            duties=(
                "Plan the day so that every queue has the skills it needs",
                "Coach each colleague on what was seen, not on a score alone",
                "Approve what lies above her advisers' limits the same day",
                "Find what keeps breaking a standard and bring a proposal",
                "Brief the team when a standard, the offer or a procedure changes",
            ),
            criteria=(
                Criterion(text="Gives feedback that somebody can use the next day", assessed_by=Assessment.TRIAL),
                Criterion(text="Decides in time with what is known, and says why"),
                Criterion(text="Has led people or taught a skill to others"),
                Criterion(text="Reads a chart and knows normal variation from a signal", is_essential=False),
            ),
            stages=(_FAIR[0], "Exercise: prepare and hold a talk after an observation", *_FAIR[1:]),
            steps=(
                *_FIRST_WEEK[:2],
                Step(day=3, text="One talk with each colleague: what works, what is in the way"),
                Step(day=5, text="Limits of authority, approvals and escalation with the manager", by=By.LEADER),
                Step(day=10, text="Observe two conversations and give feedback, with a second leader", by=By.BUDDY),
                Step(day=30, text="Bring one promise that keeps breaking, and what to do about it"),
                Step(day=90, text="End of the induction: what to keep, what to learn next", by=By.LEADER),
            ),
        ),
    ),
    Template(
        key="specialist",
        name="Complaints specialist",
        why="Handles formal complaints to the final letter, apart from the desk that caused them.",
        pack=Pack(
            purpose="Finds out what happened, puts it right within the law's time, and says what must change.",
            reports_to="Customer service manager",
            decides="Redress within her limit; final responses are read by a second person.",
            duties=(
                "Investigate complaints fairly and within the statutory time",
                "Write final responses with the reason and the way to the ombudsman",
                "Offer redress that puts the customer where she would have been",
                "Report causes that repeat, each month",
            ),
            criteria=(
                Criterion(text="Weighs two accounts fairly and says why", assessed_by=Assessment.TRIAL),
                Criterion(text="Writes a final letter a customer understands", assessed_by=Assessment.TRIAL),
                Criterion(text="Knows the rules of the trade or learns rules fast"),
                Criterion(text="Has handled complaints before", is_essential=False),
            ),
            stages=(_FAIR[0], "Work sample: a closed case to judge and a letter to write", *_FAIR[1:]),
            steps=(
                *_FIRST_WEEK[:2],
                Step(day=2, text="Read the procedure and three closed cases", by=By.HERSELF),
                Step(day=5, text="Investigate a case with a colleague", by=By.BUDDY),
                Step(day=14, text="First final response, read by a second person", by=By.LEADER),
                Step(day=60, text="End of the induction: authority and skills set", by=By.LEADER),
            ),
        ),
    ),
)


def template(key: str) -> Template | None:
    """Return the template of this key."""
    return next((each for each in TEMPLATES if each.key == key), None)
