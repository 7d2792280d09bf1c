"""The letters of an event: how many are where, hold them, send them now."""

from dataclasses import dataclass

from flask import Response, request

from kiosk.hold import hold, send
from kiosk.model import Event, Letter
from kiosk.ports import Tx
from kiosk.web.desk.room import blueprint, desk_page, event_named
from kiosk.web.desk.words import STATES
from kiosk.web.house import house
from kiosk.web.replies import go

TROUBLED = ("failed", "bounced", "complained", "uncertain", "deferred")
TROUBLED_LIMIT = 100


@dataclass(frozen=True, slots=True)
class Held:
    """What stands between the letters and the people, and what the organiser can do."""

    is_held: bool
    is_paused: bool
    reason: str


@blueprint.get("/events/<slug>/letters/")
def letters(slug: str) -> Response:
    with house().store.read() as tx:
        event = event_named(tx, slug)
        counts = tx.letters.counts(event.id)
        return desk_page(
            "letters.html",
            event,
            counts=[
                (*words, counts[state])
                for state, words in STATES.items()
                if state in counts
            ],
            total=sum(counts.values()),
            waiting=sum(
                counts.get(state, 0) for state in ("planned", "queued", "deferred")
            ),
            closure=tx.events.closure(event.id),
            next_due_at=tx.letters.next_due_at(event.id),
            held=_held(tx, event),
            troubled=_troubled(tx, event),
            done=request.args.get("done", ""),
        )


@blueprint.post("/events/<slug>/letters/hold")
def hold_letters(slug: str) -> Response:
    """Nothing leaves until somebody says so."""
    with house().store.read() as tx:
        event = event_named(tx, slug)
    house().store.write(hold, event.id, house().now())
    return go("desk.letters", slug=slug, done="held")


@blueprint.post("/events/<slug>/letters/sending")
def send_letters(slug: str) -> Response:
    """Everything that waits becomes due at once."""
    with house().store.read() as tx:
        event = event_named(tx, slug)
    house().store.write(send, event.id, house().now())
    return go("desk.letters", slug=slug, done="sending")


def _held(tx: Tx, event: Event) -> Held:
    outbox = tx.outboxes.get(event.id)
    paused_until = outbox.paused_until
    is_paused = paused_until is not None and paused_until > house().now()
    return Held(outbox.holds(event.follow_up), is_paused, outbox.reason)


def _troubled(tx: Tx, event: Event) -> list[tuple[Letter, str, str]]:
    """Letters that did not simply go out, each with a word and a tone."""
    letters = tx.figures.letters_in(event.id, TROUBLED, TROUBLED_LIMIT)
    return [(letter, *STATES[letter.state]) for letter in letters]
