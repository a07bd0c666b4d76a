"""What people do with guidelines and procedures; one module for each verb."""

from wellserved.apps.desk.actions.knowledge.agreeing import ask, put_in_force, retire
from wellserved.apps.desk.actions.knowledge.attesting import attest
from wellserved.apps.desk.actions.knowledge.running import settle_step, start, stop
from wellserved.apps.desk.actions.knowledge.writing import drop_draft, save_draft

__all__ = ["ask", "attest", "drop_draft", "put_in_force", "retire", "save_draft", "settle_step", "start", "stop"]
