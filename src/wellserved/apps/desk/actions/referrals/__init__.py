"""What people do with referrals; one module for each verb."""

from wellserved.apps.desk.actions.referrals.answering import decide, give_advice, give_back, withdraw
from wellserved.apps.desk.actions.referrals.asking import refer
from wellserved.apps.desk.actions.referrals.passing import accept, pass_on

__all__ = ["accept", "decide", "give_advice", "give_back", "pass_on", "refer", "withdraw"]
