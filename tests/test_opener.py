"""First lines made of one's own note and promises, and of nothing else."""

from typing import get_args

import pytest

from kiosk.model import Promise, PromiseKind
from kiosk.opener import QUOTED, Acquaintance, opener
from tests.builders import NOW


def a_meeting(note: str = "", *promises: Promise, to: str = "Grace") -> Acquaintance:
    return Acquaintance(to, "Ada", "Demo Conference", note, promises)


def a_promise(kind: PromiseKind = "send", text: str = "", *, done: bool = False) -> Promise:
    return Promise("p", "c", "a", kind, text, NOW, done_at=NOW if done else None)


def body(meeting: Acquaintance) -> str:
    lines = opener(meeting)
    assert lines is not None
    return lines.body


def test_without_a_note_and_a_promise_there_is_nothing_to_say() -> None:
    assert opener(a_meeting()) is None
    assert opener(a_meeting("", a_promise(done=True))) is None


def test_thanks_come_first_and_every_word_is_ours_or_the_writers() -> None:
    assert body(a_meeting("the paper on subroutines")) == (
        "Hello Grace,\n\n"
        "Thank you for the conversation at Demo Conference.\n\n"
        "What I noted from it: “the paper on subroutines”\n\n"
        "Ada"
    )


@pytest.mark.parametrize("kind", get_args(PromiseKind))
@pytest.mark.parametrize("text", ["", "a nanosecond"])
def test_every_promise_is_a_whole_sentence(kind: PromiseKind, text: str) -> None:
    lines = body(a_meeting("", a_promise(kind, text))).split("\n\n")
    assert len(lines) == 4
    assert lines[2][-1] in ".?"
    assert text in lines[2]
    assert "%" not in lines[2]


def test_a_coffee_with_a_date_asks_for_it() -> None:
    meeting = Acquaintance(
        "Grace", "Ada", "Demo", "", [a_promise("coffee")], {"p": "3 June, 09:30"}
    )
    assert "would 3 June, 09:30 suit you?" in body(meeting)


def test_a_long_note_is_quoted_up_to_a_word() -> None:
    note = "word " * 400
    quoted = body(a_meeting(note)).partition("“")[2].partition("”")[0]
    assert quoted.endswith("word…")
    assert len(quoted) <= QUOTED + 1


@pytest.mark.parametrize("note", ["100 % sure", "%(note)s", "{{ 7 * 7 }}", "%s %d"])
def test_a_note_is_never_read_as_a_template(note: str) -> None:
    assert note in body(a_meeting(note, a_promise("other", note)))


def test_a_person_without_a_name_is_greeted_all_the_same() -> None:
    assert body(a_meeting("COBOL", to="")).startswith("Hello,\n\n")
