"""A small page to read what the mail server of the demo got; for this machine only."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import unquote

from kiosk.demo.mailbox import free_port

PAGE = """<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>{title}</title>
<body>{body}</body></html>"""
POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'"


class Inbox:
    """The letters of a folder, as a list and one by one."""

    def __init__(self, folder: Path) -> None:
        handler = type("Handler", (_Handler,), {"folder": folder})
        self._server = ThreadingHTTPServer(("127.0.0.1", free_port()), handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/"
        Thread(target=self._server.serve_forever, name="demo-inbox", daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    folder: Path

    def do_GET(self) -> None:
        wanted = unquote(self.path.lstrip("/"))
        letters = {path.name: path for path in sorted(self.folder.glob("*.eml"))}
        if not wanted:
            self._answer(200, PAGE.format(title="Inbox", body=_list(letters)))
        elif wanted in letters:
            self._answer(200, _letter(letters[wanted]))
        else:
            self._answer(404, PAGE.format(title="Nothing here", body="No such letter."))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing: the demo's own report is what people read."""

    def _answer(self, status: int, page: str) -> None:
        body = page.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _read(path: Path) -> EmailMessage:
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    if not isinstance(message, EmailMessage):
        raise TypeError("the default policy makes e-mail messages")
    return message


def _list(letters: dict[str, Path]) -> str:
    rows = []
    for name, path in letters.items():
        message = _read(path)
        line = f"{message['To']} — {message['Subject']}"
        rows.append(f'<li><a href="/{escape(name)}">{escape(line)}</a></li>')
    return f"<h1>{len(rows)} letters</h1><ol>{''.join(rows)}</ol>"


def _letter(path: Path) -> str:
    body = _read(path).get_body(("html", "plain"))
    return str(body.get_content()) if body else ""
