/**
 * What an answer looks like: its colour, its icon and its words. Somebody who is turned away is told
 * what happened, what it means and what to do.
 */
import { firstName } from "../lib/people.js";
import { waysOn } from "./staff/exceptions.js";
import { clockTime, refusal } from "./words.js";

/**
 * @typedef {import("./machine.js").State} State
 * @typedef {import("./view.js").Scene} Scene
 * @typedef {import("./view.js").View} View
 */

/** @type {Record<string, [tone: string, icon: string]>} */
const OUTCOMES = {
  welcomed: ["good", "check"],
  welcomed_back: ["good", "check"],
  goodbye: ["info", "hand"],
  kept: ["info", "hourglass"],
};

/** @type {Record<string, [tone: string, icon: string]>} */
const REASONS = {
  unknown_code: ["bad", "close"],
  canceled: ["bad", "close"],
  blocked: ["bad", "hand"],
  clock_too_far: ["bad", "clock"],
  unpaid: ["warning", "ticket"],
  already_in: ["warning", "door-in"],
  wrong_list: ["warning", "door-out"],
  not_yet_valid: ["warning", "clock"],
  event_not_open: ["warning", "clock"],
  replaced_badge: ["warning", "badge"],
  not_checked_in: ["warning", "door-in"],
};
/** @type {[tone: string, icon: string]} */
const OTHERWISE = ["warning", "alert"];

/** @type {Record<string, (state: State, scene: Scene) => View>} */
export const views = {
  reading: () => ({ template: "reading", tone: "", values: {} }),
  undone: () => ({ template: "undone", tone: "", values: {} }),
  verdict,
};

/** @param {State} state @param {Scene} scene @returns {View} */
function verdict(state, scene) {
  return state.outcome === "turned_away" ? turnedAway(state, scene) : greeting(state, scene);
}

/** @param {State} state @param {Scene} scene @returns {View} */
function greeting(state, scene) {
  const { say, event } = scene;
  const { outcome = "", people = [], when, detail } = state;
  const [tone, icon] = OUTCOMES[outcome] ?? OTHERWISE;
  const isKept = outcome === "kept";
  const text = isKept && state.mode === "swap" ? "kept.text_swap" : `${outcome}.text`;
  const time = clockTime(when, event.timezone);
  const meaning = isKept || outcome === "goodbye" ? say(text, { when: time }) : "";
  const values = {
    ...(isKept ? {} : whose(people[0])),
    icon,
    word: say(`${outcome}.title`),
    meaning: detail?.isKept ? say("newcomer.kept") : meaning,
    canUndo: !isKept,
    ...more(state, scene),
  };
  return { template: "verdict", tone, values };
}

/** @param {State} state @param {Scene} scene @returns {View} */
function turnedAway(state, scene) {
  const { say, event } = scene;
  const { reason, people = [], then, earlier } = state;
  const [tone, icon] = REASONS[reason ?? ""] ?? OTHERWISE;
  const words = refusal(say, reason);
  if (earlier) {
    const when = clockTime(earlier.at, event.timezone);
    words.meaning = say(earlier.place ? "earlier" : "earlier.here", { when, place: earlier.place });
  }
  const ways = { ...waysOn(state, scene), ...more(state, scene), back: Boolean(then), next: !then };
  return { template: "refusal", tone, values: { ...whose(people[0]), ...words, ...ways, icon } };
}

/**
 * A badge may be a photograph: in self-service only the first welcome leads on (kiosk/visit.py). A
 * surname and the start of an address are soon guessed: they open the door, never somebody's pages.
 * @param {State} state @param {Scene} scene
 */
function more({ code, outcome, detail }, { staff, event }) {
  const isStaffed = Boolean(staff && staff.role !== "kiosk");
  const isKnown = Boolean(code) && (isStaffed || outcome === "welcomed");
  const canLink = isKnown && (isStaffed || !detail?.isNamed);
  return { canLink, canPrint: Boolean(isKnown && event.label) };
}

/** Their first name large, the rest in a line below it. @param {import("./machine.js").Card | undefined} card */
function whose(card) {
  const { name = "", company = "", attention = "" } = card ?? {};
  const first = card?.first_name || firstName(name);
  const line = [name === first ? "" : name, company].filter(Boolean).join(" · ");
  return { first, line, attention };
}
