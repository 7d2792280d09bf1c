/** A sponsor's own tablet: it names who asks, why and for what, and takes a yes. */
export default {
  "sponsor.eyebrow": "{sponsor} asks",
  "sponsor.waiting": "Show your badge, if you like",
  "sponsor.before": "You see what is asked for, and nothing is shared until you press yes.",
  "sponsor.ask": "{who}, may {sponsor} get this from you?",
  "sponsor.ask_unnamed": "May {sponsor} get this from you?",
  "sponsor.gets": "{sponsor} will get",
  "sponsor.gets_at_most": "{sponsor} will get of this what you show sponsors",
  "sponsor.yes": "Yes, share",
  "sponsor.no": "No, thank you",
  "sponsor.slip": "Somebody is being asked. Please answer first.",
  "sponsor.agreed": "Shared",
  "sponsor.already_agreed": "You have said yes before",
  "sponsor.kept": "Noted",
  "sponsor.back": "Take it back any time on your phone or at the help desk.",
  "sponsor.back_kept":
    "The network is away. Your yes is safe on this tablet and reaches {sponsor} when it is back. Take it back any time on your phone or at the help desk.",
  "sponsor.refused": "Nothing was shared",
  "sponsor.refused_text": "Enjoy the day.",
  "sponsor.nothing": "You show sponsors none of this",
  "sponsor.nothing_text": "So there is nothing to share. You decide that on your phone, under My card.",
  "reason.nothing_to_share":
    "Nothing to share|This person shows sponsors none of what was asked for.|Nothing was shared.",
  "scan.lead": "Yes to a sponsor",
  "scan.undo_lead": "Yes taken back",
};
