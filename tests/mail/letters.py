"""Letters as the mail room gets them: composed, and as parcels."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from kiosk.compose import Composed
from kiosk.mail.headers import mailbox
from kiosk.mail.message import Parcel
from kiosk.model import Letter, Met
from tests.builders import NOW, ada, an_event, named_id
from tests.store.rows import a_letter

PUBLIC_URL = "https://hallway.example"


def a_met(name: str = "Grace Hopper", **changes: Any) -> Met:
    met = Met(
        attendee_id=named_id(name),
        name=name,
        at=NOW + timedelta(hours=4, minutes=32),
        place="Coffee bar",
        company="Navy",
        role="Admiral",
        email="grace@grace.example",
    )
    return replace(met, **changes)


def a_crowd(count: int) -> tuple[Met, ...]:
    return tuple(
        a_met(f"Person{number} Family", email=f"p{number}@example.org")
        for number in range(count)
    )


def composed(*people: Met, **changes: Any) -> Composed:
    """What Ada's letter says; without people the short kind."""
    letter: Letter = replace(a_letter(ada(), kind="follow_up" if people else "met_nobody"))
    event = changes.pop("event", an_event())
    why = changes.pop("why", "latest")
    return Composed(replace(letter, **changes), event, people, why)


def a_parcel(address: str = "ada@ada.example", words: str = "Hello.\r\n") -> Parcel:
    content = f"Subject: Hello\r\n\r\n{words}".encode()
    return Parcel("letter-1", mailbox("hello@demo.example"), mailbox(address), content)
