"""`/openapi.json`, made from the typed messages: what is sent is what is described."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import msgspec
from flask import Blueprint, Response

from kiosk import __version__
from kiosk.web import messages as say
from kiosk.web import staff_messages as staff
from kiosk.web.act_messages import ACTS_LIMIT, ActBatch, ActResults
from kiosk.web.beats import Heartbeat, HeartbeatAnswer
from kiosk.web.labels import BadgeNow, BadgeRequest
from kiosk.web.messages import BATCH_LIMIT, QUERY_LIMIT, QUERY_MINIMUM
from kiosk.web.roster_messages import RosterPage

blueprint = Blueprint("openapi", __name__)


@dataclass(frozen=True, slots=True)
class Call:
    """One operation; `refusals` are the statuses it answers with an error.

    `query` is a parameter of its address: name, whether it must be given, and its form.
    """

    method: str
    path: str
    summary: str
    answer: type[Any]
    takes: type[Any] | None = None
    status: int = 200
    refusals: Mapping[int, str] = field(default_factory=dict)
    is_open: bool = False
    query: tuple[str, bool, Mapping[str, Any]] | None = None


_QUERY = {"type": "string", "minLength": QUERY_MINIMUM, "maxLength": QUERY_LIMIT}
_LIMIT = f"More than {BATCH_LIMIT} scans, or more than 10 MB."
CALLS = (
    Call(
        "post",
        "/api/v1/devices",
        "Enrol a tablet with its one-time pairing code; the token is said once.",
        staff.Enrolled,
        staff.Pairing,
        201,
        {
            404: "A used, wrong or old code; all are told alike.",
            429: "Too many wrong codes.",
        },
        is_open=True,
    ),
    Call(
        "post",
        "/api/v1/pairings",
        "A code for a tablet's screen to show; an organiser approves it at the desk.",
        staff.AskedIn,
        status=201,
        refusals={429: "Too many tablets ask at once."},
        is_open=True,
    ),
    Call(
        "get",
        "/api/v1/pairings/mine",
        "How it stands with the tablet whose secret this is, said as a bearer token.",
        staff.Asking,
        refusals={404: "Wrong, too old, or revoked; all are told alike."},
        is_open=True,
    ),
    Call(
        "post",
        "/api/v1/pin",
        "Whether this is the staff PIN, for a tablet that cannot work it out itself.",
        staff.PinAnswer,
        staff.PinTried,
        refusals={429: "Too many wrong PINs."},
    ),
    Call(
        "get",
        "/api/v1/referrals",
        "Who waits at the help desk, the longest wait first; role desk only.",
        staff.Cases,
        refusals={403: "This tablet is not of the help desk."},
    ),
    Call("get", "/api/v1/event", "The event, its phase, its lists.", say.EventNow),
    Call(
        "post",
        "/api/v1/scans",
        f"Up to {BATCH_LIMIT} scans; an answer for each, in order, once all are durable.",
        say.ScanResults,
        say.ScanBatch,
        refusals={413: _LIMIT},
    ),
    Call(
        "post",
        "/api/v1/acts",
        f"Up to {ACTS_LIMIT} acts besides scans: walk-ins, promises, what is shared. What "
        "one says besides id, seq, kind and at may come locked for the event's seal_key, "
        "as `sealed`.",
        ActResults,
        ActBatch,
        refusals={413: f"More than {ACTS_LIMIT} acts."},
    ),
    Call(
        "get",
        "/api/v1/roster",
        "What changed of whom this tablet may meet, each locked with their own code.",
        RosterPage,
        query=("since", False, {"type": "string", "description": "the last cursor"}),
    ),
    Call(
        "post",
        "/api/v1/heartbeat",
        "How the tablet is; which of its scans never arrived.",
        HeartbeatAnswer,
        Heartbeat,
    ),
    Call(
        "get",
        "/api/v1/people",
        "Desk: at most 20 people, forgivingly. Others: one, by code or surname and e-mail.",
        say.PeopleFound,
        refusals={429: "Self-service found nobody too often."},
        query=("q", True, _QUERY),
    ),
    Call(
        "get",
        "/api/v1/namesakes",
        "Desk and gate: at most three people called nearly so, before somebody is added.",
        say.PeopleFound,
        refusals={403: "In self-service nobody is told who is called how."},
        query=("name", True, {"type": "string", "maxLength": QUERY_LIMIT}),
    ),
    Call(
        "post",
        "/api/v1/role",
        "Make this tablet a kiosk, a gate or the desk; with the event's staff PIN.",
        staff.RoleNow,
        staff.RoleWanted,
        refusals={
            403: "No PIN, or another one.",
            409: "A sponsor's tablet stays what it is.",
            429: "Too many wrong PINs.",
        },
    ),
    Call(
        "post",
        "/api/v1/badges",
        "The badge of whoever was just let in here, to be printed.",
        BadgeNow,
        BadgeRequest,
        refusals={404: "No such code at this event.", 409: "Not checked in here just now."},
    ),
    Call(
        "post",
        "/api/v1/links",
        "After a check-in here: a one-time address for the person's own phone, 60 s.",
        say.LinkOffer,
        say.LinkRequest,
        201,
        {404: "No such code at this event.", 409: "Not checked in here just now."},
    ),
    Call(
        "post",
        "/api/v1/cards",
        "Whose badges these are and what each would share; before a swap.",
        say.Cards,
        say.CardsRequest,
    ),
)


@blueprint.get("/openapi.json")
def description() -> Response:
    return Response(_text(), mimetype="application/json")


@cache
def _text() -> bytes:
    return msgspec.json.encode(document())


def document() -> dict[str, Any]:
    """The description as OpenAPI 3.1."""
    shapes: list[type[Any]] = [call.answer for call in CALLS]
    shapes += [call.takes for call in CALLS if call.takes] + [say.ErrorMessage]
    refs, components = msgspec.json.schema_components(
        shapes, ref_template="#/components/schemas/{name}"
    )
    schemas: dict[type[Any], Any] = dict(zip(shapes, refs, strict=True))
    paths: dict[str, dict[str, Any]] = {}
    for call in CALLS:
        paths.setdefault(call.path, {})[call.method] = _operation(call, schemas)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Hallway for devices",
            "version": __version__,
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "/"}],
        "security": [{"device": []}],
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {"device": {"type": "http", "scheme": "bearer"}},
        },
    }


def _operation(call: Call, schemas: Mapping[type[Any], Any]) -> dict[str, Any]:
    refusals = {400: "Not the JSON that belongs here.", **call.refusals}
    if not call.is_open:
        refusals[401] = "The token is missing, wrong or revoked."
    error = schemas[say.ErrorMessage]
    operation: dict[str, Any] = {
        "operationId": call.path.rpartition("/")[2],
        "summary": call.summary,
        "responses": {
            str(call.status): _body("What was asked for.", schemas[call.answer]),
            **{str(code): _body(why, error) for code, why in sorted(refusals.items())},
        },
    }
    if call.takes:
        body = _body("", schemas[call.takes])
        operation["requestBody"] = {"required": True, "content": body["content"]}
    if call.query:
        name, is_required, schema = call.query
        operation["parameters"] = [
            {"name": name, "in": "query", "required": is_required, "schema": schema}
        ]
    if call.is_open:
        operation["security"] = []
    return operation


def _body(description: str, schema: object) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": schema}}}
