"""What the scans are measured against: a Flask handler that does one durable INSERT.

The same server, the same settings of SQLite, the body read and answered as JSON; no
access, no rules, no headers, one connection behind one lock.
"""

import argparse
from functools import partial
from pathlib import Path
from threading import Lock

from flask import Flask, Response, jsonify, request
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from kiosk.store.sqlite import connect


def create_app(folder: Path) -> Flask:
    app = Flask("bare")
    connection = connect(folder / "bare.sqlite").conn
    connection.execute("pragma journal_mode = wal")
    connection.execute(
        "create table if not exists scans (id text primary key, body text not null) strict"
    )
    lock = Lock()

    @app.post("/api/v1/scans")
    def keep() -> Response:
        scan_id = request.get_json()["scans"][0]["id"]
        row = (scan_id, request.get_data(as_text=True))
        with lock:
            connection.execute("insert into scans (id, body) values (?, ?)", row)
        return jsonify(results=[{"id": scan_id, "outcome": "welcomed"}])

    return app


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("threads", type=int)
    parser.add_argument("--port", type=int, required=True)
    args = parser.parse_args()
    server = Granian(
        "bare",
        port=args.port,
        interface=Interfaces.WSGI,
        blocking_threads=args.threads,
        websockets=False,
        log_level=LogLevels.error,
    )
    server.serve(target_loader=partial(_load, args.folder), wrap_loader=False)


def _load(folder: Path) -> Flask:
    return create_app(folder)


if __name__ == "__main__":
    main()
