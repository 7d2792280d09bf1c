/** What the tablet says, in English. `{name}` is filled in. */
import badge from "./en-badge.js";
import camera from "./en-camera.js";
import offline from "./en-offline.js";
import reasons from "./en-reasons.js";
import sponsor from "./en-sponsor.js";
import staff from "./en-staff.js";
import status from "./en-status.js";
import swap from "./en-swap.js";

export default {
  ...badge,
  ...camera,
  ...offline,
  ...reasons,
  ...sponsor,
  ...staff,
  ...status,
  ...swap,

  "mode.check_in": "Check in",
  "mode.check_out": "Check out",
  "mode.swap": "Swap contacts",
  "mode.name": "What would you like to do?",

  "check_in.eyebrow": "Welcome to {event}",
  "check_in.title": "Show your badge",
  "check_in.lead": "Hold your badge, or the ticket from your mail, up to the camera or scanner.",
  "check_out.eyebrow": "{event}",
  "check_out.title": "Leaving? Show your badge",
  "check_out.lead": "Hold your badge up to the camera or scanner, and see you soon.",
  "swap.eyebrow": "Met somebody?",
  "swap.title": "Swap contacts",
  "swap.lead":
    "Show both your badges, together or one after the other. You see what is shared before anything happens.",
  "typed.label": "Or type the code under the square",
  "typed.go": "Go",
  "phase.before": "{event} is not open yet.",
  "phase.late": "{event} is over. Swaps made today still count for a little while.",
  "phase.closed": "{event} is over. Thank you for coming.",

  "reading.title": "One moment",
  "welcomed.title": "Welcome",
  "welcomed_back.title": "Welcome back",
  "goodbye.title": "Goodbye",
  "goodbye.text": "See you soon.",
  "kept.title": "Noted",
  "kept.text_swap":
    "The network is away. Your swap of {when} is safe on this tablet and is made as soon as it is back.",
  "kept.text":
    "The network is away, so we cannot greet you by name. What was read at {when} is safe on this tablet and is looked up as soon as it is back.",
  earlier: "Checked in at {when} · {place}",
  "earlier.here": "Checked in at {when}, on this tablet",
  "attention.title": "For staff",

  "first.title": "Hello {first}",
  "first.unnamed": "First badge read",
  "first.lead": "Now the badge of the person you met.",
  "first.next": "Second badge",
  "slip.same_badge": "That was the same badge again. Show the other person’s.",
  "slip.group_full": "Eight is the most for one swap.",
  "offer.title": "Swap contacts?",
  "offer.lead":
    "Nothing is shared until you press Swap. You each get it in a letter after the event.",
  "offer.offline":
    "The network is away: names will follow. Each of you will get what the other shares at this event.",
  "offer.group": "Everybody here gets this from everybody else. One more? Show the badge.",
  "offer.gets": "{who} will get",
  "offer.shares": "shares",
  "offer.swap": "Swap",
  "offer.cancel": "Not now",
  "swapped.connected": "Swapped",
  "swapped.already_connected": "You two have met already",
  "swapped.group_already": "You have all met already",
  "swapped.done": "Done",
  "link.offer": "Take it on your phone",
  "link.title": "Take your badge with you",
  "link.lead":
    "Point your phone’s camera here. There you see whom you met, keep notes and decide what is shared.",
  "link.once": "It works once, for one minute.",
  "link.typed": "Or open {address} and type",
  "unlinked.title": "Not just now",
  "unlinked.text":
    "Your phone could not be linked. Try again now, or ask at the help desk later.",
  undo: "Undo",
  "undo.not_me": "That is not me",
  "undone.title": "Undone",
  "undone.text": "It is as if it had not happened.",
  more_time: "More time",
  seconds: "Seconds left",
  next: "Next person",
  back: "Back",

  unnamed: "Badge …{tail}",

  "field.name": "Name",
  "field.company": "Company",
  "field.role": "Role",
  "field.pronouns": "Pronouns",
  "field.email": "E-mail",
  "field.phone": "Phone number",
  "field.website": "Website",
  "field.linkedin": "LinkedIn",
  "field.nothing": "Nothing but having met",
};
