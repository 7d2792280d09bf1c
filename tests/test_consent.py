"""What one person sees of another: what was agreed, and nothing once it is taken back."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.agree import Agreement, agree, settle_pairs
from kiosk.ask import Ask, ask
from kiosk.consent import (
    Block,
    Share,
    ShareWith,
    Unblock,
    Withdraw,
    block,
    share,
    share_with,
    unblock,
    withdraw,
)
from kiosk.model import SHAREABLE, Attendee, Connection, How, Meeting, Registration, Side
from kiosk.regard import Asked, TurnedAway
from kiosk.regard import Refusal as RefusedAsk
from kiosk.register import RegisterList, register
from kiosk.remember import NOTE_LENGTH, Refusal, Remember, clean, remember
from kiosk.shown import as_asker, at_first_sight, first_name, met
from kiosk.store import Tx
from tests.builders import (
    EVENT_ID,
    KEY,
    NOW,
    ada,
    an_attendee,
    an_event,
    code_of,
    enrol,
    grace,
    let_in,
    linus,
    settle,
)

FULL_ADA = ada(
    pronouns="she/her", phone="+44 20 7946 0958", website="ada.example", linkedin="in/ada"
)


@pytest.fixture
def hall(tx: Tx) -> Tx:
    settle(tx, people=[FULL_ADA, grace(), linus()])
    enrol(tx)
    let_in(tx, ada(), grace(), linus())
    return tx


def connected(
    tx: Tx, one: Attendee = FULL_ADA, two: Attendee | None = None, at: datetime = NOW
) -> Connection:
    hows: tuple[How, How] = ("two_badges", "two_badges")
    people = (one, two or grace())
    before = tx.connections.between(*(person.id for person in people))
    return agree(tx, Agreement(an_event(), people, hows, at, "Coffee", before))[0]


def seen(tx: Tx, viewer: Attendee, connection: Connection) -> dict[str, str]:
    """What the viewer sees, empty fields left out."""
    meeting = tx.meetings.get(connection.id, viewer.id)
    person = met(meeting) if meeting else None
    values = {field: getattr(person, field) for field in SHAREABLE} if person else {}
    return {field: value for field, value in values.items() if value}


def test_both_see_what_the_other_shares_and_no_more(hall: Tx) -> None:
    connection = connected(hall)
    assert set(seen(hall, grace(), connection)) == {"name", "company", "role", "email"}
    assert seen(hall, ada(), connection)["email"] == grace().email


def test_a_choice_counts_for_later_swaps_only(hall: Tx) -> None:
    before = connected(hall)
    share(hall, Share(ada().id, ("phone", "email", "nonsense")), NOW)
    changed = hall.attendees.get(ada().id)
    assert changed is not None
    assert changed.share == ("name", "email", "phone")
    after = connected(hall, changed, linus())
    assert "phone" not in seen(hall, grace(), before)
    assert set(seen(hall, linus(), after)) == {"name", "email", "phone"}


def test_no_list_takes_back_what_a_person_chose(hall: Tx) -> None:
    row = Registration(1, name="Ada Lovelace", email=ada().email, share=("name", "phone"))
    command = RegisterList(EVENT_ID, (row,), KEY)
    register(hall, command, NOW)
    listed = hall.attendees.get(ada().id)
    assert listed is not None
    assert listed.share == ("name", "phone")
    share(hall, Share(ada().id, ()), NOW)
    register(hall, command, NOW)
    chosen = hall.attendees.get(ada().id)
    assert chosen is not None
    assert chosen.share == ("name",)


def test_a_choice_for_one_person_counts_at_once_and_for_them_alone(hall: Tx) -> None:
    with_grace, with_linus = connected(hall), connected(hall, two=linus())
    fields = share_with(hall, ShareWith(ada().id, with_grace.id, ("linkedin",)), NOW)
    assert fields == ("name", "linkedin")
    assert set(seen(hall, grace(), with_grace)) == {"name", "linkedin"}
    assert "email" in seen(hall, linus(), with_linus)


@pytest.mark.parametrize("stranger", [linus(), an_attendee("Nobody")])
def test_strangers_to_a_connection_see_and_change_nothing(
    hall: Tx, stranger: Attendee
) -> None:
    connection = connected(hall)
    assert hall.meetings.get(connection.id, stranger.id) is None
    assert share_with(hall, ShareWith(stranger.id, connection.id, SHAREABLE), NOW) is None
    assert not withdraw(hall, Withdraw(stranger.id, connection.id), NOW)
    note = Remember(stranger.id, connection.id, "mine")
    assert remember(hall, note, NOW) is Refusal.NOBODY_THERE
    assert seen(hall, grace(), connection)


@pytest.mark.parametrize("who", [ada(), grace()])
def test_either_ends_it_for_both_at_once(hall: Tx, who: Attendee) -> None:
    connection = connected(hall)
    assert withdraw(hall, Withdraw(who.id, connection.id), NOW)
    assert not seen(hall, ada(), connection)
    assert not seen(hall, grace(), connection)
    assert not withdraw(hall, Withdraw(who.id, connection.id), NOW)
    assert share_with(hall, ShareWith(who.id, connection.id, SHAREABLE), NOW) is None


@pytest.mark.parametrize("first", [ada(), grace()])
def test_two_who_block_each_other_are_free_when_both_have_ended_it(
    hall: Tx, first: Attendee
) -> None:
    """Each for themselves: also after the other one has, whom nothing was told."""
    connection = connected(hall)
    second = grace() if first == ada() else ada()
    for person in (first, second, first):
        assert block(hall, Block(person.id, connection.id), NOW)
    assert unblock(hall, Unblock(first.id, connection.id), NOW)
    assert not unblock(hall, Unblock(first.id, connection.id), NOW)
    ask(hall, Ask(first.id, code_of(second)), NOW + timedelta(minutes=1))
    asked = hall.connections.between(ada().id, grace().id)
    assert asked
    assert asked.asked_by == first.id
    assert not asked.is_waiting_for(second.id, NOW + timedelta(minutes=2))
    refused = ask(hall, Ask(second.id, code_of(first)), NOW + timedelta(minutes=3))
    assert refused == TurnedAway(RefusedAsk.YOU_BLOCKED)
    assert unblock(hall, Unblock(second.id, connection.id), NOW + timedelta(minutes=4))
    later = NOW + timedelta(minutes=5)
    assert isinstance(ask(hall, Ask(first.id, code_of(second)), later), Asked)
    free = hall.connections.between(ada().id, grace().id)
    assert free
    assert free.is_waiting_for(second.id, later)


def test_a_block_takes_ones_own_ask_back(hall: Tx) -> None:
    ask(hall, Ask(ada().id, code_of(grace())), NOW)
    asked = hall.connections.between(ada().id, grace().id)
    assert asked
    assert block(hall, Block(ada().id, asked.id), NOW + timedelta(minutes=1))
    blocked = hall.connections.get(asked.id)
    assert blocked
    assert not blocked.is_waiting_for(grace().id, NOW + timedelta(minutes=1))
    assert blocked.withdrawn_by == ada().id


def test_nobody_takes_back_the_ask_of_another(hall: Tx) -> None:
    ask(hall, Ask(ada().id, code_of(grace())), NOW)
    connection = hall.connections.between(ada().id, grace().id)
    assert connection is not None
    assert not withdraw(hall, Withdraw(grace().id, connection.id), NOW)


def test_a_new_ask_does_not_let_an_old_reading_undo_a_withdrawal(hall: Tx) -> None:
    connection = connected(hall)
    withdraw(hall, Withdraw(grace().id, connection.id), NOW)
    ask(hall, Ask(ada().id, code_of(grace())), NOW + timedelta(minutes=1))
    settle_pairs(hall, an_event(), [(connection.first_id, connection.second_id)])
    assert not seen(hall, ada(), connection)


@pytest.mark.parametrize("is_asked_before", [True, False])
def test_a_swap_reported_late_does_not_undo_a_withdrawal(
    hall: Tx, is_asked_before: bool
) -> None:
    if is_asked_before:
        ask(hall, Ask(ada().id, code_of(grace())), NOW)
        connection = hall.connections.between(ada().id, grace().id)
        assert connection is not None
    else:
        connection = connected(hall)
    later = NOW + timedelta(minutes=10)
    assert withdraw(hall, Withdraw(ada().id, connection.id), later)
    connected(hall, at=NOW + timedelta(minutes=5))
    assert not seen(hall, grace(), connection)
    connected(hall, at=later + timedelta(seconds=1))
    assert seen(hall, grace(), connection)


def test_a_note_is_kept_and_is_nobody_elses(hall: Tx) -> None:
    connection = connected(hall)
    assert remember(hall, Remember(ada().id, connection.id, " the paper \r\n"), NOW) is None
    mine, theirs = (hall.meetings.get(connection.id, who.id) for who in (ada(), grace()))
    assert mine is not None
    assert theirs is not None
    assert met(mine) is not None
    assert mine.mine == Side(
        connection.id, ada().id, "two_badges", NOW, an_event().shared_fields, "the paper"
    )
    shown = met(theirs)
    assert shown is not None
    assert shown.note == ""


def test_a_note_outlives_a_withdrawal(hall: Tx) -> None:
    connection = connected(hall)
    remember(hall, Remember(ada().id, connection.id, "the paper"), NOW)
    withdraw(hall, Withdraw(grace().id, connection.id), NOW)
    connected(hall, at=NOW + timedelta(hours=1))
    side = hall.sides.get(connection.id, ada().id)
    assert side is not None
    assert side.note == "the paper"


def test_a_long_note_is_refused_and_the_old_one_stays(hall: Tx) -> None:
    connection = connected(hall)
    remember(hall, Remember(ada().id, connection.id, "short"), NOW)
    long = Remember(ada().id, connection.id, "x" * (NOTE_LENGTH + 1))
    assert remember(hall, long, NOW) is Refusal.TOO_LONG
    side = hall.sides.get(connection.id, ada().id)
    assert side is not None
    assert side.note == "short"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("nul\x00 bell\x07", "nul bell"),
        ("שלום 👋🏽 \u202eabc", "שלום 👋🏽 abc"),
        ("  \n ", ""),
    ],
)
def test_notes_lose_what_nobody_can_see_and_nothing_else(written: str, kept: str) -> None:
    assert clean(written) == kept


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Ada Lovelace", "Ada"),
        ("Prof. Dr. Grace Hopper", "Grace"),
        ("Teller", "Teller"),
        ("김민준", "김민준"),
        ("Dr.", "Dr."),
        ("Dr Grace Hopper", "Grace"),
        ("Mx", "Mx"),
        ("Lovelace, Ada", "Ada"),
        ("Lovelace, ", "Lovelace,"),
        ("Sammy Davis, Jr.", "Sammy"),
        ("عبد الرحمن بن محمد", "عبد الرحمن"),
        ("Abd al Rahman Nasser", "Abd al Rahman"),
        ("Abdul", "Abdul"),
        ("Al Gore", "Al"),
        ("", ""),
    ],
)
def test_a_preview_shows_the_first_name(name: str, first: str) -> None:
    assert first_name(name) == first


def test_a_preview_shows_no_company_that_is_not_shared() -> None:
    person = ada(share=("name", "email"))
    assert at_first_sight(an_event(), person).company == ""
    assert as_asker(an_event(), person).name == "Ada Lovelace"
    assert at_first_sight(an_event(), ada()).name == "Ada"


@given(st.sets(st.sampled_from(SHAREABLE)), st.booleans(), st.booleans())
def test_no_field_is_seen_without_a_consent_that_covers_it(
    fields: set[str], agreed: bool, withdrawn: bool
) -> None:
    person = an_attendee(
        **{field: f"the {field}" for field in SHAREABLE if field != "name"}
    )
    connection = Connection(
        "c", EVENT_ID, "a", "b",
        agreed_at=NOW if agreed else None, withdrawn_at=NOW if withdrawn else None,
    )  # fmt: skip
    theirs = Side("c", "b", "accepted", NOW, tuple(fields))
    shown = met(Meeting(connection, person, None, theirs))
    allowed = fields if agreed and not withdrawn else set()
    found = {name for name in SHAREABLE if shown and getattr(shown, name)}
    assert found == allowed
