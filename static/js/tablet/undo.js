/**
 * "That is not me", or "no swap after all": the scan is annulled by another one, so that what
 * happened can still be told.
 *
 * @typedef {import("./machine.js").State} State
 * @typedef {import("./machine.js").Step} Step
 * @typedef {import("./machine.js").Move} Move
 */
import { answered } from "./check.js";

/** @param {State} state @param {Step} event @returns {Move} */
export function undo(state, event) {
  if (!state.id) return [state, []];
  const { id = "" } = event;
  const next = { at: "undoing", mode: state.mode, id };
  return [next, [{ do: "scan", id, kind: "annul", annuls: state.id }]];
}

/** @param {State} state @param {Step} event @returns {Move} */
export function undone(state, event) {
  if (event.result?.outcome !== "annulled") return answered(state, event);
  return [{ at: "undone", mode: state.mode }, [{ do: "sound", sound: "tick" }]];
}
