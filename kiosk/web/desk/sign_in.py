"""Coming to the desk and leaving it. Wrong tries are slowed down, right ones never."""

from datetime import datetime

from flask import Response, request, url_for

from kiosk.sign_in import Recognised, recognise, sign_in, sign_out
from kiosk.web import cookies
from kiosk.web.desk.room import blueprint
from kiosk.web.house import house
from kiosk.web.replies import page, see_other

TRIES_PER_ACCOUNT = 5
TRIES_PER_ADDRESS = 30
EMAIL_MAX_LENGTH = 254  # RFC 5321 4.5.3.1


@blueprint.route("/sign-in", methods=["GET", "POST"], endpoint="sign_in")
def come() -> Response:
    if request.method != "POST":
        return _form()
    email = request.form.get("email", "").strip().lower()[:EMAIL_MAX_LENGTH]
    now = house().now()
    seconds = _attempt(email, now)
    if seconds:
        return _form(email, 429, minutes=-(-seconds // 60))
    who = _recognise(email)
    if who is None:
        return _form(email, 403, is_wrong=True)
    house().misses.forgive(_account(email))
    house().misses.take_back(_address(), now)
    return _let_in(who)


@blueprint.post("/sign-out", endpoint="sign_out")
def leave() -> Response:
    token = cookies.get(cookies.DESK) or ""
    house().store.write(sign_out, token, house().now())
    answer = see_other(url_for("desk.sign_in"))
    cookies.drop(answer, cookies.DESK)
    return answer


def _recognise(email: str) -> Recognised | None:
    with house().store.read() as tx:
        organiser = tx.organisers.by_email(email)
    return recognise(organiser, request.form.get("password", ""))


def _let_in(who: Recognised) -> Response:
    session = house().store.write(sign_in, who, house().now())
    answer = see_other(_back())
    cookies.put(answer, cookies.DESK, who.token, session.expires_at - session.signed_in_at)
    return answer


def _form(
    email: str = "", status: int = 200, *, is_wrong: bool = False, minutes: int = 0
) -> Response:
    answer = page(
        "desk/sign_in.html",
        status,
        email=email,
        is_wrong=is_wrong,
        minutes=minutes,
        next=_back(),
    )
    if minutes:
        answer.headers["Retry-After"] = str(minutes * 60)
    return answer


def _back() -> str:
    """Where to go afterwards: a page of the desk and nowhere else."""
    wish = request.values.get("next", "")
    is_ours = wish.startswith("/desk/") and wish.isprintable()
    is_plain = "\\" not in wish and "//" not in wish
    return wish if is_ours and is_plain else url_for("desk.events")


def _attempt(email: str, now: datetime) -> int:
    """Seconds until this account is heard again from this address; 0: it is heard now."""
    misses = house().misses
    return misses.attempt(_address(), TRIES_PER_ADDRESS, now) or misses.attempt(
        _account(email), TRIES_PER_ACCOUNT, now
    )


def _account(email: str) -> str:
    return f"sign-in {request.remote_addr} {email}"


def _address() -> str:
    return f"sign-in {request.remote_addr}"
