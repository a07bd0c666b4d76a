"""What the worker repeats for the whole house."""

from wellserved.platform.jobs import loops
from wellserved.web import triggers

loops.register("judge the triggers of playbooks", lambda now: triggers.judge_all(now=now), 30.0)
