"""The desk's records as history and links know them; one module for each family."""

from wellserved.apps.desk.records import competence, complaints, incidents, knowledge, referrals, tickets


def register() -> None:
    """Make every family known; called once when Django starts."""
    tickets.register()
    incidents.register()
    complaints.register()
    knowledge.register()
    referrals.register()
    competence.register()
