"""The tablets of an event: add one, show its pairing code once, see how each is, revoke."""

from collections.abc import Mapping
from typing import assert_never, get_args

from flask import Response, abort, request

from kiosk.ids import digest, new_short_code
from kiosk.model import Device, Event, Role
from kiosk.pair import (
    PAIRING_FOR,
    AddDevice,
    NoSuchList,
    NoSuchSponsor,
    add_device,
    revoke,
)
from kiosk.ports import Tx
from kiosk.visible import one_line
from kiosk.web.desk.room import blueprint, desk_page, event_named
from kiosk.web.desk.silence import silent_ids
from kiosk.web.desk.words import ROLES
from kiosk.web.house import house
from kiosk.web.qr import qr_svg
from kiosk.web.replies import go

NAME_MAX_LENGTH = 60
GONE = "That check-in list or sponsor is gone; choose another."
SPONSORS_OWN = "sponsor: "  # and its name, where others say a role
CLOCK_OFF = 120  # seconds; what is further ahead is clamped


@blueprint.get("/events/<slug>/devices/")
def devices(slug: str) -> Response:
    return show_devices(slug)


@blueprint.post("/events/<slug>/devices/")
def add_tablet(slug: str) -> Response:
    """The pairing code stands on this answer alone; the store keeps its digest."""
    name = name_typed()
    if not name:
        return show_devices(
            slug, {"name": "Give it a name, such as the place where it stands."}
        )
    with house().store.read() as tx:
        event = event_named(tx, slug)
    code = new_short_code()
    command = AddDevice(
        event.id,
        name,
        role_chosen(),
        request.form.get("list", ""),
        code_digest=digest(code),
        sponsor=sponsor_chosen(),
    )
    added = house().store.write(add_device, command, house().now())
    match added:
        case Device():
            return _show_code(event, added, f"{code[:4]}-{code[4:]}")
        case NoSuchList() | NoSuchSponsor():
            return show_devices(slug, {"name": GONE})
        case _:
            assert_never(added)


@blueprint.post("/events/<slug>/devices/<device_id>/revocation")
def revoke_tablet(slug: str, device_id: str) -> Response:
    with house().store.read() as tx:
        device = tx.devices.get(device_id)
        if device is None or device.event_id != event_named(tx, slug).id:
            abort(404)
    house().store.write(revoke, device_id, house().now())
    return go("desk.devices", slug=slug)


def show_devices(slug: str, errors: Mapping[str, str] | None = None) -> Response:
    """The tablets of an event, and what was wrong with a form on that page."""
    with house().store.read() as tx:
        event = event_named(tx, slug)
        devices = sorted(tx.devices.of_event(event.id), key=_order)
        return desk_page(
            "devices.html",
            event,
            422 if errors else 200,
            rows=devices,
            silent=silent_ids(tx, event, devices, house().now()),
            lists=[(rule.name, rule.name) for rule in tx.events.lists(event.id)],
            roles=uses(tx, event),
            sponsors={one.id: one.name for one in tx.sponsors.of_event(event.id)},
            role_words=ROLES,
            gaps=tx.figures.gaps(event.id),
            errors=errors or {},
            form_values=request.form,
            pin=tx.pins.get(event.id),
            approved=tx.devices.get(request.args.get("approved", "")),
            rescued=_counts("new", "known", "refused"),
            clock_off=CLOCK_OFF,
        )


def _counts(*names: str) -> dict[str, int] | None:
    """What the address says of the file that was just taken; None without one."""
    said = {name: request.args.get(name, type=int) for name in names}
    return {name: count for name, count in said.items() if count is not None} or None


def _show_code(event: Event, device: Device, code: str) -> Response:
    address = f"{house().settings.public_url}/kiosk/pair#{code}"
    return desk_page(
        "device_added.html",
        event,
        201,
        device=device,
        code=code,
        address=address.partition("#")[0],
        picture=qr_svg(address, "Opens the pairing page with this code"),
        hours=int(PAIRING_FOR.total_seconds() // 3600),
    )


def name_typed() -> str:
    """What the place is called: one line, not endless."""
    return " ".join(one_line(request.form.get("name", ""))[0].split())[:NAME_MAX_LENGTH]


def sponsor_chosen() -> str:
    """The sponsor's name when the tablet shall be its own, else empty."""
    wanted = request.form.get("role", "")
    return wanted.removeprefix(SPONSORS_OWN) if wanted.startswith(SPONSORS_OWN) else ""


def uses(tx: Tx, event: Event) -> list[tuple[str, str]]:
    """What a tablet can be for, as choices: staff's roles, then each sponsor."""
    sponsors = tx.sponsors.of_event(event.id)
    return [
        *ROLES.items(),
        *((SPONSORS_OWN + one.name, f"Leads of {one.name}") for one in sponsors),
    ]


def role_chosen() -> Role:
    wanted = request.form.get("role", "")
    return next((role for role in get_args(Role) if role == wanted), "kiosk")


def _order(device: Device) -> tuple[bool, str]:
    return device.revoked_at is not None, device.name.casefold()
