"""What the plumbing itself repeats: sending mail, and forgetting what is finished."""

from wellserved.platform import ageing, clock, jobs, outbox
from wellserved.platform.jobs import loops

loops.register("send mail", outbox.send_due, 1.0)


@jobs.job(name="platform.forget_finished", every=jobs.At(hour=3, minute=20), long=True)
def forget_finished(_run: jobs.Run) -> None:
    """Drop what nobody needs any more."""
    ageing.forget_finished(now=clock.now())
