"""Acts over HTTP: `POST /api/v1/acts`, read one by one like scans."""

import msgspec
from flask import Response, abort, request

from kiosk.act import Doing, SentActs, receive_acts
from kiosk.aside import Malformed
from kiosk.envelope import opened
from kiosk.scan import ShutOut
from kiosk.web import replies
from kiosk.web.act_messages import (
    ACTS_LIMIT,
    ActResults,
    AnyAct,
    RawActs,
    SealedAct,
    result_of,
)
from kiosk.web.api import blueprint
from kiosk.web.house import house
from kiosk.web.identity import the_token
from kiosk.web.scans import malformed

_batch = msgspec.json.Decoder(RawActs)
_act = msgspec.json.Decoder(AnyAct)
_sealed = msgspec.json.Decoder(SealedAct)


@blueprint.post("/acts", endpoint="acts")
def take() -> Response:
    """An answer for each act, in the same order, once all of them are durable."""
    acts = [bytes(raw) for raw in _batch.decode(request.get_data()).acts]
    if len(acts) > ACTS_LIMIT:
        sentence = f"Send at most {ACTS_LIMIT} acts at a time."
        return replies.refusal(413, "too_many", sentence)
    key = house().settings.secret_key
    read = tuple(read_act(raw, key) for raw in acts)
    command = SentActs(the_token().digest, read, key)
    answers = house().store.write(receive_acts, command, house().now())
    if isinstance(answers, ShutOut):
        abort(401)
    return replies.json(ActResults([result_of(answer) for answer in answers]))


def read_act(raw: bytes, key: bytes) -> Doing | Malformed:
    """One act of a batch, out of its envelope if it came in one."""
    try:
        raw = _unsealed(raw, key)
        act: AnyAct = _act.decode(raw)
        return act.doing()
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return malformed(raw)


def _unsealed(raw: bytes, key: bytes) -> bytes:
    """The act with what it holds locked; as it came when it holds nothing for us."""
    if b'"sealed"' not in raw:
        return raw
    outside = _sealed.decode(raw)
    words = opened(key, outside.sealed, outside.id)
    if words is None:
        return raw
    said = msgspec.json.decode(words, type=dict[str, msgspec.Raw])
    own = msgspec.json.decode(raw, type=dict[str, msgspec.Raw])
    return msgspec.json.encode(said | own)
