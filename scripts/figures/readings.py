"""What tablets send, ready for the wire, and the cost of having it answered."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any
from uuid import uuid4

from kiosk.clock import to_text, utc_now
from scripts.figures.crowd import Visit, post, visit
from scripts.figures.hall import Hall
from scripts.figures.server import Server

PATH = "/api/v1/scans"
Make = Callable[[int], bytes]


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU seconds of the server for one request, and what the clients met."""

    cpu: float
    met: Visit


class Tablet:
    """Makes requests that no server has seen; everybody checks in once, in turn."""

    def __init__(self, hall: Hall) -> None:
        self._hall = hall
        self._seq = count(1)
        self._turn = count()
        self._pair = count()

    def arrivals(self, number: int) -> list[bytes]:
        """So many requests with one check-in each."""
        return [self.batch([self._arrival()]) for _ in range(number)]

    def queue(self, number: int) -> bytes:
        """One request with so many check-ins."""
        return self.batch([self._arrival() for _ in range(number)])

    def swaps(self, number: int) -> list[bytes]:
        """So many requests that connect two people who have not met."""
        return [self.batch([self._swap()]) for _ in range(number)]

    def batch(self, scans: Sequence[dict[str, Any]]) -> bytes:
        return post(PATH, json.dumps({"scans": scans}).encode(), self._hall.token)

    def _arrival(self) -> dict[str, Any]:
        number = next(self._turn)
        if number >= self._hall.people_count:
            raise ValueError("everybody is in already; build a larger hall")
        return self._scan("check_in", number)

    def _swap(self) -> dict[str, Any]:
        """Person n meets n+1, then everybody n+2, and so on."""
        people = self._hall.people_count
        lap, first = divmod(next(self._pair), people)
        return self._scan("connect", first, (first + lap + 1) % people)

    def _scan(self, kind: str, *people: int) -> dict[str, Any]:
        return {
            "id": str(uuid4()),
            "seq": next(self._seq),
            "kind": kind,
            "codes": [self._hall.code(number) for number in people],
            "list": "main",
            "scanned_at": to_text(utc_now()),
            "decided": None,
            "override": None,
        }


def cost(server: Server, requests: Sequence[bytes], client_count: int = 1) -> Cost:
    """Send these requests and see what they cost the server."""
    before = server.cpu_seconds()
    met = visit(server.port, requests, client_count)
    return Cost((server.cpu_seconds() - before) / len(requests), met)
