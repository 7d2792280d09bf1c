"""Answers of every kind: a page, a redirect after a post, JSON, and what went wrong.

A person is told what happened, what it means and what to do; a program gets one shape for
every error, `{"error": {"code", "sentence"}}`. Neither ever sees a traceback.
"""

import logging
from http import HTTPStatus
from typing import Any

import msgspec
from flask import Flask, Response, render_template, request, url_for
from jinja2 import TemplateNotFound
from werkzeug.exceptions import HTTPException

from kiosk.ids import new_short_code
from kiosk.words import _

log = logging.getLogger(__name__)

SENTENCES = {
    400: "The server could not understand the request.",
    401: "Sign in first: the token or session is missing, wrong or over.",
    403: "This is not allowed here.",
    404: "There is nothing at this address.",
    405: "This address does not take that method.",
    409: "Things have changed meanwhile; look again, then decide.",
    413: "The request is larger than this address takes.",
    415: "Send JSON with the header Content-Type: application/json.",
    429: "Too many tries; wait a little and try again.",
    500: "Something went wrong on the server; it was written to the log.",
    503: "The server cannot do this just now; try again in a moment.",
}
RETRY_AFTER = 5  # seconds; a full disk or a long import takes about that to pass


def install(app: Flask) -> None:
    app.register_error_handler(HTTPException, on_http_error)
    app.register_error_handler(Exception, on_surprise)


def page(template: str, status: int = 200, /, **context: Any) -> Response:
    return Response(render_template(template, **context), status, mimetype="text/html")


def see_other(address: str) -> Response:
    """Where the browser should look after a post (303, so that it asks with GET)."""
    return Response("", 303, {"Location": address})


def go(endpoint: str, **values: Any) -> Response:
    """`see_other` for one of our own routes."""
    return see_other(url_for(endpoint, **values))


def json(thing: object, status: int = 200) -> Response:
    """A typed message as JSON."""
    return Response(msgspec.json.encode(thing), status, mimetype="application/json")


def refusal(status: int, code: str = "", sentence: str = "", **headers: str) -> Response:
    """An error in the form the caller reads: JSON below `/api/`, a page elsewhere."""
    code = code or HTTPStatus(status).name.lower()
    sentence = sentence or SENTENCES.get(status, HTTPStatus(status).description)
    if request.path.startswith("/api/"):
        answer = json({"error": {"code": code, "sentence": sentence}}, status)
    else:
        answer = _error_page(status)
    answer.headers.extend(
        {name.replace("_", "-"): value for name, value in headers.items()}
    )
    return answer


def told(status: int, word: str, meaning: str, advice: str = "", **more: str) -> Response:
    """An error page in words of its own; `again` is an address to try once more."""
    return page(
        "errors/error.html",
        status,
        status=status,
        word=word,
        meaning=meaning,
        advice=advice,
        **more,
    )


def unavailable(error: Exception) -> Response:
    """The store cannot answer for now; its own sentence says why."""
    log.warning("the store is unavailable: %s", error)
    return refusal(503, "store_unavailable", str(error), Retry_After=str(RETRY_AFTER))


def on_http_error(error: HTTPException) -> Response:
    if isinstance(error.response, Response):
        return error.response
    answer = refusal(error.code or 500)
    for name, value in error.get_headers(request.environ):
        if name in {"Allow", "Retry-After"}:
            answer.headers[name] = value
    if error.code == HTTPStatus.UNAUTHORIZED:
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


def on_surprise(error: Exception) -> Response:
    """A fault of ours: logged under a reference that the page shows."""
    reference = new_short_code()
    log.error(
        "a request failed, reference %s, endpoint %s",
        reference,
        request.endpoint,
        exc_info=error,
    )
    if request.path.startswith("/api/"):
        return refusal(500)
    return page("errors/500.html", 500, request_id=reference)


def _error_page(status: int) -> Response:
    try:
        return page(f"errors/{status}.html", status)
    except TemplateNotFound:
        return told(status, _("That did not work"), _("The server cannot answer this."))
