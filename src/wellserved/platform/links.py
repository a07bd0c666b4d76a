"""Signed links: whoever was sent one may open what it names, without an account, until its days are over."""

import dataclasses
import datetime as dt

from django.core import signing

from wellserved.platform.errors import NotFound


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One purpose of links: its salt keeps a token from serving another purpose, `way_on` says what to do after it."""

    salt: str
    days: int
    way_on: str

    def sign(self, *ids: int, now: dt.datetime) -> str:
        """Return a token that names these records from now on."""
        return signing.dumps([*ids, int(now.timestamp())], salt=self.salt)

    def read(self, token: str, *, now: dt.datetime) -> list[int]:
        """Return the ids a token names, or refuse one that was made up or is over."""
        ids: list[int]
        try:
            *ids, issued = signing.loads(token, salt=self.salt)
        except (signing.BadSignature, ValueError) as bad:
            raise self.over() from bad
        if now - dt.datetime.fromtimestamp(issued, tz=dt.UTC) > dt.timedelta(days=self.days):
            raise self.over()
        return ids

    def over(self) -> NotFound:
        """Return the refusal of a link that opens nothing, or no longer."""
        return NotFound(f"This link is no longer valid. {self.way_on}", code="link_over")
