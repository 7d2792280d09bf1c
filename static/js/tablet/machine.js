/**
 * What the screen shows, and why, as one pure function: `step(state, event)` gives the next state
 * and what is to be done. It knows no clock, no network and no page, so a test can walk it.
 *
 * waiting → reading → verdict → (linking → link) → waiting
 * waiting → looking → first → looking → offer → swapping → swapped → waiting
 * verdict, swapped → undoing → undone → waiting
 *
 * A badge that is read while the last one is still being answered is held, never dropped.
 */
import { answered, kept, read } from "./check.js";
import { offerLink, linked } from "./link.js";
import { carded, lookAt, swap, swapped } from "./swap.js";
import { undo, undone } from "./undo.js";

/**
 * @typedef {"check_in" | "check_out" | "swap"} Mode
 * @typedef {{ code: string, name?: string, first_name?: string, company?: string,
 *   shares?: string[], reason?: string | null, attention?: string | null }} Card
 * @typedef {{ id: string, outcome: string, reason: string | null, at: string,
 *   attendees: { name: string, company: string, attention?: string | null }[],
 *   earlier?: { at: string, place: string } | null,
 *   pairs?: { outcome: string, reason: string | null }[] }} Result
 * @typedef {{ at: string, mode: Mode, id?: string, code?: string, people?: Card[], held?: Step[],
 *   outcome?: string, reason?: string | null, when?: string, slip?: string,
 *   earlier?: { at: string, place: string } | null, then?: State, result?: Result,
 *   url?: string }} State
 * @typedef {{ type: string, id?: string, code?: string, mode?: Mode, card?: Card | null,
 *   result?: Result, url?: string, at?: string }} Step
 * @typedef {{ do: "scan", id: string, kind: string, codes?: string[], annuls?: string }
 *   | { do: "look_up", code: string } | { do: "link", code: string } | { do: "sound", sound: string }} Effect
 * @typedef {[State, Effect[]]} Move
 */

const BUSY = new Set(["reading", "looking", "swapping", "undoing", "linking"]);
const UNDOABLE = new Set(["verdict", "swapped"]);
export const GROUP_LIMIT = 8;

/** How long a state may stand, in seconds; 0 is as long as it likes. */
const SECONDS = /** @type {Record<string, number>} */ ({
  first: 20,
  offer: 45,
  swapped: 14,
  undone: 4,
  link: 60,
  unlinked: 8,
  welcomed: 6,
  welcomed_back: 6,
  goodbye: 6,
  kept: 8,
  turned_away: 15,
});
const HURRIED = 2.5; // somebody else's badge has been read already
const ASTRAY = 60; // nobody came after a visitor changed the mode

/** @param {Mode} mode @returns {State} */
export const waiting = (mode) => ({ at: "waiting", mode });

/** @param {State} state @param {Mode} home */
export function secondsFor(state, home) {
  if (state.held?.length) return BUSY.has(state.at) ? 0 : HURRIED;
  if (state.at === "waiting") return state.mode === home ? 0 : ASTRAY;
  return SECONDS[state.outcome ?? ""] ?? SECONDS[state.at] ?? 0;
}

/** @param {State} state @param {Step} event @returns {Move} */
export function step(state, event) {
  if (event.type === "revoked") return [{ at: "revoked", mode: state.mode }, []];
  if (state.at === "revoked") return [state, []];
  if (event.type === "code" && BUSY.has(state.at)) return [hold(state, event), []];
  const move = MOVES[event.type];
  return move ? release(state.held ?? [], move(state, event)) : [state, []];
}

/** @type {Record<string, (state: State, event: Step) => Move>} */
const MOVES = {
  code: (state, event) => (state.mode === "swap" ? lookAt(state, event) : read(state, event)),
  mode: (state, event) =>
    BUSY.has(state.at) ? stay(state) : [waiting(event.mode ?? state.mode), []],
  card: (state, event) => (state.at === "looking" ? carded(state, event) : stay(state)),
  swap: (state, event) => (state.at === "offer" ? swap(state, event) : stay(state)),
  undo: (state, event) => (UNDOABLE.has(state.at) ? undo(state, event) : stay(state)),
  phone: (state) => (state.at === "verdict" && state.code ? offerLink(state) : stay(state)),
  link: (state, event) => (state.at === "linking" ? linked(state, event) : stay(state)),
  answered: (state, event) => {
    if (state.id !== event.result?.id) return stay(state);
    if (state.at === "undoing") return undone(state, event);
    return state.people?.length && state.mode === "swap"
      ? swapped(state, event)
      : answered(state, event);
  },
  kept: (state, event) =>
    state.id === event.id && BUSY.has(state.at) ? kept(state, event) : stay(state),
  cancel: (state) => (BUSY.has(state.at) ? stay(state) : leave(state)),
  elapsed: (state) => (BUSY.has(state.at) ? stay(state) : leave(state)),
};

/** @param {State} state @returns {Move} */
const stay = (state) => [state, []];

/** Back to where the person was, or to nobody. @param {State} state @returns {Move} */
const leave = (state) => [state.then ?? waiting(state.mode), []];

/** @param {State} state @param {Step} event @returns {State} */
const hold = (state, event) => ({ ...state, held: [...(state.held ?? []), event] });

/** Takes the next held badge up as soon as the last person has had their answer. @param {Step[]} held @param {Move} move @returns {Move} */
function release(held, [next, effects]) {
  if (!held.length) return [next, effects];
  if (BUSY.has(next.at) || next.at === "verdict" || next.at === "swapped") {
    return [{ ...next, held }, effects];
  }
  const [first, ...rest] = held;
  const [after, more] = step(next, first);
  return [rest.length ? { ...after, held: rest } : after, [...effects, ...more]];
}
