"""Amounts with their currency; two currencies never meet in one sum."""

import dataclasses
from decimal import ROUND_HALF_EVEN, Decimal
from functools import total_ordering

from wellserved.platform.errors import Invalid

PLACES = {"JPY": 0, "KRW": 0, "ISK": 0, "CLP": 0, "VND": 0, "BHD": 3, "KWD": 3, "OMR": 3, "TND": 3, "JOD": 3}


@total_ordering
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """An exact amount in one currency (ISO 4217).

    >>> Money(amount=Decimal("12.50"), currency="GBP") + Money(amount=Decimal("0.25"), currency="GBP")
    Money(amount=Decimal('12.75'), currency='GBP')
    """

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        # A float would pass the type checker's back: it comes from JSON, and 0.1 is not ten pence.
        given: object = self.amount
        if not (isinstance(given, Decimal) and given.is_finite()):
            raise Invalid(f"{self.amount!r} is not an exact amount; use a decimal number such as 12.50.")
        if len(self.currency) != 3 or not (self.currency.isascii() and self.currency.isupper()):
            raise Invalid(f"{self.currency!r} is not a currency; use three capital letters such as GBP.")

    def __add__(self, other: "Money") -> "Money":
        return Money(amount=self.amount + self._same(other), currency=self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(amount=self.amount - self._same(other), currency=self.currency)

    def __neg__(self) -> "Money":
        return Money(amount=-self.amount, currency=self.currency)

    def __mul__(self, factor: int | Decimal) -> "Money":
        return Money(amount=self.amount * factor, currency=self.currency)

    __rmul__ = __mul__

    def __lt__(self, other: "Money") -> bool:
        return self.amount < self._same(other)

    def __bool__(self) -> bool:
        return bool(self.amount)

    def __str__(self) -> str:
        return f"{self.currency} {self.rounded().amount:,}"

    def rounded(self) -> "Money":
        """Return the amount in whole smallest coins, halves to the even one.

        >>> str(Money(amount=Decimal("1234.565"), currency="GBP"))
        'GBP 1,234.56'
        """
        coin = Decimal(1).scaleb(-PLACES.get(self.currency, 2))
        return Money(amount=self.amount.quantize(coin, rounding=ROUND_HALF_EVEN), currency=self.currency)

    def _same(self, other: "Money") -> Decimal:
        if self.currency != other.currency:
            raise Invalid(
                f"{self.currency} and {other.currency} cannot be added or compared; convert one at a dated rate first.",
                code="mixed_currencies",
            )
        return other.amount
