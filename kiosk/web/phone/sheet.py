"""All the style of a phone's pages in one small file, so that a slow phone asks once.

The files stay apart where people write them; here they are joined in their order, packed,
and named by their content.
"""

import gzip
from functools import lru_cache
from hashlib import sha256

from flask import Response, request, url_for

from kiosk.places import folder
from kiosk.web.assets import DIGEST_LENGTH
from kiosk.web.headers import A_YEAR
from kiosk.web.phone.room import blueprint

PARTS = (
    "layers", "reset", "tokens", "colour", "base", "layout", "button", "field", "notice",
    "card", "person", "dialog", "phone", "phone-pages", "phone-card", "phone-people",
)  # fmt: skip


@blueprint.app_template_global("phone_sheet")
def address() -> str:
    """The URL of the sheet as it is now."""
    return url_for("phone.sheet", v=_digest(_changed_at()))


@blueprint.get("/phone.css", endpoint="sheet")
def serve() -> Response:
    is_packed = request.accept_encodings.best_match(["gzip"]) is not None
    content = (_packed if is_packed else _joined)(_changed_at())
    answer = Response(content, mimetype="text/css")
    answer.vary.add("Accept-Encoding")
    answer.cache_control.max_age = A_YEAR
    answer.cache_control.public = answer.cache_control.immutable = True
    if is_packed:
        answer.content_encoding = "gzip"
    return answer


def _changed_at() -> int:
    """When the last of the files was edited; an edited file is read again."""
    css = folder("static") / "css"
    return max((css / f"{name}.css").stat().st_mtime_ns for name in PARTS)


@lru_cache(maxsize=1)
def _joined(changed_at: int) -> bytes:
    del changed_at  # part of the key
    css = folder("static") / "css"
    return b"".join((css / f"{name}.css").read_bytes() for name in PARTS)


@lru_cache(maxsize=1)
def _digest(changed_at: int) -> str:
    return sha256(_joined(changed_at)).hexdigest()[:DIGEST_LENGTH]


@lru_cache(maxsize=1)
def _packed(changed_at: int) -> bytes:
    return gzip.compress(_joined(changed_at), mtime=0)
