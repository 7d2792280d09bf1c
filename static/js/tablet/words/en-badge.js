/** The badge after the check-in: preview, correction, printing. */
export default {
  "badge.offer": "Badge",
  "badge.title": "This is your badge, {first}",
  "badge.lead": "Is everything as you want it? People read it from two steps away.",
  "badge.edit": "Put it right",
  "badge.print": "Print",
  "badge.edit_title": "How should it read?",
  "badge.edit_lead": "Your name as you want to be called. It changes what people you meet see, too.",
  "badge.name": "Name",
  "badge.pronouns": "Pronouns, if you like",
  "badge.keep": "Keep",
  "badge.printed": "Here it comes, {first}",
  "badge.printed_lead": "Take your badge from the printer.",
  "badge.again": "Print again",
  "badge.reason_title": "It was printed before. Why again?",
  "badge.reason.smudged": "It came out badly",
  "badge.reason.changed": "Something on it has changed",
  "badge.reason.jammed": "Nothing came out",
  "badge.reason.lost": "It was lost: make a new code",
  "badge.none_title": "Not just now",
  "badge.none_text":
    "This badge cannot be printed here at the moment. Try again now, or ask at the help desk later.",
};
