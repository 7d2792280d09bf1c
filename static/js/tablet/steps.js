/**
 * After a swap, one optional press each: what I will do next for the person I met. Two who have met
 * before are asked for just that. In a group each presses on their own badge first.
 *
 * @typedef {import("./machine.js").State} State
 * @typedef {import("./machine.js").Step} Step
 * @typedef {import("./machine.js").Move} Move
 * @typedef {import("./view.js").Scene} Scene
 * @typedef {import("../lib/render.js").Values} Values
 */
import { meeting } from "./meeting.js";

const KINDS = { send: "mail", introduce: "people", article: "list", coffee: "coffee" };
const MORE = { job_lead: "building", other: "more" };
const ICONS = /** @type {Record<string, string>} */ ({ ...KINDS, ...MORE });
const ASKING = new Set(["swapped", "met"]);

/** @type {import("./machine.js").Part} */
export const nextSteps = {
  moves: {
    promise: (state, event) => (ASKING.has(state.at) ? promise(state, event) : undefined),
    star: (state, event) => (ASKING.has(state.at) ? star(state, event) : undefined),
    steps_of: (state, event) => (ASKING.has(state.at) ? turnTo(state, event) : undefined),
  },
  seconds: { swapped: 30, met: 25, promised: 5 },
  lingers: ["swapped", "met", "promised"],
};

/** "CODE:kind" of whoever pressed; once each. @param {State} state @param {Step} event @returns {Move} */
function promise(state, { id = "", detail }) {
  const [code, kind] = String(detail.value).split(":");
  const steps = { ...state.detail?.steps };
  if (steps[code]) return [state, []];
  steps[code] = kind;
  const next = { ...state, detail: { ...state.detail, steps, turn: undefined } };
  const isAll = (state.people ?? []).every((card) => steps[card.code]);
  return [
    isAll ? { ...next, at: "promised" } : next,
    [
      { do: "act", id, kind: "promise", detail: { scan: state.id, code, promise: kind } },
      { do: "sound", sound: "tick" },
    ],
  ];
}

/** @param {State} state @param {Step} event @returns {Move} */
function star(state, { id = "", detail }) {
  const code = detail.value;
  const stars = { ...state.detail?.stars };
  if (stars[code]) return [state, []];
  const next = { ...state, detail: { ...state.detail, stars: { ...stars, [code]: true } } };
  return [next, [{ do: "act", id, kind: "star", detail: { scan: state.id, code } }]];
}

/** In a group: whose turn it is, or nobody's when pressed again. @param {State} state @param {Step} event @returns {Move} */
function turnTo(state, { detail }) {
  const turn = state.detail?.turn === detail.value ? undefined : detail.value;
  return [{ ...state, detail: { ...state.detail, turn } }, []];
}

/** @type {Record<string, (state: State, scene: Scene) => import("./view.js").View>} */
export const views = { swapped, met: swapped, promised: swapped };

/** @param {State} state @param {Scene} scene @returns {import("./view.js").View} */
function swapped(state, scene) {
  const { say } = scene;
  const { outcome = "connected" } = state;
  const isOld = outcome === "already_connected";
  const values = meeting(state, scene);
  const key = isOld && values.isGroup ? "swapped.group_already" : `swapped.${outcome}`;
  const badges = values.badges.map((/** @type {Values} */ badge, /** @type {number} */ place) => ({
    ...badge,
    ...asked(state, values, place, say),
  }));
  const text = state.at === "promised" ? "swapped.text_promised" : `swapped.text_${outcome}`;
  const words = { word: say(key), text: say(text), canUndo: outcome === "connected" };
  return {
    template: "swapped",
    tone: outcome === "connected" ? "good" : "info",
    values: { ...values, ...words, badges },
  };
}

/** What one person is asked, or what they have answered. @param {State} state @param {Values} values @param {number} place @param {import("../lib/render.js").Say} say @returns {Values} */
function asked({ at, people = [], detail = {} }, { isPair, badges }, place, say) {
  const { code } = people[place];
  const step = detail.steps?.[code];
  const isAsked = !step && at !== "promised";
  const isTurn = isAsked && (isPair || detail.turn === code);
  const steps = Object.keys(ICONS).map((kind) => ({
    value: `${code}:${kind}`,
    words: say(`step.${kind}`),
    icon: ICONS[kind],
  }));
  return {
    code,
    ask: isTurn ? say("step.ask", { who: badges[place].who }) : "",
    steps: isTurn ? steps : [],
    canTurn: isAsked && !isTurn,
    step: step ? say(`step.${step}`) : "",
    star: isPair && at !== "promised" ? say("star.give", { who: badges[1 - place].who }) : "",
    isStarred: Boolean(detail.stars?.[code]),
  };
}
