"""`kiosk devices add|list|pin|revoke`: tablets join an event, are listed and shut out.

The pairing code is shown once, as text, address and QR; the tablet's camera or a finger
takes it from the terminal. `--token` skips pairing, for scripts.
"""

import argparse
import io
import json
import sys
from getpass import getpass
from typing import assert_never

import qrcode

from kiosk.cli.house import DONE, CommandError, Commands, House, answer, command, group
from kiosk.clock import to_text
from kiosk.ids import digest, new_short_code, new_token
from kiosk.model import Device
from kiosk.pair import (
    PAIRING_FOR,
    AddDevice,
    NoSuchList,
    NoSuchSponsor,
    add_device,
    revoke,
)
from kiosk.pin import hashed, is_pin, remove_pin, set_pin

ROLES = ("kiosk", "desk", "gate")


def add_to(commands: Commands) -> None:
    devices = group(commands, "devices", "tablets and scanners of an event")
    adding = command(devices, "add", _add, "add a device and show its pairing code")
    adding.add_argument("event", metavar="EVENT")
    adding.add_argument("--name", required=True, help="what people call it, and its place")
    adding.add_argument("--role", choices=ROLES, default="kiosk")
    adding.add_argument("--list", default="", help="the check-in list it serves")
    adding.add_argument(
        "--sponsor",
        default="",
        help="a sponsor: it asks people for leads, and nothing else",
    )
    adding.add_argument(
        "--token", action="store_true", help="print a token instead of a pairing code"
    )
    listing = command(devices, "list", _list, "the devices of an event, or of every event")
    listing.add_argument("event", metavar="EVENT", nargs="?")
    pin = command(devices, "pin", _pin, "set or remove the PIN that opens settings")
    pin.add_argument("event", metavar="EVENT")
    pin.add_argument("--remove", action="store_true", help="let anybody open the settings")
    revoking = command(devices, "revoke", _revoke, "shut a device out for good")
    revoking.add_argument("id", metavar="ID")


def _add(args: argparse.Namespace, house: House) -> int:
    name = args.name.strip()
    if not name:
        raise CommandError("A device needs a name, such as the place where it stands.")
    secret = new_token() if args.token else new_short_code()
    wanted = AddDevice(
        event_id=house.event(args.event).id,
        name=name,
        role=args.role,
        list_name=args.list,
        code_digest="" if args.token else digest(secret),
        token_digest=digest(secret) if args.token else "",
        sponsor=args.sponsor,
    )
    match house.write(add_device, wanted):
        case Device() as device:
            _show(args, house, device, secret)
        case NoSuchList(names):
            raise _no_such("check-in list", args.list, names)
        case NoSuchSponsor(names):
            raise _no_such("sponsor", args.sponsor, names)
        case never:
            assert_never(never)
    return DONE


def _no_such(kind: str, name: str, names: tuple[str, ...]) -> CommandError:
    there_are = ", ".join(names) or "none"
    return CommandError(f'There is no {kind} "{name}"; there are: {there_are}.')


def _show(args: argparse.Namespace, house: House, device: Device, secret: str) -> None:
    if args.token:
        print(json.dumps({"device_id": device.id, "token": secret}))
    else:
        _show_pairing(args, house, device, secret)


def _show_pairing(
    args: argparse.Namespace, house: House, device: Device, secret: str
) -> None:
    code = f"{secret[:4]}-{secret[4:]}"
    url = f"{house.settings.public_url}/kiosk/pair#{code}"
    machine = {
        "device_id": device.id,
        "pairing_code": code,
        "url": url,
        "expires_at": to_text(house.now + PAIRING_FOR),
    }
    human = (
        f"{device.name} ({device.role}, list {device.list_name})\n\n{_picture(url)}\n"
        f"Open {url}\nor type the pairing code {code} there. It works once, for a day."
    )
    answer(args, machine, human)


def _picture(url: str) -> str:
    """The QR in half-block characters, light on dark as on a terminal."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=2)
    code.add_data(url)
    drawn = io.StringIO()
    code.print_ascii(out=drawn, invert=True)
    return drawn.getvalue()


def _list(args: argparse.Namespace, house: House) -> int:
    only = house.event(args.event) if args.event else None
    with house.store.read() as tx:
        events = [only] if only else tx.events.all()
        names = {one.id: one.name for it in events for one in tx.sponsors.of_event(it.id)}
        found = [
            (it.slug, device) for it in events for device in tx.devices.of_event(it.id)
        ]
    answer(
        args,
        [
            _machine(slug, device) | {"sponsor": names.get(device.sponsor_id or "")}
            for slug, device in found
        ],
        "\n".join(_line(slug, device) for slug, device in found) or "There are no devices.",
    )
    return DONE


def _machine(slug: str, device: Device) -> dict[str, object]:
    return {
        "device_id": device.id,
        "event": slug,
        "name": device.name,
        "role": device.role,
        "list": device.list_name,
        "added_at": to_text(device.added_at),
        "seen_at": to_text(device.seen_at) if device.seen_at else None,
        "queued_count": device.queued_count,
        "revoked_at": to_text(device.revoked_at) if device.revoked_at else None,
    }


def _line(slug: str, device: Device) -> str:
    seen = f"seen {to_text(device.seen_at)[:16]}Z" if device.seen_at else "never seen"
    state = "revoked" if device.revoked_at else seen
    return (
        f"{device.id}  {slug}  {device.role:<5}  {device.list_name}  {device.name}  {state}"
    )


def _pin(args: argparse.Namespace, house: House) -> int:
    """The digits come from standard input, so that no list of processes shows them."""
    event = house.event(args.event)
    if args.remove:
        house.write(remove_pin, event.id)
        answer(args, {"event": event.slug, "pin": False}, "Settings are open to anybody.")
        return DONE
    digits = getpass("Staff PIN: ") if sys.stdin.isatty() else sys.stdin.readline().strip()
    if not is_pin(digits):
        raise CommandError("A PIN is four to eight digits and nothing else.")
    house.write(set_pin, hashed(event.id, digits))
    said = "The tablets ask for it from their next sign of life on."
    answer(args, {"event": event.slug, "pin": True}, said)
    return DONE


def _revoke(args: argparse.Namespace, house: House) -> int:
    if not house.write(revoke, args.id):
        raise CommandError(
            f"There is no device {args.id} to revoke; see `kiosk devices list`."
        )
    answer(args, {"device_id": args.id, "revoked": True}, "Revoked: it is shut out now.")
    return DONE
