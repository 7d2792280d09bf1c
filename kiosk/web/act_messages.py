"""The acts a device may send, typed by their kind; `/openapi.json` is made from these."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Raw, Struct, field

from kiosk.act import Answered, Doing
from kiosk.booth import Agrees, Undoes
from kiosk.deed import Deed, Promises, Refers, Settles, Shares, Stars
from kiosk.model import PromiseKind, Registration, Seen
from kiosk.newcomer import ComesIn
from kiosk.paper import Corrects, Prints, Replaces
from kiosk.web.messages import Code, Instant, ListName, Seq, Uuid, in_utc

ACTS_LIMIT = 100
Line = Annotated[str, Meta(max_length=200)]
Name = Annotated[str, Meta(min_length=1, max_length=200)]
FieldName = Annotated[str, Meta(max_length=20)]


class ActMessage(Struct, tag_field="kind"):
    """What every act says: its id, its number among scans and acts, and its time."""

    id: Uuid
    seq: Seq
    at: Instant

    def deed(self) -> Deed:
        raise NotImplementedError

    def doing(self) -> Doing:
        kind = str(self.__struct_config__.tag)
        return Doing(self.id, self.seq, kind, in_utc(self.at), self.deed())


class NewPerson(Struct):
    """Somebody who is on no list; the tablet makes the id."""

    id: Uuid
    name: Name
    email: Line = ""
    company: Line = ""
    ticket_type: Line = ""
    language: Line = ""


class WalkInAct(ActMessage, tag="walk_in"):
    """Register somebody and let them in; `decided` when the tablet was alone."""

    person: NewPerson
    list_name: ListName | None = field(name="list", default=None)
    decided: Literal["welcomed"] | None = None

    def deed(self) -> Deed:
        one = self.person
        person = Registration(
            name=one.name,
            email=one.email,
            company=one.company,
            ticket_type=one.ticket_type,
            language=one.language,
        )
        return ComesIn(one.id, person, self.list_name or "", self.decided)


class ShareAct(ActMessage, tag="share"):
    """What the person with this badge shares from now on."""

    code: Code
    fields: Annotated[list[FieldName], Meta(max_length=20)]

    def deed(self) -> Deed:
        return Shares(self.code, tuple(self.fields))


class PromiseAct(ActMessage, tag="promise"):
    """A next step of the person with `code` after a swap; `to` names one of a group."""

    scan: Uuid
    code: Code
    promise: PromiseKind
    text: Annotated[str, Meta(max_length=500)] = ""
    to: Annotated[str, Meta(max_length=2048)] = ""

    def deed(self) -> Deed:
        return Promises(self.scan, self.code, self.promise, self.text, self.to)


class StarAct(ActMessage, tag="star"):
    """The person with `code` marks those of a swap, or one of them."""

    scan: Uuid
    code: Code
    to: Annotated[str, Meta(max_length=2048)] = ""

    def deed(self) -> Deed:
        return Stars(self.scan, self.code, self.to)


class ReferAct(ActMessage, tag="refer"):
    """Somebody was turned away and goes to the help desk; `scan` is the refused one."""

    reason: Annotated[str, Meta(max_length=40)]
    scan: Uuid | None = None
    code: Annotated[str, Meta(max_length=2048)] = ""
    note: Annotated[str, Meta(max_length=300)] = ""

    def deed(self) -> Deed:
        return Refers(self.scan, self.code, self.reason, self.note)


class SettleAct(ActMessage, tag="settle"):
    """The help desk has seen to a case; its id is that of the `refer` act."""

    referral: Uuid

    def deed(self) -> Deed:
        return Settles(self.referral)


class CorrectAct(ActMessage, tag="correct"):
    """The person with this badge, just let in here, puts their name or pronouns right."""

    code: Code
    name: Name | None = None
    pronouns: Annotated[str, Meta(max_length=100)] | None = None

    def deed(self) -> Deed:
        return Corrects(self.code, self.name, self.pronouns)


class PrintAct(ActMessage, tag="print"):
    """The badge went to the tablet's printer; why, when it was not the first time."""

    code: Code
    reason: Line = ""

    def deed(self) -> Deed:
        return Prints(self.code, self.reason)


class ReplaceAct(ActMessage, tag="replace"):
    """Desk and gate: the badge was lost; the answer's `code` is its successor's."""

    code: Code

    def deed(self) -> Deed:
        return Replaces(self.code)


class LeadAct(ActMessage, tag="lead"):
    """The person with this badge said yes to what a sponsor's tablet named."""

    code: Code
    fields: Annotated[list[FieldName], Meta(max_length=20)] | None = None
    purpose: Line = ""

    def deed(self) -> Deed:
        fields = None if self.fields is None else tuple(self.fields)
        return Agrees(self.code, fields, self.purpose)


class UndoLeadAct(ActMessage, tag="undo_lead"):
    """Takes back a yes at the tablet that took it, for 15 minutes; the id of its act."""

    lead: Uuid

    def deed(self) -> Deed:
        return Undoes(self.lead)


AnyAct = (
    WalkInAct
    | ShareAct
    | PromiseAct
    | StarAct
    | ReferAct
    | SettleAct
    | CorrectAct
    | PrintAct
    | ReplaceAct
    | LeadAct
    | UndoLeadAct
)


class SealedAct(Struct):
    """Any act may hold what else it says locked for the event's `seal_key`.

    `sealed` is base64url: the point of a P-256 pair made for it (65 bytes), then what
    AES-256-GCM made of the JSON, with a nonce of zeros and the act's id as associated data.
    The key is HKDF-SHA-256 of what the pair and the `seal_key` agree on (ECDH), with that
    point as salt and "hallway envelope" as info.
    """

    id: Uuid
    sealed: str = ""


class RawActs(Struct):
    """A batch before its acts are read one by one, so that one may be malformed."""

    acts: list[Raw]


class ActBatch(Struct):
    acts: Annotated[list[AnyAct], Meta(max_length=ACTS_LIMIT)]


class ActResult(Struct):
    """`code` is the badge of somebody who just got one; said once."""

    id: str | None
    outcome: str
    at: datetime
    reason: str | None = None
    attendees: Sequence[Seen] = ()
    code: str = ""
    replayed: bool = False


class ActResults(Struct):
    """An answer for each act, in the same order."""

    results: Sequence[ActResult]


def result_of(answered: Answered) -> ActResult:
    return ActResult(
        answered.id,
        answered.outcome,
        answered.at,
        answered.reason,
        answered.attendees,
        answered.code,
        answered.replayed,
    )
