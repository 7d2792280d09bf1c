/**
 * Why somebody was turned away, in English: a short word, what it means, what to do, parted by "|".
 * Nothing in it tells the neighbours more than the person wants.
 */
export default {
  "desk.name": "Help desk",
  "reason.unknown_code":
    "We do not know this code|It is not a badge or ticket of this event.|Try your badge or the code in your ticket mail, or come to the help desk.",
  "reason.replaced_badge":
    "This badge was replaced|A newer badge was made for you, and only that one counts.|Use the newer one, or come to the help desk.",
  "reason.canceled":
    "This ticket was cancelled|So it does not open the door any more.|The help desk can look it up with you.",
  "reason.blocked":
    "Please come to the help desk|There is something to sort out first.|They know what to do.",
  "reason.unapproved":
    "Not confirmed yet|Your registration still waits for a yes from the organisers.|The help desk can ask them for you.",
  "reason.not_yet_valid":
    "A little early|Your ticket opens this door later.|Come back then, or ask at the help desk.",
  "reason.no_longer_valid":
    "This ticket has run out|The time it was made for is over.|The help desk can tell you what is possible.",
  "reason.wrong_list":
    "Not this door|Your ticket is for another part of the event.|The help desk can show you the way.",
  "reason.unpaid":
    "Payment is still open|We have not seen the payment for your ticket yet.|You can settle it at the help desk.",
  "reason.already_in":
    "You are in already|This badge was checked in before.|Just walk in. If that was not you, tell the help desk.",
  "reason.same_person":
    "Both badges are yours|A swap needs two people.|Show the other person’s badge.",
  "reason.not_checked_in":
    "Check in first|Swapping is for people who are here.|Check in with this badge, then swap.",
  "reason.event_not_open": "Not open yet|The event has not begun.|Come back when the doors open.",
  "reason.event_closed": "The event is over|Nothing more is counted today.|Thank you for coming.",
  "reason.wrong_event":
    "Another event’s badge|This badge was made for a different event.|Try the badge of this one.",
  "reason.blocked_pair":
    "This swap is not possible|Nothing was shared.|The help desk can answer questions.",
  "reason.nothing_to_annul":
    "Nothing to undo|It was not counted in the first place.|You need not do anything.",
  "reason.annul_too_late":
    "Too late to undo here|It was more than a quarter of an hour ago.|The help desk can still do it.",
  "reason.id_reused":
    "That did not work|The tablet mixed something up. Nothing was counted.|Please show the badge again.",
  "reason.malformed":
    "We could not read that|The code came through broken. Nothing was counted.|Hold the badge still and try again.",
  "reason.clock_too_far":
    "This tablet’s clock is wrong|So it cannot count anything right now.|Please use another tablet and tell the help desk.",
};
