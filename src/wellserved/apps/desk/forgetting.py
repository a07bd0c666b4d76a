"""What else keeps words of a ticket: apps above register how to forget theirs."""

from collections.abc import Callable, Collection

Forget = Callable[[Collection[int]], object]

others: list[Forget] = []
of_customers: list[Forget] = []


def register(forget: Forget) -> None:
    """Let an app forget what it keeps of tickets, in the transaction of the forgetting; it is handed their ids."""
    others.append(forget)


def register_customers(forget: Forget) -> None:
    """Let an app forget what it keeps of customers beside their tickets; it is handed their ids."""
    of_customers.append(forget)
