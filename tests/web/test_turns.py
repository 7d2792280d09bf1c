"""A slow caller holds no turn; whoever waits longest is next."""

from collections.abc import Callable, Iterable
from io import BytesIO
from threading import Event, Thread
from typing import Any

import pytest

from kiosk.web.turns import Gate, Turns

SOON = 5.0  # seconds, on a machine that is busy with other tests
A_WHILE = 0.2


class Stalled:
    """A body of which nothing arrives until somebody lets it."""

    def __init__(self) -> None:
        self.is_asked, self.may_arrive = Event(), Event()

    def read(self, _size: int = -1) -> bytes:
        self.is_asked.set()
        assert self.may_arrive.wait(SOON)
        return b"late"


def read_body(environ: dict[str, Any], _start: object) -> Iterable[bytes]:
    return [environ["wsgi.input"].read()]


def ask(app: Turns, body: Any) -> list[bytes]:
    return list(app({"wsgi.input": body}, lambda *_: lambda _: None))


def run(work: Callable[[], object]) -> Thread:
    thread = Thread(target=work, daemon=True)
    thread.start()
    return thread


def test_a_request_whose_body_is_on_its_way_keeps_nobody_waiting() -> None:
    app, stalled, answers = Turns(read_body, turns=1), Stalled(), list[bytes]()
    slow = run(lambda: answers.extend(ask(app, stalled)))
    assert stalled.is_asked.wait(SOON)
    quick = run(lambda: answers.extend(ask(app, BytesIO(b"quick"))))
    quick.join(SOON)
    assert answers == [b"quick"]
    stalled.may_arrive.set()
    slow.join(SOON)
    assert answers == [b"quick", b"late"]


def test_control_work_that_is_not_waiting_for_a_body_keeps_its_turn() -> None:
    stalled, answers = Stalled(), list[bytes]()
    app = Turns(lambda *_: [stalled.read()], turns=1)
    run(lambda: ask(app, BytesIO()))
    assert stalled.is_asked.wait(SOON)
    second = run(lambda: answers.extend(ask(app, BytesIO())))
    second.join(A_WHILE)
    assert answers == []
    stalled.may_arrive.set()
    second.join(SOON)
    assert answers == [b"late"]


def test_a_turn_is_over_when_the_work_fails() -> None:
    def fail(*_: object) -> Iterable[bytes]:
        raise ZeroDivisionError

    app = Turns(fail, turns=1)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError):
            ask(app, BytesIO())


def test_who_waits_longest_is_next_and_who_is_back_goes_before() -> None:
    gate, order = Gate(1), list[str]()
    gate.enter()

    def queue(name: str, *, is_back: bool = False) -> Thread:
        def wait() -> None:
            gate.enter(is_back=is_back)
            order.append(name)
            gate.leave()

        count = gate.waiting_count
        thread = run(wait)
        while gate.waiting_count == count:
            thread.join(0.001)
        return thread

    threads = [queue("first"), queue("second"), queue("back", is_back=True)]
    gate.leave()
    for thread in threads:
        thread.join(SOON)
    assert order == ["back", "first", "second"]
