/**
 * One badge at a door: read, then answered by the server, or kept because it did not answer in
 * time. The words for an outcome are elsewhere.
 *
 * @typedef {import("./machine.js").State} State
 * @typedef {import("./machine.js").Step} Step
 * @typedef {import("./machine.js").Move} Move
 */
import { isSlip } from "./code.js";
import { isWords } from "./nocode.js";

const SOUNDS = /** @type {Record<string, string>} */ ({
  welcomed: "welcome",
  welcomed_back: "welcome",
  goodbye: "goodbye",
  kept: "tick",
});

/** @type {import("./machine.js").Part} */
export const door = {
  moves: {
    code: (state, event) => (state.mode === "swap" ? undefined : taken(state, event)),
    answered: (state, event) => (state.id === event.result?.id ? answered(state, event) : undefined),
    kept: (state, event) => (state.at === "reading" && state.id === event.id ? kept(state, event) : undefined),
  },
  busy: ["reading"],
  lingers: ["verdict"],
  seconds: {
    welcomed: 6,
    welcomed_back: 6,
    goodbye: 6,
    kept: 8,
    turned_away: 15,
  },
};

/** Somebody's name is no scan, nor is a code that was typed wrong: said at once, and neither kept nor sent. @param {State} state @param {Step} event @returns {Move} */
function taken(state, event) {
  const text = event.code ?? "";
  if (!isWords(text) && !isSlip(text)) return read(state, event);
  const next = { at: "verdict", mode: state.mode, outcome: "turned_away", reason: "unknown_code" };
  return [next, [{ do: "sound", sound: "refusal" }]];
}

/** @param {State} state @param {Step} event @returns {Move} */
export function read(state, event) {
  const { id = "", code = "" } = event;
  const next = { at: "reading", mode: state.mode, id, code };
  return [next, [{ do: "scan", id, kind: state.mode, codes: [code] }]];
}

/** @param {State} state @param {Step} event @returns {Move} */
export function answered(state, event) {
  const result = event.result;
  if (!result) return [state, []];
  const outcome = result.outcome === "rejected" ? "turned_away" : result.outcome;
  const next = {
    at: "verdict",
    mode: state.mode,
    id: state.id,
    code: isIn(result) ? state.code : "",
    read: state.read ?? state.code,
    outcome,
    reason: result.reason,
    people: people(result),
    when: result.at,
    earlier: result.earlier,
    detail: state.detail,
  };
  return [next, [{ do: "sound", sound: SOUNDS[outcome] ?? "refusal" }]];
}

/** Only with the badge of somebody who is in is there more to do. @param {import("./machine.js").Result} result */
const isIn = ({ outcome, reason }) =>
  outcome === "welcomed" || outcome === "welcomed_back" || reason === "already_in";

/** The network is dead or slow: the scan is safe on this tablet. @param {State} state @param {Step} event @returns {Move} */
export function kept(state, { at }) {
  const next = {
    at: "verdict",
    mode: state.mode,
    id: state.id,
    outcome: "kept",
    people: state.people ?? [],
    when: at,
  };
  return [next, [{ do: "sound", sound: "tick" }]];
}

/** @param {import("./machine.js").Result} result @returns {import("./machine.js").Card[]} */
function people(result) {
  return (result.attendees ?? []).map((one) => ({ code: "", ...one }));
}
