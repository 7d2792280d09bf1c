/**
 * What the screen shows, and why, as one pure function: `step(state, event)` gives the next state
 * and what is to be done. It knows no clock, no network and no page, so a test can walk it.
 *
 * waiting → reading → verdict → (linking → link) → waiting
 * waiting → looking → first → looking → offer → swapping → swapped → waiting
 * verdict, swapped → undoing → undone → waiting
 *
 * Each feature is a part (`parts.js`) with moves of its own. A badge that is read while the last one
 * is still being answered is held, never dropped.
 */
import { PARTS } from "./parts.js";

/**
 * @typedef {"check_in" | "check_out" | "swap" | "sponsor"} Mode
 * @typedef {{ code: string, id?: string, name?: string, first_name?: string, company?: string,
 *   shares?: string[], reason?: string | null, attention?: string | null, language?: string }} Card
 * @typedef {{ id: string, outcome: string, reason: string | null, at: string,
 *   attendees: { id?: string, name: string, company: string, attention?: string | null }[],
 *   earlier?: { at: string, place: string } | null,
 *   pairs?: { outcome: string, reason: string | null }[] }} Result
 * @typedef {{ at: string, mode: Mode, id?: string, code?: string, people?: Card[], held?: Step[],
 *   outcome?: string, reason?: string | null, when?: string, read?: string, slip?: string,
 *   earlier?: { at: string, place: string } | null, then?: State, result?: Result,
 *   url?: string, detail?: any }} State
 * @typedef {{ type: string, id?: string, code?: string, codes?: string[], mode?: Mode,
 *   card?: Card | null, result?: any, url?: string, at?: string, detail?: any }} Step
 * @typedef {{ do: string, id?: string, kind?: string, code?: string, codes?: string[],
 *   annuls?: string, sound?: string, detail?: any }} Effect
 * @typedef {[State, Effect[]]} Move
 * @typedef {(state: State, event: Step) => Move | undefined} Handler
 *
 * A part: what it makes of an event (`undefined`: nothing, ask the next), which of its states wait
 * for an answer, how long a state (or an outcome) may stand, in seconds, and which states are read
 * by somebody, so that the next badge waits a moment.
 * @typedef {{ moves: Record<string, Handler>, busy?: string[], seconds?: Record<string, number>,
 *   lingers?: string[] }} Part
 */

const BUSY = new Set(PARTS.flatMap((part) => part.busy ?? []));
const SECONDS = /** @type {Record<string, number>} */ (
  Object.assign({}, ...PARTS.map((part) => part.seconds))
);
const LINGERING = new Set(PARTS.flatMap((part) => part.lingers ?? []));
const HURRIED = 2.5; // somebody else's badge has been read already
const ASTRAY = 60; // nobody came after somebody changed the mode: then it goes home

/** @param {Mode} mode @returns {State} */
export const waiting = (mode) => ({ at: "waiting", mode });

/** How long a state may stand, in seconds; 0 is as long as it likes. @param {State} state @param {Mode} home */
export function secondsFor(state, home) {
  if (state.held?.length) return BUSY.has(state.at) ? 0 : HURRIED;
  if (state.at === "waiting") return state.mode === home ? 0 : ASTRAY;
  return SECONDS[state.outcome ?? ""] ?? SECONDS[state.at] ?? 0;
}

/** @param {State} state @param {Step} event @returns {Move} */
export function step(state, event) {
  if (event.type === "revoked") return [{ at: "revoked", mode: state.mode }, []];
  if (state.at === "revoked") return [state, []];
  if (event.type === "codes" && state.mode === "swap") return together(state, event);
  const isReading = event.type === "code" || event.type === "codes";
  if (isReading && BUSY.has(state.at)) return [hold(state, event), []];
  return release(state.held ?? [], moved(state, event) ?? [state, []]);
}

/** Badges that meet in one frame: the first is taken up, the others are held behind it. @param {State} state @param {Step} event @returns {Move} */
function together(state, { codes = [], ...event }) {
  return codes.reduce((/** @type {Move} */ [before, effects], code) => {
    const [after, more] = step(before, { ...event, type: "code", code });
    return [after, [...effects, ...more]];
  }, [state, []]);
}

/** @param {State} state @param {Step} event @returns {Move | undefined} */
function moved(state, event) {
  for (const part of PARTS) {
    const move = part.moves[event.type]?.(state, event);
    if (move) return move;
  }
  return BUSY.has(state.at) ? undefined : EVERYWHERE[event.type]?.(state, event);
}

/** What holds in every state that waits for nobody. @type {Record<string, Handler>} */
const EVERYWHERE = {
  mode: (state, event) => [waiting(event.mode ?? state.mode), []],
  cancel: (state) => leave(state),
  elapsed: (state, { mode }) =>
    state.at === "waiting" ? [waiting(mode ?? state.mode), []] : leave(state),
};

/** Back to where the person was, or to nobody. @param {State} state @returns {Move} */
const leave = (state) => [state.then ?? waiting(state.mode), []];

/** @param {State} state @param {Step} event @returns {State} */
const hold = (state, event) => ({ ...state, held: [...(state.held ?? []), event] });

/** Takes the next held badge up as soon as the last person has had their answer. @param {Step[]} held @param {Move} move @returns {Move} */
function release(held, [next, effects]) {
  if (!held.length) return [next, effects];
  if (BUSY.has(next.at) || LINGERING.has(next.at)) return [{ ...next, held }, effects];
  const [first, ...rest] = held;
  const [after, more] = step(next, first);
  return [rest.length ? { ...after, held: rest } : after, [...effects, ...more]];
}
