"""`kiosk demo`: one whole conference day on this machine, then a house to walk through."""

import argparse
import os
from importlib import import_module
from pathlib import Path

from kiosk.cli.house import DONE, CommandError, Commands, House, command

DEFAULT_PORT = 8080


def add_to(commands: Commands) -> None:
    parser = command(commands, "demo", _demo, "play a conference day, then serve it")
    parser.add_argument("--exit", action="store_true", help="stop after the report")
    port = os.environ.get("PORT", "")
    default = int(port) if port.isdecimal() else DEFAULT_PORT
    parser.add_argument("--port", type=int, default=default, help="also by PORT")
    parser.add_argument("--data", type=Path, help="default ./demo-data/PORT")


def _demo(args: argparse.Namespace, _house: House) -> int:
    folder = (args.data or Path("demo-data") / str(args.port)).resolve()
    try:
        demo = import_module("kiosk.demo.run")  # its mail server is an extra
    except ModuleNotFoundError as missing:
        raise CommandError(
            f"The demo needs {missing.name}: install with `pip install '.[demo,pdf]'`."
        ) from None
    try:
        demo.run(folder, args.port, stays_open=not args.exit)
    except demo.DemoFailedError as error:
        raise CommandError(str(error)) from error
    return DONE
