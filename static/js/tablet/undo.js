/**
 * "That is not me", or "no swap after all": the scan is annulled by another one, so that what
 * happened can still be told.
 *
 * @typedef {import("./machine.js").State} State
 * @typedef {import("./machine.js").Step} Step
 * @typedef {import("./machine.js").Move} Move
 */
import { answered, kept } from "./check.js";

const UNDOABLE = new Set(["verdict", "swapped"]);

/** @type {import("./machine.js").Part} */
export const undoing = {
  moves: {
    undo: (state, event) => (UNDOABLE.has(state.at) ? undo(state, event) : undefined),
    answered: (state, event) => (awaits(state, event.result?.id) ? undone(state, event) : undefined),
    kept: (state, event) => (awaits(state, event.id) ? kept(state, event) : undefined),
  },
  busy: ["undoing"],
  seconds: { undone: 4 },
};

/** @param {State} state @param {string | undefined} id */
const awaits = (state, id) => state.at === "undoing" && state.id === id;

/** @param {State} state @param {Step} event @returns {Move} */
function undo(state, event) {
  if (!state.id) return [state, []];
  const { id = "" } = event;
  const next = { at: "undoing", mode: state.mode, id, people: state.people };
  return [next, [{ do: "scan", id, kind: "annul", annuls: state.id }]];
}

/** @param {State} state @param {Step} event @returns {Move} */
function undone(state, event) {
  if (event.result?.outcome !== "annulled") return answered(state, event);
  return [{ at: "undone", mode: state.mode, people: state.people }, [{ do: "sound", sound: "tick" }]];
}
