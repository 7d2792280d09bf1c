"""Is the server alive, can it answer, how much has it done; and the way in for everybody.

The figures name events and outcomes, never a person. They are given to this machine itself
and to whoever shows the token of a desk device (for a collector elsewhere).
"""

from ipaddress import ip_address

from flask import Blueprint, Response, abort, request

from kiosk.model import Device
from kiosk.web.house import house
from kiosk.web.identity import identify
from kiosk.web.metrics import metrics_text
from kiosk.web.replies import page

blueprint = Blueprint("health", __name__)


@blueprint.get("/")
def start() -> Response:
    return page("start.html")


@blueprint.get("/healthz")
def alive() -> Response:
    """200 while the process answers at all."""
    return Response("alive\n", mimetype="text/plain")


@blueprint.get("/readyz")
def ready() -> Response:
    """200 while the store answers; 503 otherwise, by the store's own error."""
    with house().store.read() as tx:
        tx.events.all()
    return Response("ready\n", mimetype="text/plain")


@blueprint.get("/metrics")
def figures() -> Response:
    if not (_is_this_machine() or _is_desk_device()):
        abort(404)
    with house().store.read() as tx:
        text = metrics_text(tx)
    return Response(text, content_type="text/plain; version=0.0.4; charset=utf-8")


def _is_this_machine() -> bool:
    """Whether the caller sits on this machine; a proxy here speaks for somebody else."""
    is_forwarded = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    return not is_forwarded and ip_address(request.remote_addr or "::").is_loopback


def _is_desk_device() -> bool:
    device = identify("device")
    return isinstance(device, Device) and device.role == "desk"
