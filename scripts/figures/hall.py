"""A data folder with an open event, its people and one enrolled tablet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from kiosk.clock import utc_now
from kiosk.ids import badge_code, digest, new_token
from kiosk.model import Attendee, Badge, CheckInList, Device, Event, FollowUp
from kiosk.store import SqliteStore, Tx, migrate
from scripts.figures.names import company, full_name

KEY = "a key for figures only, forty-eight characters long"
DAY = timedelta(days=1)
CHUNK = 5_000  # people in one transaction


def uid(room: int, number: int) -> str:
    """A UUID that is the same each run; spread like a random one, so pages fill alike."""
    return str(
        UUID(int=(room << 64 | number) * 0x9E3779B97F4A7C15F39CC0605CEDC835 % 2**128)
    )


EVENT_ID, LIST_ID, DEVICE_ID = uid(0, 1), uid(0, 2), uid(0, 3)


@dataclass(frozen=True, slots=True)
class Hall:
    """`people_count` people hold badges; the tablet signs in with `token`."""

    data: Path
    people_count: int
    token: str

    @property
    def database(self) -> Path:
        return self.data / "kiosk.sqlite"

    def code(self, number: int) -> str:
        return badge_code(KEY.encode(), uid(2, number))

    def environ(self) -> dict[str, str]:
        return {"KIOSK_DATA": str(self.data), "KIOSK_SECRET_KEY": KEY}


def build(data: Path, people_count: int) -> Hall:
    """A hall whose event is open now and whose people have not come yet."""
    data.mkdir(parents=True)
    hall = Hall(data, people_count, new_token())
    migrate(hall.database)
    store = SqliteStore(hall.database)
    now = utc_now()
    try:
        store.write(_open_event, hall.token, now)
        for start in range(0, people_count, CHUNK):
            numbers = range(start, min(start + CHUNK, people_count))
            store.write(_fill, numbers, now)
    finally:
        store.close()
    return hall


def event_at(now: datetime) -> Event:
    return Event(
        id=EVENT_ID,
        slug="figures",
        name="Conference of Figures",
        venue="Old Harbour Hall",
        timezone="Europe/Berlin",
        opens_at=now - DAY,
        starts_at=now - DAY,
        ends_at=now + DAY,
        languages=("en",),
        shared_fields=("name", "company", "role", "email"),
        follow_up=FollowUp("Figures", "hello@figures.example", "team@figures.example"),
    )


def person(number: int, now: datetime) -> Attendee:
    name = full_name(number)
    return Attendee(
        id=uid(1, number),
        event_id=EVENT_ID,
        name=name,
        email=f"{name.split()[0].lower()}.{number}@mail.example",
        company=company(number),
        role="Engineer",
        ticket_type="Regular",
        ticket_code=f"T{number:06d}",
        registered_at=now - DAY,
    )


def _open_event(tx: Tx, token: str, now: datetime) -> None:
    tx.events.add(event_at(now))
    tx.events.put_list(CheckInList(LIST_ID, EVENT_ID, "main"))
    tx.devices.add(Device(DEVICE_ID, EVENT_ID, "Door", "kiosk", "main", now))
    tx.devices.give_token(DEVICE_ID, digest(token))


def _fill(tx: Tx, numbers: Sequence[int], now: datetime) -> None:
    for number in numbers:
        attendee = person(number, now)
        tx.attendees.add(attendee)
        badge_id = uid(2, number)
        code = badge_code(KEY.encode(), badge_id)
        tx.badges.add(Badge(badge_id, EVENT_ID, attendee.id, digest(code), now))
