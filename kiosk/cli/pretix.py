"""`kiosk attendees import EVENT --pretix URL`: from a shop, in batches that stay.

Each batch is registered in one transaction with the cursor behind it, so a run that breaks
off is taken up where it ended.
"""

import argparse
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from kiosk.cli.house import CommandError, House
from kiosk.cli.imported import Imported
from kiosk.intake.pretix import Batch, PretixError, PretixShop, read_pretix
from kiosk.model import Event
from kiosk.register import Registered, RegisterList, register
from kiosk.store import Tx

COMPLETE_FIELDS = ("blocked", "valid_from", "valid_until")
"""What pretix alone decides: it was lifted there when it is not told any more."""


def import_from_pretix(args: argparse.Namespace, house: House, event: Event) -> Imported:
    """Everything new of a shop; CommandError says how far a broken run came."""
    shop = _shop(args)
    with house.store.read() as tx:
        cursor = "" if args.full else tx.sources.cursor(event.id, shop.source)
    imported = Imported(format="pretix", encoding="utf-8", is_dry_run=args.dry_run)
    try:
        for batch in read_pretix(shop, cursor, event.languages):
            _take(house, shop, event, batch, imported)
    except PretixError as error:
        done = sum(imported.counts.values())
        so_far = f" ({done} people were read before.)" if done else ""
        raise CommandError(f"{error}{so_far}") from None
    return imported


def _shop(args: argparse.Namespace) -> PretixShop:
    missing = [
        option
        for option, value in (
            ("--organizer", args.organizer),
            ("--event", args.shop_event),
            ("--token-file", args.token_file),
        )
        if not value
    ]
    if missing:
        args.misused(f"--pretix needs {', '.join(missing)} too")
    token = Path(args.token_file).read_text(encoding="utf-8").strip()
    if not (token.isascii() and token.isprintable() and token and " " not in token):
        raise CommandError(f"{args.token_file} does not hold one API token and no more.")
    if not args.pretix.startswith(("https://", "http://")):
        raise CommandError(
            f"{args.pretix} is not an address like https://pretix.example.org."
        )
    return PretixShop(args.pretix, args.organizer, args.shop_event, token)


def _take(
    house: House, shop: PretixShop, event: Event, batch: Batch, imported: Imported
) -> None:
    """Register one batch and remember how far it goes, or only count it."""
    wanted = RegisterList(
        event_id=event.id,
        rows=batch.people.rows,
        key=house.settings.secret_key,
        complete_fields=COMPLETE_FIELDS,
        complete_orders=batch.people.orders,
        dry_run=imported.is_dry_run,
    )
    if imported.is_dry_run:
        with house.store.read() as tx:
            imported.add(register(tx, wanted, house.now))
    else:
        imported.add(house.write(_registering(shop, batch), wanted))
    imported.skipped += batch.people.skipped
    imported.warnings += batch.people.warnings


def _registering(
    shop: PretixShop, batch: Batch
) -> Callable[[Tx, RegisterList, datetime], Registered]:
    def register_and_go_on(tx: Tx, wanted: RegisterList, now: datetime) -> Registered:
        tx.sources.put(wanted.event_id, shop.source, batch.cursor)
        return register(tx, wanted, now)

    return register_and_go_on
