"""What people do with complaints; one module for each verb."""

from wellserved.apps.desk.actions.complaints.alerting import fire_alerts
from wellserved.apps.desk.actions.complaints.assigning import assign_complaint
from wellserved.apps.desk.actions.complaints.deciding import decide, grant_remedy
from wellserved.apps.desk.actions.complaints.letters import acknowledge_automatically, save_letter, send_letter
from wellserved.apps.desk.actions.complaints.opening import open_complaint, save_record
from wellserved.apps.desk.actions.complaints.outside import close_outside, open_outside
from wellserved.apps.desk.actions.complaints.staging import advance
from wellserved.apps.desk.actions.complaints.waiting import begin_wait, end_wait

__all__ = [
    "acknowledge_automatically",
    "advance",
    "assign_complaint",
    "begin_wait",
    "close_outside",
    "decide",
    "end_wait",
    "fire_alerts",
    "grant_remedy",
    "open_complaint",
    "open_outside",
    "save_letter",
    "save_record",
    "send_letter",
]
