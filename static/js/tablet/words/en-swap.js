/** Sharing on the spot, and the next step after a swap. */
export default {
  "sharing.change": "Change what {who} shares",
  "sharing.title": "{who}, what do you share?",
  "sharing.lead":
    "Press a field to give it or to keep it. It holds for everybody you swap with from now on; your name always goes along.",
  "sharing.done": "Done",
  "sharing.more": "Want to share more? Link your phone after check-in.",
  "swapped.kept": "Noted",
  "swapped.text_connected": "You will find each other in your letters after the event.",
  "swapped.text_already_connected": "It stays as it was. Would you like to add a promise?",
  "swapped.text_kept":
    "The network is away. Your swap is safe on this tablet and is made as soon as it is back.",
  "swapped.text_promised": "Your letters will remind you of it.",
  "step.ask": "{who}, your next step?",
  "step.turn": "Add a next step",
  "step.optional": "If you like, one press each.",
  "step.send": "I’ll send something",
  "step.introduce": "I’ll introduce you",
  "step.article": "I’ll share an article",
  "step.coffee": "Coffee or a call",
  "step.job_lead": "A job lead",
  "step.other": "Something else",
  "star.give": "Star {who}",
};
