"""Examples of the platform's routes: none takes an argument or an id, so the router and the policies say it all.

`/healthz` is open to everybody and says nothing of anybody; `/mailbox` is for those who read issues or set the house
up, and what each of them finds in it is proved in `tests/access/test_borders.py`.
"""

from tests.access.engine import Example

EXAMPLES: dict[str, Example] = {"healthz": Example(), "mailbox": Example()}
