"""Attendees, what finds them (tickets, badges, words), their phones; and tablets."""

from dataclasses import replace
from datetime import timedelta

from kiosk.ids import digest
from kiosk.model import OneTimeLink, Phone, Printing, Ticket
from kiosk.store import Tx
from tests.builders import (
    EVENT_ID,
    NOW,
    OTHER_EVENT_ID,
    a_badge,
    a_device,
    ada,
    an_attendee,
    code_of,
    enrol,
    grace,
    linus,
    named_id,
    settle,
    ticket_of,
    token_of,
)

LATER = NOW + timedelta(minutes=1)


def test_an_attendee_comes_back_whole_in_every_script(tx: Tx) -> None:
    settle(tx)
    person = replace(
        ada(),
        name="Ада 李 عدا\u200f O'Brien\n",
        status="pending",
        approved=False,
        share=("name",),
        valid_from=NOW,
        valid_until=LATER,
    )
    tx.attendees.add(person)
    assert tx.attendees.get(person.id) == person
    changed = replace(person, share=None, valid_from=None, approved=True, goal="to listen")
    tx.attendees.change(changed)
    assert tx.attendees.get(person.id) == changed


def test_attendees_of_an_event_come_by_name_and_are_counted(tx: Tx) -> None:
    settle(tx, people=[linus(), ada(), grace()])
    assert tx.attendees.of_event(EVENT_ID) == [ada(), grace(), linus()]
    assert tx.attendees.count(EVENT_ID) == 3
    assert tx.attendees.count(OTHER_EVENT_ID) == 0
    assert tx.attendees.get("nobody") is None


def test_words_of_name_company_and_address_find_a_person(tx: Tx) -> None:
    settle(tx, people=[ada(), grace()])
    for person in (ada(), grace()):
        tx.names.put(person)
    assert tx.names.beginning(EVENT_ID, "love") == {ada().id}
    assert tx.names.beginning(EVENT_ID, "nav") == {grace().id}
    assert tx.names.beginning(EVENT_ID, "zzz") == set()
    assert tx.names.beginning(OTHER_EVENT_ID, "love") == set()
    tx.names.put(replace(ada(), name="Ada King"))
    assert tx.names.beginning(EVENT_ID, "love") == set()
    assert "kin" in tx.names.beginnings(EVENT_ID, 3)
    tx.names.forget(ada().id)
    assert tx.names.beginning(EVENT_ID, "king") == set()
    assert "kin" not in tx.names.beginnings(EVENT_ID, 3)


def test_the_best_fit_every_word_and_are_called_so(tx: Tx) -> None:
    colleague = an_attendee("Zoë Colleague", company="Lovelace Works")
    settle(tx, people=[colleague, ada(), grace()])
    assert tx.names.best(EVENT_ID, ["love"], 20) == [ada().id, colleague.id]
    assert tx.names.best(EVENT_ID, ["love", "a"], 20) == [ada().id]
    assert tx.names.best(EVENT_ID, ["love"], 1) == [ada().id]
    assert tx.names.best(OTHER_EVENT_ID, ["love"], 20) == []


def test_a_ticket_code_finds_its_ticket_within_its_event_only(tx: Tx) -> None:
    settle(tx, people=[ada()])
    ticket, extra = ticket_of(ada()), Ticket(EVENT_ID, "EXTRA", ada().id, "Dinner")
    tx.tickets.put([extra, ticket])
    assert tx.tickets.find(EVENT_ID, ticket.code) == ticket
    assert tx.tickets.find(OTHER_EVENT_ID, ticket.code) is None
    assert tx.tickets.of_attendee(ada().id) == tx.tickets.of_event(EVENT_ID)
    assert tx.tickets.of_event(EVENT_ID) == [extra, ticket]
    tx.tickets.put([replace(extra, status="canceled")])
    assert tx.tickets.find(EVENT_ID, "EXTRA") == replace(extra, status="canceled")
    tx.tickets.remove(EVENT_ID, "EXTRA")
    assert tx.tickets.find(EVENT_ID, "EXTRA") is None


def test_the_backs_of_a_persons_badges_end_once_and_for_them_alone(tx: Tx) -> None:
    settle(tx, people=[ada(), grace()])
    tx.badges.end_agree_code(ada().id, NOW)
    tx.badges.end_agree_code(ada().id, NOW + timedelta(hours=1))
    assert tx.badges.of_attendee(ada().id) == replace(a_badge(ada()), agree_ended_at=NOW)
    assert tx.badges.of_attendee(grace().id) == a_badge(grace())


def test_a_replaced_badge_is_found_but_no_longer_counts(tx: Tx) -> None:
    settle(tx, people=[ada()])
    old, new = a_badge(ada()), a_badge(ada(), 2)
    tx.badges.replace(old.id, NOW, "lost")
    tx.badges.add(new)
    found = tx.badges.by_digest(digest(code_of(ada())))
    assert found == replace(old, replaced_at=NOW, reason="lost")
    assert tx.badges.of_attendee(ada().id) == new
    assert tx.badges.of_event(EVENT_ID) == [new]
    assert tx.exports.badges_of(ada().id) == [found, new]
    assert tx.badges.by_digest("nothing") is None


def test_a_badge_is_found_together_with_who_holds_it(tx: Tx) -> None:
    settle(tx, people=[ada()])
    badge = a_badge(ada())
    assert tx.badges.held(badge.digest) == (badge, ada())
    assert tx.badges.held("nothing") is None
    tx.erasures.forget(ada().id, NOW)
    assert tx.badges.held(badge.digest) is None


def test_a_badge_counts_as_printed_once_however_often_it_was(tx: Tx) -> None:
    settle(tx, people=[ada(), grace()])
    for _ in range(2):
        tx.badges.note_printed([a_badge(ada()).id], NOW)
    assert tx.badges.printed(EVENT_ID) == {a_badge(ada()).id}


def test_a_device_is_as_it_last_said(tx: Tx) -> None:
    settle(tx)
    device = replace(enrol(tx), first_seq=9, battery=41.5, clock_ahead=-90, release="1a2b")
    tx.devices.note_condition(device)
    assert tx.devices.get(device.id) == device
    assert tx.scans.missing_seqs(device.id, 11) == (9, 10)


def test_a_device_is_known_by_its_token_also_when_it_was_revoked(tx: Tx) -> None:
    settle(tx)
    device = enrol(tx)
    tx.devices.note_seen(device.id, 7, NOW)
    seen = replace(device, seen_at=NOW, queued_count=7)
    assert tx.devices.get(device.id) == seen
    assert tx.devices.of_event(EVENT_ID) == [seen]
    assert tx.devices.revoke(device.id, LATER)
    assert not tx.devices.revoke(device.id, LATER)
    found = tx.devices.by_token(digest(token_of(device)))
    assert found == replace(seen, revoked_at=LATER)
    assert tx.devices.by_token("nothing") is None


def test_a_pairing_code_enrols_once_and_in_time(tx: Tx) -> None:
    settle(tx)
    tx.devices.add(a_device())
    for code in ("good", "late"):
        tx.devices.add_pairing(code, a_device().id, LATER)
    assert tx.devices.use_pairing("late", LATER) is None
    assert tx.devices.use_pairing("good", NOW) == a_device()
    assert tx.devices.use_pairing("good", NOW) is None
    tx.devices.give_token(a_device().id, "token")
    assert tx.devices.by_token("token") == a_device()


def test_a_link_makes_a_phone_once_and_in_time(tx: Tx) -> None:
    settle(tx, people=[ada()])
    for code in ("good", "late"):
        tx.links.offer(OneTimeLink(code, ada().id, "link", NOW, LATER))
    assert tx.links.use("late", "link", "", LATER) is None
    assert tx.links.use("good", "erase", "", NOW) is None
    assert tx.links.use("good", "link", "", NOW) == ada().id
    assert tx.links.use("good", "link", "", NOW) is None


def test_a_phone_is_known_until_its_own_person_unlinks_it(tx: Tx) -> None:
    settle(tx, people=[ada(), grace()])
    phone = Phone("phone", ada().id, "Firefox", NOW)
    tx.phones.add(phone, "digest")
    assert tx.phones.by_token("digest") == phone
    assert tx.phones.of_attendee(ada().id) == [phone]
    assert not tx.phones.recognise("phone", grace().id, LATER)
    assert tx.phones.recognise("phone", ada().id, LATER)
    assert tx.phones.get("phone") == replace(phone, recognised_at=LATER)
    assert not tx.phones.unlink("phone", grace().id, LATER)
    assert tx.phones.unlink("phone", ada().id, LATER)
    assert not tx.phones.unlink("phone", ada().id, LATER)
    assert tx.phones.by_token("digest") is None
    assert tx.phones.of_attendee(ada().id) == []


def test_every_sheet_of_paper_is_kept_with_its_reason(tx: Tx) -> None:
    settle(tx, people=[ada()])
    badge = a_badge(ada())
    printing = Printing(named_id("a sheet"), badge.id, None, NOW, "smudged")
    tx.badges.note_printing(printing)
    assert tx.badges.printings_of(ada().id) == [printing]
    assert tx.badges.printed(EVENT_ID) == {badge.id}


def test_a_device_becomes_another(tx: Tx) -> None:
    settle(tx)
    device = enrol(tx)
    tx.devices.change_role(device.id, "gate")
    found = tx.devices.get(device.id)
    assert found
    assert found.role == "gate"
