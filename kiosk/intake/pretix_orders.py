"""Orders of a pretix shop as people.

A position is a person; an add-on is a further code of the person it was added to. The
state of the order decides for all its positions: pretix lists those of a canceled order as
if they stood. Order and position number together are the external id (`ABCDE-1`).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from msgspec import Struct

from kiosk.intake import values
from kiosk.intake.cells import Cells, Habits
from kiosk.intake.headings import Columns, part_of
from kiosk.intake.person import person_of
from kiosk.intake.reading import Record, RowNote
from kiosk.intake.status import Standing
from kiosk.model import Registration, Status

Words = str | dict[str, str] | None
"""A text of the shop, in one language or in several."""


class Variation(Struct):
    id: int
    value: Words = None


class Item(Struct):
    """A product."""

    id: int
    name: Words = None
    variations: list[Variation] = []
    checkin_attention: bool = False
    checkin_text: str | None = None


class Question(Struct):
    id: int
    question: Words = None


class GivenAnswer(Struct):
    question: int
    answer: str = ""


class Position(Struct):
    """One ticket; `addon_to` is the `id` of the ticket it was added to."""

    id: int
    order: str
    positionid: int
    item: int
    secret: str
    variation: int | None = None
    attendee_name: str | None = None
    attendee_email: str | None = None
    company: str | None = None
    addon_to: int | None = None
    answers: list[GivenAnswer] = []
    canceled: bool = False
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    blocked: list[str] | None = None


class InvoiceAddress(Struct):
    name: str | None = None
    company: str | None = None


class Order(Struct):
    """`status` is n pending, p paid, e expired, c canceled."""

    code: str
    status: str
    email: str | None = None
    locale: str | None = None
    testmode: bool = False
    require_approval: bool = False
    valid_if_pending: bool = False
    checkin_attention: bool = False
    checkin_text: str | None = None
    invoice_address: InvoiceAddress | None = None
    positions: list[Position] = []


@dataclass(frozen=True, slots=True)
class Shop:
    """What the shop sells and asks, and the languages its words are wanted in."""

    items: Mapping[int, Item]
    questions: Mapping[int, str]
    """Question → the part of a person its answer is, for those that are understood."""
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class People:
    """The people of some orders, with the notes about them."""

    rows: tuple[Registration, ...]
    orders: frozenset[str]
    skipped: tuple[RowNote, ...] = ()
    warnings: tuple[RowNote, ...] = ()


def shop_of(
    items: Iterable[Item], questions: Iterable[Question], languages: tuple[str, ...]
) -> Shop:
    parts = {it.id: part_of(words(it.question, languages)) for it in questions}
    return Shop(
        items={item.id: item for item in items},
        questions={number: part[0] for number, part in parts.items() if part},
        languages=languages,
    )


def people_of(orders: Sequence[Order], shop: Shop, first_row: int) -> People:
    """The people of these orders; the n-th position of all is row `first_row + n`."""
    rows: list[Registration] = []
    skipped: list[RowNote] = []
    warnings: list[RowNote] = []
    numbered = enumerate(((o, p) for o in orders for p in o.positions), start=first_row)
    for row, (order, position) in numbered:
        if order.testmode:
            skipped.append(RowNote(row, "test_order"))
        elif position.addon_to is None:
            person, reason = _person(row, order, position, shop)
            rows.append(person)
            warnings += [RowNote(row, reason)] if reason else []
    told = frozenset(order.code for order in orders if not order.testmode)
    return People(tuple(rows), told, tuple(skipped), tuple(warnings))


def words(text: Words, languages: Iterable[str]) -> str:
    """A text of the shop in the first wanted language that it has, else in any."""
    if not isinstance(text, dict):
        return text or ""
    found = (text[language] for language in languages if text.get(language))
    return next(found, next(iter(text.values()), ""))


def _person(
    row: int, order: Order, position: Position, shop: Shop
) -> tuple[Registration, str]:
    """The person of one position, and what is to be said about the row."""
    parts = _parts(order, position, shop)
    columns = Columns(0, tuple(parts), {part: ((n,),) for n, part in enumerate(parts)})
    cells = Cells(Record(row, tuple(parts.values())), Habits(columns, ZoneInfo("UTC")))
    code, reason = values.code_of(position.secret)
    cells.warn(reason)
    approval: Literal["yes", "no"] = "no" if order.require_approval else "yes"
    person = person_of(cells, code, Standing(_status(order, position), approval))
    if not person.email:
        cells.warn("no_email")
    return _with_the_shops_word(person, order, position, shop), "+".join(cells.reasons)


def _with_the_shops_word(
    person: Registration, order: Order, position: Position, shop: Shop
) -> Registration:
    """What must not be read as a person's own writing: times, blocks and add-ons."""
    return replace(
        person,
        external_id=f"{order.code}-{position.positionid}",
        blocked=", ".join(position.blocked or ()),
        valid_from=position.valid_from and position.valid_from.astimezone(UTC),
        valid_until=position.valid_until and position.valid_until.astimezone(UTC),
        attention=_attention(order, position, shop),
        tickets=tuple(_add_ons(order, position, shop)),
    )


def _parts(order: Order, position: Position, shop: Shop) -> dict[str, str]:
    """What is said of a person, part by part.

    Who bought a single ticket and filled in nothing more is taken for its holder; in a
    group order nobody gets the buyer's address.
    """
    is_alone = sum(other.addon_to is None for other in order.positions) == 1
    buyer = order.invoice_address if is_alone and order.invoice_address else None
    answers = {
        shop.questions[given.question]: given.answer
        for given in position.answers
        if given.question in shop.questions
    }
    return answers | {
        "name": position.attendee_name or (buyer and buyer.name) or "",
        "email": position.attendee_email or (is_alone and order.email) or "",
        "company": position.company or answers.get("company", ""),
        "language": order.locale or "",
        "ticket_type": _product(position, shop),
    }


def _status(order: Order, position: Position) -> Status:
    if position.canceled or order.status == "c":
        return "canceled"
    return "confirmed" if order.status == "p" or order.valid_if_pending else "pending"


def _product(position: Position, shop: Shop) -> str:
    """The product, with its variation as the lists of pretix write it."""
    item = shop.items.get(position.item)
    if item is None:
        return ""
    chosen = (it.value for it in item.variations if it.id == position.variation)
    texts = (words(text, shop.languages) for text in (item.name, *chosen))
    return " – ".join(text for text in texts if text)


def _attention(order: Order, position: Position, shop: Shop) -> str:
    """The note for the door, or which product asks for a second look."""
    item = shop.items.get(position.item)
    notes = [order.checkin_text, item.checkin_text if item else None]
    if written := "\n".join(note for note in notes if note):
        return written
    is_asked = order.checkin_attention or (item is not None and item.checkin_attention)
    return f"needs special attention: {_product(position, shop)}" if is_asked else ""


def _add_ons(
    order: Order, position: Position, shop: Shop
) -> Iterator[tuple[str, str, Status]]:
    for other in order.positions:
        code, _reason = values.code_of(other.secret)
        if other.addon_to == position.id and code:
            yield code, _product(other, shop), _status(order, other)
