"""`kiosk backup` copies the database while it is used; `kiosk restore` puts a copy back."""

import argparse
from pathlib import Path

from kiosk.cli.house import DONE, CommandError, Commands, House, answer, command
from kiosk.erase import EraseAgain, erase_again
from kiosk.store import Forgotten, Restored, Tx, restore


def add_to(commands: Commands) -> None:
    backing = command(commands, "backup", _backup, "copy the database into a file")
    backing.add_argument("file", metavar="FILE", type=Path)
    backing.add_argument("--force", action="store_true", help="replace FILE when it exists")
    restoring = command(commands, "restore", _restore, "put a backup in its place")
    restoring.add_argument("file", metavar="FILE", type=Path)
    restoring.add_argument(
        "--discard", action="store_true", help="do not keep the replaced database"
    )


def _backup(args: argparse.Namespace, house: House) -> int:
    target: Path = args.file
    if target.is_dir():
        raise CommandError(f"{target} is a folder; name a file.")
    if _is_the_database(target, house.settings.database_path):
        raise CommandError(f"{target} is the database itself; name another file.")
    if target.exists() and not args.force:
        raise CommandError(f"{target} exists; name another file or add --force.")
    if not target.parent.is_dir():
        raise CommandError(f"There is no folder {target.parent}; make it first.")
    house.store.backup(target)
    size = target.stat().st_size
    told = (
        f"{target}: {size:,} bytes. It holds personal data and not the secret key; "
        "keep both, apart."
    )
    answer(args, {"path": str(target), "bytes": size}, told)
    return DONE


def _is_the_database(target: Path, database: Path) -> bool:
    """Whether it is the file in use, or one that SQLite keeps beside it."""
    ours = {f"{database.name}{ending}" for ending in ("", "-wal", "-shm", ".lock")}
    return target.name in ours and target.resolve().parent == database.resolve().parent


def _restore(args: argparse.Namespace, house: House) -> int:
    def forget(tx: Tx, forgotten: Forgotten) -> int:
        key = house.settings.secret_key
        again = EraseAgain(forgotten.erasures, forgotten.purges, key)
        return erase_again(tx, again, house.now)

    done = restore(args.file, house.settings.database_path, forget, house.now)
    if args.discard and done.aside is not None:
        done.aside.unlink()
    answer(args, _machine(args, done), " ".join(_told(args, done)))
    return DONE


def _machine(args: argparse.Namespace, done: Restored) -> dict[str, object]:
    aside = None if args.discard else done.aside
    return {
        "restored": str(args.file),
        "erased_again": done.erased_count,
        "carried_over": done.carried_count,
        "schema": list(done.steps),
        "replaced": str(aside) if aside else None,
    }


def _told(args: argparse.Namespace, done: Restored) -> list[str]:
    told = [f"Restored {args.file}."]
    if done.erased_count:
        told.append(f"People forgotten again: {done.erased_count}.")
    if done.carried_count:
        told.append(
            f"Kept {done.carried_count} letters, unsubscribes and withdrawals made since."
        )
    if done.aside and not args.discard:
        told.append(
            f"The database it replaced is {done.aside}; delete it when you are sure."
        )
    return told
