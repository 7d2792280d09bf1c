/**
 * From a state to what its template needs: which template, which colour, which words. Pure but for
 * the language; what is on the screen is decided here, how it looks in templates/tablet/.
 */
import { firstName } from "../lib/people.js";
import { meeting } from "./meeting.js";
import { clockTime, refusal } from "./words.js";

/**
 * @typedef {import("./machine.js").State} State
 * @typedef {import("../lib/render.js").Values} Values
 * @typedef {{ say: import("../lib/render.js").Say, event: any, phase: string, pending: number }} Scene
 * @typedef {{ template: string, tone: string, values: Values }} View
 */
const TONES = /** @type {Record<string, string>} */ ({
  welcomed: "good", welcomed_back: "good", goodbye: "info", kept: "info", connected: "good",
  already_connected: "info", unknown_code: "bad", canceled: "bad", blocked: "bad", clock_too_far: "bad",
}); // prettier-ignore
const ICONS = /** @type {Record<string, string>} */ ({
  welcomed: "check", welcomed_back: "check", goodbye: "hand", kept: "hourglass", already_in: "door-in",
  wrong_list: "door-out", unpaid: "ticket", not_yet_valid: "clock", event_not_open: "clock",
  connected: "swap", already_connected: "people", bad: "close", warning: "alert",
}); // prettier-ignore
/** @param {State} state @param {Scene} scene @returns {View} */
export function view(state, scene) {
  return (VIEWS[state.at] ?? VIEWS.reading)(state, scene);
}

/** @type {Record<string, (state: State, scene: Scene) => View>} */
const VIEWS = {
  waiting: ({ mode }, { event, phase, say }) => {
    const values = {
      event: event.name,
      phase: phase === "open" ? "" : say(`phase.${phase}`, { event: event.name }),
    };
    return { template: `waiting-${mode}`, tone: "", values };
  },
  reading: () => ({ template: "reading", tone: "", values: {} }),
  verdict,
  first: (state, scene) => ({ template: "first", tone: "", values: meeting(state, scene) }),
  offer: (state, scene) => ({ template: "offer", tone: "", values: meeting(state, scene) }),
  swapped,
  undone: () => ({ template: "undone", tone: "", values: {} }),
  revoked: (_, { pending, say }) => {
    const count = say(pending === 1 ? "scans.one" : "scans.other", { count: pending });
    return { template: "revoked", tone: "", values: { count, pending } };
  },
};

/** @param {State} state @param {Scene} scene @returns {View} */
function verdict(state, { say, event }) {
  const { outcome = "", reason, when, people = [] } = state;
  const isRefusal = outcome === "turned_away";
  const tone = TONES[isRefusal ? (reason ?? "") : outcome] ?? "warning";
  const icon = ICONS[isRefusal ? (reason ?? "") : outcome] ?? ICONS[tone];
  const name = outcome === "kept" ? "" : (people[0]?.name ?? "");
  const time = clockTime(when ?? new Date(), event.timezone);
  const words = isRefusal
    ? refusal(say, reason)
    : { word: say(`${outcome}.title`), meaning: "", advice: "" };
  if (outcome === "kept" || outcome === "goodbye")
    words.meaning = say(`${outcome}.text`, { when: time });
  const first = reason === "unknown_code" ? "" : people[0]?.first_name || firstName(name);
  const values = {
    ...words, icon, first, name: name === first ? "" : name, company: people[0]?.company, time,
    attention: people[0]?.attention, canUndo: !isRefusal && outcome !== "kept", back: Boolean(state.then), next: !state.then,
  }; // prettier-ignore
  return { template: isRefusal ? "refusal" : "verdict", tone, values };
}

/** @param {State} state @param {Scene} scene @returns {View} */
function swapped(state, scene) {
  const values = meeting(state, scene);
  const isOld = state.outcome === "already_connected";
  const key = isOld && values.isGroup ? "swapped.group_already" : `swapped.${state.outcome}`;
  const more = {
    word: scene.say(key),
    text: scene.say(isOld ? "swapped.text_already" : "swapped.text"),
  };
  const icon = ICONS[state.outcome ?? ""];
  return {
    template: "swapped",
    tone: TONES[state.outcome ?? ""],
    values: { ...values, ...more, icon, canUndo: !isOld },
  };
}
