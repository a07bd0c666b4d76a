"""The questions the sample asks its people, by what they are about; the first of each is the hard one."""

import dataclasses
from collections.abc import Mapping
from typing import Any

from wellserved.apps.development.types.checks import QuestionKind


@dataclasses.dataclass(frozen=True, kw_only=True)
class Asked:
    """One question of the sample."""

    text: str
    right: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    why: str
    kind: str = QuestionKind.SINGLE

    def as_arguments(self) -> dict[str, Any]:
        """Return the question as the action takes it."""
        options = [*((text, True) for text in self.right), *((text, False) for text in self.wrong)]
        return {"kind": self.kind, "text": self.text, "options": options, "explanation": self.why}


Quiz = tuple[Asked, ...]


def _truth(text: str, *, is_true: bool, why: str) -> Asked:
    right, wrong = ("True", "False") if is_true else ("False", "True")
    return Asked(text=text, right=(right,), wrong=(wrong,), why=why, kind=QuestionKind.TRUE_FALSE)


QUIZZES: Mapping[str, Quiz] = {
    "vision": (
        Asked(
            text="What comes first on a bad day?",
            right=("What we promise at the door",),
            wrong=("The longest queue", "Whoever complains loudest"),
            why="Until spring, parcels come first: what we promise at the door, we keep at the door.",
        ),
        _truth("A value is something customers can see us do.", is_true=True, why="Each is tied to what we do."),
        _truth(
            "The vision holds for customer care alone.", is_true=False, why="It holds for everybody who works here."
        ),
        Asked(
            text="A customer asks what we stand for. What do you say?",
            right=("That she should feel at home with us, and what we do for it",),
            wrong=("That we are the cheapest", "That I would have to ask"),
            why="Say it in your own words; it is no secret.",
        ),
        Asked(
            text="Which of these fit our values?",
            right=("Ring back when you said", "Own up to a mistake"),
            wrong=("Wait until she asks again",),
            why="We keep our word and say when we were wrong.",
            kind=QuestionKind.MULTIPLE,
        ),
    ),
    "objective": (
        Asked(
            text="How will anybody see that the objective was reached?",
            right=("By the measure and the day that stand with it",),
            wrong=("When the manager says so", "When nobody complains"),
            why="An objective names by what and by when.",
        ),
        _truth("Plans and budgets cite the objective.", is_true=True, why="What cites nothing steers nothing."),
        _truth(
            "It can be changed without telling anybody.",
            is_true=False,
            why="A change is a new version, and is briefed.",
        ),
    ),
    "plan": (
        Asked(
            text="A step of the plan cannot be done by its day. What do you do?",
            right=("Say so to its owner before the day",),
            wrong=("Wait for the review", "Move the day yourself"),
            why="Its owner can shift people; the review only sees what is over.",
        ),
        _truth("The plan says who looks at it, and how often.", is_true=True, why="Its monitoring names both."),
        _truth("A plan in force is never changed.", is_true=False, why="It is taken up again, and agreed anew."),
        Asked(
            text="Where do you see your part of the plan?",
            right=("Under Plans, My part",),
            wrong=("Only in the meeting",),
            why="It lists what is yours, with its days.",
        ),
        Asked(
            text="What does the plan deliver?",
            right=("The standards it names",),
            wrong=("Whatever is most urgent",),
            why="A plan without a standard delivers nothing anybody was promised.",
        ),
    ),
    "standard": (
        Asked(
            text="When does the four hours of a delivery question begin?",
            right=("When it reaches us, day or night",),
            wrong=("When somebody opens it", "At nine in the morning"),
            why="The clock runs round the clock from the moment it arrives.",
        ),
        _truth(
            "A reply from the machine stops the clock.", is_true=False, why="A person answers; that is the promise."
        ),
        _truth(
            "A late reply counts as broken, whoever was on leave.",
            is_true=True,
            why="The customer waited all the same.",
        ),
        Asked(
            text="You cannot find the parcel in four hours. What now?",
            right=("Answer with what you know, and promise a time",),
            wrong=("Wait until you have found it", "Close it and open another"),
            why="A first reply need not solve it; it says where she stands.",
        ),
        Asked(
            text="How many of a hundred are to be answered in time?",
            right=("Ninety",),
            wrong=("All", "Eighty"),
            why="The target is 90 %.",
        ),
    ),
    "guideline": (
        Asked(
            text="From which day is a late parcel sent again?",
            right=("From the seventh",),
            wrong=("From the tenth", "When she asks"),
            why="Since version 2 it is seven days: most who waited a week had given up on us.",
        ),
        _truth("We wait for the courier before we answer.", is_true=False, why="We answer first, and chase beside it."),
        _truth("Whoever waited a week is rung back.", is_true=True, why="A week is long; a voice helps."),
        Asked(
            text="What stands in the first reply?",
            right=("The day by which she hears again", "What we do now"),
            wrong=("The courier's terms",),
            why="She wants to know what happens next, and when.",
            kind=QuestionKind.MULTIPLE,
        ),
        Asked(
            text="Explain to a new colleague what you tell a customer whose parcel is a week late.",
            why="That it is sent again, the day she hears from us, and who rings.",
            kind=QuestionKind.TEACH_BACK,
        ),
    ),
}
