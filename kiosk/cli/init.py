"""`kiosk init` makes what a server needs; `kiosk migrate` updates an older database.

Both may be run again: what exists is kept. The generated password is shown once and stored
only as a hash.
"""

import argparse
import os
import secrets
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from kiosk.cli.house import DONE, CommandError, Commands, House, answer, command
from kiosk.ids import ALPHABET, new_id
from kiosk.model import Organiser
from kiosk.passwords import hash_password, verify_password
from kiosk.settings import KEY_FILE, Settings, read_settings
from kiosk.sign_in import change_password
from kiosk.store import SqliteStore, Tx, migrate

PASSWORD_MINIMUM = 10  # characters, for a password somebody chose
KEY_BYTES = 48


def add_to(commands: Commands) -> None:
    parser = command(
        commands, "init", _init, "make the data folder, key, schema and first organiser"
    )
    parser.add_argument("--organiser", metavar="EMAIL", help="who may sign in at the desk")
    parser.add_argument(
        "--password-file", metavar="FILE", help="holds the password; else one is made"
    )
    command(commands, "migrate", _migrate, "bring the database up to date")


def _init(args: argparse.Namespace, house: House) -> int:
    settings = read_settings(house.environ, needs_key=False)
    _make_folder(settings.data)
    steps = migrate(settings.database_path)
    made: dict[str, object] = {
        "data": str(settings.data),
        "key": "kept" if settings.secret_key else _make_key(settings),
        "schema": list(steps),
    }
    if args.organiser:
        made["organiser"] = _seat(args, house)
    answer(args, made, _told(made))
    return DONE


def _migrate(args: argparse.Namespace, house: House) -> int:
    steps = migrate(house.settings.database_path)
    done = f"Done: {', '.join(steps)}." if steps else "The database is up to date."
    answer(args, {"schema": list(steps)}, done)
    return DONE


def _make_folder(data: Path) -> None:
    """A folder for its owner alone; one that is in use already keeps its rights."""
    data.mkdir(parents=True, exist_ok=True)
    if not any(data.iterdir()):
        data.chmod(0o700)


def _make_key(settings: Settings) -> str:
    path = settings.data / KEY_FILE
    if path.exists():
        if path.read_bytes().strip():
            return "kept"  # another `init` made it since the settings were read
        raise CommandError(f"{path} is empty; put the key back, or remove the file.")
    if _has_badges(settings.database_path):
        raise CommandError(
            f"The badges in the database need the key that was in {path}; put it back, or "
            "set a new KIOSK_SECRET_KEY and reissue every badge."
        )
    part = path.with_name(f"{KEY_FILE}.{os.getpid()}")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(KEY_BYTES) + "\n")
        file.flush()
        os.fsync(handle)
    try:
        path.hardlink_to(part)  # whole or not there, and never over another one
    except FileExistsError:
        return "kept"
    finally:
        part.unlink()
    return "made"


def _has_badges(path: Path) -> bool:
    with closing(SqliteStore(path)) as store, store.read() as tx:
        return any(tx.badges.of_event(event.id) for event in tx.events.all())


def _seat(args: argparse.Namespace, house: House) -> dict[str, str]:
    """Let an organiser in; a password file given for a known one changes the password."""
    email = _address(args.organiser)
    chosen = _password_in(args.password_file) if args.password_file else ""
    with house.store.read() as tx:
        known = tx.organisers.by_email(email)
    if known is None:
        password = chosen or _new_password()
        organiser = Organiser(new_id(), email, hash_password(password), house.now)
        if house.write(_add, organiser):
            shown = {} if chosen else {"password": password}
            return {"email": email, "account": "added", **shown}
        return {"email": email, "account": "kept"}  # another `kiosk init` was quicker
    if not chosen or verify_password(known.password_hash, chosen):
        return {"email": email, "account": "kept"}
    changed = replace(known, password_hash=hash_password(chosen))
    house.write(change_password, changed)
    return {"email": email, "account": "password changed"}


def _add(tx: Tx, organiser: Organiser, _: datetime) -> bool:
    if tx.organisers.by_email(organiser.email):
        return False
    tx.organisers.add(organiser)
    return True


def _address(text: str) -> str:
    email: str = text.strip().lower()
    local, at, domain = email.rpartition("@")
    if not (local and at and domain) or any(mark.isspace() for mark in email):
        raise CommandError(f'"{text}" is not an e-mail address.')
    return email


def _password_in(path: str) -> str:
    password = Path(path).read_text(encoding="utf-8").strip("\r\n")
    if len(password) < PASSWORD_MINIMUM:
        raise CommandError(
            f"The password in {path} has fewer than {PASSWORD_MINIMUM} characters; "
            "choose a longer one."
        )
    return password


def _new_password() -> str:
    """80 random bits in four groups that can be read out."""
    letters = "".join(secrets.choice(ALPHABET.lower()) for _ in range(16))
    return "-".join(letters[start : start + 4] for start in range(0, 16, 4))


def _told(made: dict[str, object]) -> str:
    lines = [
        f"Data folder {made['data']} is ready.",
        f"Secret key: {made['key']}. Keep a copy: printed badges depend on it.",
        "Database: made." if made["schema"] else "Database: up to date.",
    ]
    organiser = made.get("organiser")
    if isinstance(organiser, dict):
        lines.append(f"Organiser {organiser['email']}: {organiser['account']}.")
        if "password" in organiser:
            lines.append(f"Password, shown only now: {organiser['password']}")
    return "\n".join(lines)
