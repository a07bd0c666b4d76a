"""What must leave: rows written beside the act that caused them, sent once by the worker, honest about doubt.

waiting ──▶ sending ──▶ sent        the other side said yes
   │           ├──────▶ failed      it said no for good, or no for too long
   │           └──────▶ unknown     it may or may not have it: a person decides, nothing is sent blindly again
   └──▶ cancelled                   called back in time
"""

from wellserved.platform.outbox.rows import (
    UNDO,
    cancel,
    forget,
    hand_to_mailbox,
    let_go,
    local_mailbox,
    queue,
    resend,
    settle_unknown,
)
from wellserved.platform.outbox.sending import send_due

__all__ = [
    "UNDO",
    "cancel",
    "forget",
    "hand_to_mailbox",
    "let_go",
    "local_mailbox",
    "queue",
    "resend",
    "send_due",
    "settle_unknown",
]
