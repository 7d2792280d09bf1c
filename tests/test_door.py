"""The decision table, held to vectors the browser runs too and to the contract."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.clock import from_text
from kiosk.door import REFUSALS, Case, judge, may_enter
from kiosk.find import Found
from kiosk.model import Reason, Ticket
from tests.builders import a_list, ada

VECTORS = json.loads((Path(__file__).parent / "vectors" / "door.json").read_text())["cases"]
NOON = datetime(2026, 6, 1, 8, 0, tzinfo=UTC)


def a_case(vector: dict[str, Any]) -> Case:
    person = dict(vector["person"])
    ticket_types = frozenset(person.pop("ticket_types", ["Regular"]))
    for name in {"valid_from", "valid_until"} & person.keys():
        person[name] = from_text(person[name])
    rule: dict[str, Any] = {
        name: tuple(v) if isinstance(v, list) else v for name, v in vector["list"].items()
    }
    attendee = ada(**person)
    statuses: dict[str, Any] = {"canceled_ticket": "canceled", "pending_ticket": "pending"}
    status = statuses.get(vector["code"])
    ticket = Ticket(attendee.event_id, "T", attendee.id, "", status) if status else None
    return Case(
        found=Found(attendee, ticket, is_replaced=vector["code"] == "replaced"),
        rule=a_list(**rule),
        kind=vector["kind"],
        scanned_at=NOON,
        phase_refusal=Reason(vector["phase"]) if vector["phase"] else None,
        ticket_types=ticket_types,
        history=vector["history"],
        may_override=vector["override"],
    )


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_the_table_gives_the_reason_the_vector_expects(vector: dict[str, Any]) -> None:
    assert judge(a_case(vector)) == vector["expect"]


def test_every_reason_of_the_table_has_a_vector() -> None:
    assert {reason for reason, _ in REFUSALS} == {v["expect"] for v in VECTORS} - {None}


histories = st.lists(st.sampled_from(["check_in", "check_out"]), max_size=6)


@given(histories, st.booleans(), st.booleans())
def test_an_entry_is_allowed_exactly_as_the_contract_words_it(
    history: list[str], multiple: bool, after_exit: bool
) -> None:
    rule = a_list(allow_multiple_entries=multiple, allow_entry_after_exit=after_exit)
    worded = (
        multiple
        or not history
        or all(kind == "check_out" for kind in history)
        or (after_exit and history[-1] == "check_out")
    )
    assert may_enter(rule, history) == worded
