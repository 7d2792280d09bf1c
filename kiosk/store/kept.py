"""What every scan asks anew and hardly ever changes: kept by the writing connection.

Answers hold for as long as nobody commits a change elsewhere (`data_version` tells, at the
start of each job) and nobody changes such a noun here. What is read after a change of our
own is not kept until the next job, because the change may yet be undone.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from kiosk.store.session import Session

T = TypeVar("T")
KEPT_LIMIT = 1000  # answers; a large event has some fifty tablets


class Kept:
    """Keeps nothing until the first `renew`: a connection that only reads has no need."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._answers: dict[object, Any] = {}
        self._version: int | None = None
        self._may_keep = False

    def renew(self) -> None:
        """At the start of a job, inside its transaction."""
        version = self._session.value("pragma data_version")
        if version != self._version or not self._may_keep or self._is_full():
            self._answers.clear()
        self._version, self._may_keep = version, True

    def drop(self) -> None:
        """Something kept here is being changed by the job that runs."""
        self._answers.clear()
        self._may_keep = False

    def get(self, question: object, ask: Callable[[], T]) -> T:
        """The kept answer to a question, else what `ask()` finds now."""
        if not self._may_keep:
            return ask()
        if question not in self._answers:
            self._answers[question] = ask()
        answer: T = self._answers[question]
        return answer

    def _is_full(self) -> bool:
        return len(self._answers) > KEPT_LIMIT
