"""Reads about guidelines and procedures."""

from wellserved.apps.desk.queries.knowledge.beside import in_force_for, runs_of, tones_of_replies, versions_of_replies
from wellserved.apps.desk.queries.knowledge.effect import effectiveness, sound
from wellserved.apps.desk.queries.knowledge.record import approvers, guideline
from wellserved.apps.desk.queries.knowledge.register import figures, guidelines

__all__ = [
    "approvers",
    "effectiveness",
    "figures",
    "guideline",
    "guidelines",
    "in_force_for",
    "runs_of",
    "sound",
    "tones_of_replies",
    "versions_of_replies",
]
