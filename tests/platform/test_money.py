"""Money: exact, and never mixed."""

from decimal import Decimal

import pytest

from wellserved.platform.errors import Invalid
from wellserved.platform.money import Money


def gbp(amount: str) -> Money:
    return Money(amount=Decimal(amount), currency="GBP")


EURO = Money(amount=Decimal(1), currency="EUR")


def test_sums_and_products_are_exact() -> None:
    assert gbp("0.10") + gbp("0.20") == gbp("0.30")
    assert gbp("5") - gbp("7.5") == gbp("-2.5")
    assert 3 * gbp("0.335") == gbp("1.005")
    assert -gbp("1") == gbp("-1")
    assert gbp("1") < gbp("1.01") <= gbp("1.01")
    assert (bool(gbp("0")), bool(gbp("0.01"))) == (False, True)


@pytest.mark.parametrize("meet", [lambda: gbp("1") + EURO, lambda: gbp("1") - EURO, lambda: gbp("1") < EURO])
def test_two_currencies_never_meet(meet: object) -> None:
    with pytest.raises(Invalid, match="GBP and EUR cannot be added or compared") as refusal:
        meet()  # type: ignore[operator]
    assert refusal.value.code == "mixed_currencies"


def test_rounding_goes_to_the_smallest_coin_of_the_currency() -> None:
    assert str(gbp("2.665")) == "GBP 2.66"
    assert str(Money(amount=Decimal("1234.5"), currency="JPY")) == "JPY 1,234"
    assert str(Money(amount=Decimal("0.0005"), currency="KWD")) == "KWD 0.000"


@pytest.mark.parametrize(
    ("amount", "currency"), [(Decimal("NaN"), "GBP"), (1.5, "GBP"), (Decimal(1), "gbp"), (Decimal(1), "POUND")]
)
def test_what_is_no_money_is_refused(amount: object, currency: str) -> None:
    with pytest.raises(Invalid, match="use"):
        Money(amount=amount, currency=currency)  # type: ignore[arg-type]
