"""A tablet as the server knows it: scans are queued first, then sent, twice if need be."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

import requests

from kiosk.clock import to_text

ANSWERS_WITHIN = 30  # seconds
Result = dict[str, Any]


class Tablet:
    """One enrolled device. `is_online` is the Wi-Fi; without it the queue only grows."""

    def __init__(self, url: str, name: str, token: str) -> None:
        self.name = name
        self.is_online = True
        self.queue: list[Result] = []
        self.results: list[Result] = []
        self.deeds: Counter[str] = Counter()
        self._url = url
        self._seq = 0
        self._http = requests.Session()
        self._http.headers["Authorization"] = f"Bearer {token}"

    def scan(self, kind: str, codes: Sequence[str], at: datetime, **more: object) -> Result:
        """Queue a reading and, when there is a network, send all that waits."""
        self._seq += 1
        scan = {
            "id": str(uuid4()),
            "seq": self._seq,
            "kind": kind,
            "codes": list(codes),
            "scanned_at": to_text(at),
            "decided": None,
            "override": None,
        } | more
        self.queue.append(scan)
        if self.is_online:
            self.flush()
        return scan

    def act(self, kind: str, at: datetime, **said: object) -> str:
        """Do something besides a scan, with the network there; its outcome."""
        self._seq += 1
        act = {"id": str(uuid4()), "seq": self._seq, "kind": kind, "at": to_text(at)} | said
        answer = self._post("/api/v1/acts", {"acts": [act]})
        outcome: str = answer["results"][0]["outcome"]
        self.deeds[outcome] += 1
        return outcome

    def flush(self, *, loses_the_answer: bool = False) -> list[Result]:
        """Send the queue; an answer that is lost on the way leaves it as it was."""
        answers = self._post("/api/v1/scans", {"scans": self.queue})["results"]
        if not loses_the_answer:
            self.results += answers
            self.queue = []
        return list(answers)

    def heartbeat(self) -> list[int]:
        """The sequence numbers the server misses."""
        beat = {"queued": len(self.queue), "next_seq": self._seq + 1, "clock": ""}
        return list(self._post("/api/v1/heartbeat", beat)["missing_seqs"])

    def _post(self, path: str, message: object) -> Any:
        answer = self._http.post(self._url + path, json=message, timeout=ANSWERS_WITHIN)
        answer.raise_for_status()
        return answer.json()
