"""Acts over HTTP: `POST /api/v1/acts`, read one by one like scans."""

import msgspec
from flask import Response, abort, request

from kiosk.act import Doing, SentActs, receive_acts
from kiosk.aside import Malformed
from kiosk.scan import ShutOut
from kiosk.web import replies
from kiosk.web.act_messages import ACTS_LIMIT, ActResults, AnyAct, RawActs, result_of
from kiosk.web.api import blueprint
from kiosk.web.house import house
from kiosk.web.identity import the_token
from kiosk.web.scans import malformed

_batch = msgspec.json.Decoder(RawActs)
_act = msgspec.json.Decoder(AnyAct)


@blueprint.post("/acts", endpoint="acts")
def take() -> Response:
    """An answer for each act, in the same order, once all of them are durable."""
    acts = [bytes(raw) for raw in _batch.decode(request.get_data()).acts]
    if len(acts) > ACTS_LIMIT:
        sentence = f"Send at most {ACTS_LIMIT} acts at a time."
        return replies.refusal(413, "too_many", sentence)
    key = house().settings.secret_key
    command = SentActs(the_token().digest, tuple(map(read_act, acts)), key)
    answers = house().store.write(receive_acts, command, house().now())
    if isinstance(answers, ShutOut):
        abort(401)
    return replies.json(ActResults([result_of(answer) for answer in answers]))


def read_act(raw: bytes) -> Doing | Malformed:
    """One act of a batch."""
    try:
        act: AnyAct = _act.decode(raw)
        return act.doing()
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return malformed(raw)
