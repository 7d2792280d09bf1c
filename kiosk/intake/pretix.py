"""The attendees of a pretix shop over its REST API, in batches that can be resumed.

Behind each batch there is a cursor that goes on from there; behind the last one it asks for
what changed since this run began (`modified_since` with the server's X-Page-Generated).
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

import msgspec
from msgspec import Struct

from kiosk.intake.pretix_client import (
    PretixClient,
    PretixError,
    PretixShop,
    query_of,
)
from kiosk.intake.pretix_orders import (
    Item,
    Order,
    People,
    Position,
    Question,
    Shop,
    people_of,
    shop_of,
)

__all__ = ["Batch", "PretixError", "PretixShop", "read_pretix"]

T = TypeVar("T")

PAGES_A_BATCH = 20  # 1,000 orders: a batch is registered in one transaction


@dataclass(frozen=True, slots=True)
class Batch:
    """Some people, and the cursor that goes on behind them."""

    people: People
    cursor: str


class Cursor(Struct, omit_defaults=True):
    """Where a run stands: the next page of a list, and the `since` of the run after it."""

    since: str = ""
    reads: Literal["", "orders", "orderpositions"] = ""
    query: dict[str, str] = {}
    is_full: bool = False


def read_pretix(
    shop: PretixShop,
    cursor: str = "",
    languages: tuple[str, ...] = ("en",),
    wait: Callable[[float], None] = time.sleep,
) -> Iterator[Batch]:
    """Batches of people from where `cursor` stands; "" reads everything.

    PretixError comes after the batch of what was read before it.
    """
    with PretixClient(shop, wait) as client:
        sells = shop_of(
            client.all("items", Item), client.all("questions", Question), languages
        )
        yield from _numbered(client, sells, _opened(cursor))


def _opened(cursor: str) -> Cursor:
    """Where to go on: in the middle of a run, or at the beginning of the next."""
    at = msgspec.json.decode(cursor, type=Cursor) if cursor else Cursor()
    if at.reads:
        return at
    changed = {"modified_since": at.since} if at.since else {}
    return Cursor(at.since, "orders", changed | {"page": "1"}, is_full=not at.since)


def _numbered(client: PretixClient, sells: Shop, at: Cursor) -> Iterator[Batch]:
    """Everybody of the orders, and after a full reading whose ticket alone was canceled.

    `orders` leaves those out, and the door should tell them why they are turned away.
    """
    row, behind = 1, at
    if behind.reads == "orders":
        for orders, behind in _gathered(_pages(client, at, Order)):
            yield Batch(people_of(orders, sells, row), _encoded(behind))
            row += sum(len(order.positions) for order in orders)
    if behind.reads == "orderpositions":
        for positions, cursor in _gathered(_pages(client, behind, Position)):
            alone = [
                Order(it.order, "c", positions=[it]) for it in positions if it.canceled
            ]
            people = people_of(alone, sells, row)
            yield Batch(replace(people, orders=frozenset(), warnings=()), _encoded(cursor))
            row += len(alone)


def _pages(
    client: PretixClient, at: Cursor, kind: type[T]
) -> Iterator[tuple[list[T], Cursor]]:
    """One list page by page, each with the cursor behind it."""
    reads = at.reads
    while at.reads == reads:
        page, generated_at = client.page(reads, kind, at.query)
        at = _after(at, query_of(page.next), generated_at)
        yield page.results, at


def _gathered(
    pages: Iterator[tuple[list[T], Cursor]],
) -> Iterator[tuple[list[T], Cursor]]:
    """Some pages at a time; of a list that breaks off, first what came before."""
    found: list[T] = []
    behind: Cursor | None = None
    try:
        for count, (results, cursor) in enumerate(pages, start=1):
            found, behind = found + results, cursor
            if count % PAGES_A_BATCH == 0:
                yield found, behind
                found, behind = [], None
    except PretixError:
        if behind:
            yield found, behind
        raise
    if behind:
        yield found, behind


def _after(at: Cursor, query: dict[str, str], generated_at: str) -> Cursor:
    """The next run begins when the first page of this one was made: nothing is missed."""
    is_first = at.query.get("page") == "1"
    since = generated_at if is_first and generated_at else at.since
    if query:
        return Cursor(since, at.reads, query, at.is_full)
    if at.reads == "orders" and at.is_full:
        canceled_too = {"include_canceled_positions": "true", "page": "1"}
        return Cursor(since, "orderpositions", canceled_too)
    return Cursor(since)


def _encoded(at: Cursor) -> str:
    return msgspec.json.encode(at).decode()
