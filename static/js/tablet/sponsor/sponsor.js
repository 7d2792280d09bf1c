/**
 * A sponsor's own tablet: a badge is read, the screen names who asks, why and for what, and the person
 * presses yes or no. While somebody is asked no other badge is taken up, so that nobody answers for
 * another.
 *
 * waiting → asking → lead → leading → led → (unleading → undone) → waiting
 * lead → unled → waiting
 *
 * @typedef {import("../machine.js").State} State
 * @typedef {import("../machine.js").Step} Step
 * @typedef {import("../machine.js").Move} Move
 */
import { answered as toldAtDoor } from "../check.js";
import { canonical } from "../code.js";

/** @type {import("../machine.js").Part} */
export const leads = {
  moves: {
    code: (state, event) => (state.mode === "sponsor" ? read(state, event) : undefined),
    codes: (state) => (state.at === "lead" ? wait(state) : undefined),
    lead_card: (state, event) => (state.at === "asking" ? ask(state, event) : undefined),
    lead_yes: (state, event) => (state.at === "lead" ? agree(state, event) : undefined),
    lead_no: (state) => (state.at === "lead" ? [{ at: "unled", mode: state.mode }, []] : undefined),
    lead_undo: (state, event) => (state.at === "led" ? undo(state, event) : undefined),
    answered: (state, event) => (isOf(state, event.result?.id) ? told(state, event) : undefined),
    kept: (state, event) => (isOf(state, event.id) ? kept(state) : undefined),
  },
  busy: ["asking", "leading", "unleading"],
  seconds: { lead: 60, led: 20, unled: 4, unasked: 12 },
  lingers: ["lead", "led"],
};

const OF_A_YES = new Set(["leading", "led", "unleading"]);

/** @param {State} state @param {string | undefined} id */
const isOf = (state, id) => OF_A_YES.has(state.at) && state.id === id;

/** @param {State} state @param {Step} event @returns {Move} */
function read(state, { code = "" }) {
  if (state.at === "lead") return wait(state);
  return [{ at: "asking", mode: state.mode, code }, [{ do: "look_up_lead", code }]];
}

/** @param {State} state @returns {Move} */
const wait = (state) => [{ ...state, slip: "lead" }, [{ do: "sound", sound: "refusal" }]];

/** No card means no network: then a badge's code must do, and what the sponsor asks for is named. @param {State} state @param {Step} event @returns {Move} */
function ask(state, { code = "", card, detail: sponsor }) {
  if (code !== state.code) return [state, []];
  const known = card ?? (canonical(code) ? { code } : { code, reason: "unknown_code" });
  if (known.reason) return refuse(state, known.reason);
  const fields = known.shares ?? sponsor.fields;
  const { mode } = state;
  const next = { at: fields.length ? "lead" : "unasked", mode, code, people: [{ ...known, code }] };
  return [{ ...next, detail: { sponsor, fields } }, [{ do: "sound", sound: "tick" }]];
}

/** @param {State} state @param {Step} event @returns {Move} */
function agree({ mode, code, people, detail }, { id = "" }) {
  const { fields, sponsor } = detail;
  const said = { code, fields, purpose: sponsor.purpose };
  return [{ at: "leading", mode, id, code, people, detail }, [{ do: "act", id, kind: "lead", detail: said }]];
}

/** @param {State} state @param {Step} event @returns {Move} */
function undo({ mode, id: lead, people }, { id = "" }) {
  const next = { at: "unleading", mode, id, people };
  return [next, [{ do: "act", id, kind: "undo_lead", detail: { lead } }]];
}

/** @param {State} state @param {Step} event @returns {Move} */
function told(state, { result }) {
  const { outcome, reason } = result;
  if (state.at === "unleading") return outcome === "annulled" ? undone(state) : toldAtDoor(state, { type: "", result });
  if (outcome === "agreed" || outcome === "already_agreed") return led(state, outcome);
  if (reason === "nothing_to_share") return [{ ...state, at: "unasked" }, []];
  return toldAtDoor(state, { type: "", result });
}

/** It is safe on this tablet, and in its order: what was undone here is undone there. @param {State} state @returns {Move} */
const kept = (state) => (state.at === "unleading" ? undone(state) : led(state, "kept"));

/** @param {State} state @param {string} outcome @returns {Move} */
function led(state, outcome) {
  const next = { ...state, at: "led", detail: { ...state.detail, outcome } };
  return [next, state.at === "led" ? [] : [{ do: "sound", sound: "swap" }]];
}

/** @param {State} state @returns {Move} */
const undone = ({ mode }) => [{ at: "undone", mode }, [{ do: "sound", sound: "tick" }]];

/** @param {State} state @param {string} reason @returns {Move} */
function refuse({ mode }, reason) {
  const next = { at: "verdict", mode, outcome: "turned_away", reason, people: [] };
  return [next, [{ do: "sound", sound: "refusal" }]];
}
