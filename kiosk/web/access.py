"""Who may ask what: one line a route, held against the routes that really exist.

A route that is not declared here is refused while the server runs and fails the tests. The
table says who is let in, with which methods, whether a form must prove that it is ours, and
how large the request may be.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass

from flask import Flask, Response, abort, g, request, url_for

from kiosk.model import Device
from kiosk.web import csrf, replies
from kiosk.web.identity import Who, identify
from kiosk.words import N_, _

log = logging.getLogger(__name__)

MEGABYTE = 1_000_000
BATCH_BYTES = 10 * MEGABYTE  # 500 scans of eight codes of 2,048 characters
LIST_BYTES = 20 * MEGABYTE  # an attendee list of 100,000 rows has about 15
HOW_TO_LINK = N_(
    "No app and no password: a code from the tablet or from a mail makes this phone yours."
)


@dataclass(frozen=True, slots=True)
class Access:
    """One route: `needs_form` asks for our own form's proof on every method but GET."""

    who: Who
    methods: frozenset[str]
    needs_form: bool = True
    max_bytes: int = MEGABYTE
    for_sponsors: bool = False  # also for a sponsor's own device


def reads(who: Who) -> Access:
    return Access(who, frozenset({"GET"}))


def acts(who: Who) -> Access:
    return Access(who, frozenset({"POST"}))


def asks_and_acts(who: Who, max_bytes: int = MEGABYTE) -> Access:
    """A page and the form on it, at one address."""
    return Access(who, frozenset({"GET", "POST"}), max_bytes=max_bytes)


def calls(who: Who, methods: Iterable[str]) -> Access:
    """A program's call: no browser sends it by itself, so no form proves it."""
    return Access(who, frozenset(methods), needs_form=False)


def hears(methods: Iterable[str]) -> Access:
    """A call of every tablet, a sponsor's own included; the others are closed to it."""
    return Access("device", frozenset(methods), needs_form=False, for_sponsors=True)


TABLE: dict[str, Access] = {
    "static": reads("anyone"),
    "health.start": reads("anyone"),
    "health.alive": reads("anyone"),
    "health.ready": reads("anyone"),
    "health.figures": reads("anyone"),
    "tablet.stand": reads("anyone"),
    "tablet.pair": reads("anyone"),
    "tablet.manifest": reads("anyone"),
    "tablet.worker": reads("anyone"),
    "tablet.sentences": reads("anyone"),
    "openapi.description": reads("anyone"),
    "api.pair": calls("anyone", ["POST"]),
    "api.ask_to_pair": calls("anyone", ["POST"]),
    "api.asked_to_pair": calls("anyone", ["GET"]),
    "api.change_role": calls("device", ["POST"]),
    "api.check_pin": hears(["POST"]),
    "api.referrals": calls("device", ["GET"]),
    "api.event_now": hears(["GET"]),
    "api.scans": Access(
        "token", frozenset({"POST"}), needs_form=False, max_bytes=BATCH_BYTES
    ),
    "api.acts": calls("token", ["POST"]),
    "api.roster": calls("device", ["GET"]),
    "api.badge_now": calls("device", ["POST"]),
    "api.heartbeat": hears(["POST"]),
    "api.links": calls("device", ["POST"]),
    "api.cards": hears(["POST"]),
    "api.people": calls("device", ["GET"]),
    "api.namesakes": calls("device", ["GET"]),
    "phone.sheet": reads("anyone"),
    "phone.badge": reads("anyone"),
    "phone.ask": acts("phone"),
    "phone.link": reads("anyone"),
    "phone.take_link": acts("anyone"),
    "phone.mail_link": acts("anyone"),
    "phone.link_sent": reads("anyone"),
    "phone.not_mine": reads("anyone"),
    "phone.disown": acts("anyone"),
    "phone.people": reads("phone"),
    "phone.answer": acts("phone"),
    "phone.introductions": reads("phone"),
    "phone.introduction": reads("phone"),
    "phone.introduce": acts("phone"),
    "phone.answer_offer": acts("phone"),
    "phone.take_back_offer": acts("phone"),
    "phone.suggestions": reads("phone"),
    "phone.join_suggestions": acts("phone"),
    "phone.person": reads("phone"),
    "phone.contact": reads("phone"),
    "phone.note": acts("phone"),
    "phone.star": acts("phone"),
    "phone.tags": acts("phone"),
    "phone.rest": acts("phone"),
    "phone.promises": reads("phone"),
    "phone.promise": acts("phone"),
    "phone.plan": acts("phone"),
    "phone.keep": acts("phone"),
    "phone.drop": acts("phone"),
    "phone.step": reads("phone"),
    "phone.sharing": acts("phone"),
    "phone.withdrawal": asks_and_acts("phone"),
    "phone.card": reads("phone"),
    "phone.details": reads("phone"),
    "phone.correct": acts("phone"),
    "phone.talk": reads("phone"),
    "phone.say_talk": acts("phone"),
    "phone.scans": reads("phone"),
    "phone.choose_preset": acts("phone"),
    "phone.audiences": reads("phone"),
    "phone.choose_audiences": acts("phone"),
    "phone.preview": reads("phone"),
    "phone.language": calls("anyone", ["POST"]),  # who sends it is looked at there
    "phone.shared": reads("phone"),
    "phone.sponsor": asks_and_acts("phone"),
    "phone.block_question": reads("phone"),
    "phone.block": acts("phone"),
    "phone.unblock": acts("phone"),
    "phone.blocked": reads("phone"),
    "phone.report_form": reads("phone"),
    "phone.report": acts("phone"),
    "phone.mine": reads("phone"),
    "phone.my_contacts": reads("phone"),
    "phone.my_table": reads("phone"),
    "phone.my_everything": reads("phone"),
    "phone.erasure": reads("phone"),
    "phone.erase_now": acts("phone"),
    "phone.mail_erasure": acts("phone"),
    "phone.confirmation": reads("anyone"),
    "phone.confirm_erasure": acts("anyone"),
    "phone.erased": reads("anyone"),
    "phone.phones": reads("phone"),
    "phone.unlink": acts("phone"),
    "phone.recognise": acts("phone"),
    "phone.ask_by_letter": reads("anyone"),
    "phone.answer_by_letter": acts("anyone"),
    "phone.letters": reads("anyone"),
    "phone.stop_letters": calls("anyone", ["POST"]),
    "phone.resume_letters": calls("anyone", ["POST"]),
    "desk.sign_in": asks_and_acts("anyone"),
    "desk.sign_out": acts("desk"),
    "desk.events": reads("desk"),
    "desk.event": reads("desk"),
    "desk.live": reads("desk"),
    "desk.people": reads("desk"),
    "desk.person": reads("desk"),
    "desk.walk_in_form": reads("desk"),
    "desk.add_walk_in": acts("desk"),
    "desk.reissue_badge": acts("desk"),
    "desk.erase_person": acts("desk"),
    "desk.take_back_lead": acts("desk"),
    "desk.print_badge": acts("desk"),
    "desk.badges": reads("desk"),
    "desk.print_badges": acts("desk"),
    "desk.devices": reads("desk"),
    "desk.add_tablet": acts("desk"),
    "desk.approve_tablet": asks_and_acts("desk"),
    "desk.change_pin": acts("desk"),
    "desk.help_desk": reads("desk"),
    "desk.settle_case": acts("desk"),
    "desk.revoke_tablet": acts("desk"),
    "desk.take_kept_scans": Access("desk", frozenset({"POST"}), max_bytes=BATCH_BYTES),
    "desk.refusals": reads("desk"),
    "desk.reports": reads("desk"),
    "desk.see_to_report": acts("desk"),
    "desk.close_event": acts("desk"),
    "desk.reopen_event": acts("desk"),
    "desk.letters": reads("desk"),
    "desk.letter": reads("desk"),
    "desk.hold_letters": acts("desk"),
    "desk.send_letters": acts("desk"),
    "desk.import_list": reads("desk"),
    "desk.take_list": Access("desk", frozenset({"POST"}), max_bytes=LIST_BYTES),
    "desk.preview_list": reads("desk"),
    "desk.apply_list": acts("desk"),
    "desk.exports": reads("desk"),
    "desk.export": reads("desk"),
    "desk.export_leads": reads("desk"),
}


def install(app: Flask) -> None:
    app.before_request(admit)


def admit() -> Response | None:
    """Let the request in, or answer it here."""
    if request.url_rule is None:
        return None  # nothing there: 404 or 405, said later
    access = TABLE.get(request.url_rule.endpoint)
    if access is None:
        log.error("the route %s is not in the access table", request.url_rule.endpoint)
        abort(403)
    request.max_content_length = access.max_bytes
    asking = identify(access.who)
    if asking is None:
        return _entrance(access.who) or abort(401)
    if isinstance(asking, Device) and asking.sponsor_id and not access.for_sponsors:
        abort(403)
    g.asking = asking
    if access.needs_form and _is_act() and csrf.is_forged():
        abort(403)
    return None


def _is_act() -> bool:
    return request.method not in {"GET", "HEAD", "OPTIONS"}


def _entrance(who: Who) -> Response | None:
    """Where somebody who only looks may become known; an act is not repeated after it."""
    if request.method not in {"GET", "HEAD"}:
        return _unlinked() if who == "phone" else None
    if who == "phone":
        return replies.go("phone.link")
    return replies.go("desk.sign_in", next=_address()) if who == "desk" else None


def _unlinked() -> Response:
    """A press on a phone that was let go of meanwhile: how it becomes theirs again."""
    word, way = _("Link this phone"), url_for("phone.link")
    answer = replies.told(401, word, _(HOW_TO_LINK), href=way, action=word)
    answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


def _address() -> str:
    return request.full_path.rstrip("?")
