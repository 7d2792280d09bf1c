/**
 * The decision table of the door, row by row as in kiosk/door.py: the first row that holds is the
 * refusal. `tests/vectors/door.json` holds both to it.
 *
 * @typedef {{ name?: string, ticket_types: string[], allow_multiple_entries: boolean,
 *   allow_entry_after_exit: boolean, include_pending: boolean }} Rule
 * @typedef {{ status: string, approved: boolean, blocked: unknown, valid_from?: string | null,
 *   valid_until?: string | null, ticket_types: string[] }} Person
 * @typedef {{ person: Person, ticket?: string, isReplaced?: boolean, rule: Rule, kind: string,
 *   at: string, phase: string | null, history: string[], mayOverride?: boolean }} Case `ticket` is
 *   the status of the ticket that was read, `history` the kinds of earlier successful scans in order
 */

/** Why this person is turned away, or null when they may pass. @param {Case} one @returns {string | null} */
export function judge(one) {
  return REFUSALS.find(([, holds]) => holds(one))?.[0] ?? null;
}

/** Whether another entry is allowed after these scans of the same person and list. @param {Rule} rule @param {string[]} history */
export function mayEnter(rule, history) {
  if (rule.allow_multiple_entries || !history.includes("check_in")) return true;
  return rule.allow_entry_after_exit && history.at(-1) === "check_out";
}

/** Why a person may take part in nothing at this event, door or swap. @param {Person} person @returns {string | null} */
export function personRefusal({ status, blocked, approved }) {
  if (status === "canceled") return "canceled";
  if (blocked) return "blocked";
  return approved ? null : "unapproved";
}

/** @param {Case} one */
const isEntry = ({ kind }) => kind === "check_in";

/** @param {Case} one @param {string} status of the person or of the ticket that was read */
const isSaid = ({ person, ticket }, status) => person.status === status || ticket === status;

/** @param {string | null | undefined} instant @param {string} other */
const isAfter = (instant, other) => !!instant && Date.parse(instant) > Date.parse(other);

/** @param {string | null | undefined} instant @param {string} other */
const isBefore = (instant, other) => !!instant && Date.parse(instant) < Date.parse(other);

/** @type {[reason: string, holds: (one: Case) => boolean][]} */
export const REFUSALS = [
  ["replaced_badge", ({ isReplaced }) => !!isReplaced],
  ["event_not_open", ({ phase }) => phase === "event_not_open"],
  ["event_closed", ({ phase }) => phase === "event_closed"],
  ["canceled", (one) => isSaid(one, "canceled")],
  ["blocked", ({ person }) => !!person.blocked],
  ["unapproved", ({ person }) => !person.approved],
  ["not_yet_valid", (one) => isEntry(one) && isAfter(one.person.valid_from, one.at)],
  ["no_longer_valid", (one) => isEntry(one) && isBefore(one.person.valid_until, one.at)],
  ["wrong_list", ({ rule, person }) => isElsewhere(rule.ticket_types, person.ticket_types)],
  ["unpaid", (one) => isSaid(one, "pending") && !(one.rule.include_pending && one.mayOverride)],
  ["already_in", (one) => isEntry(one) && !mayEnter(one.rule, one.history)],
];

/** @param {string[]} asked empty means every type @param {string[]} held */
const isElsewhere = (asked, held) => asked.length > 0 && !asked.some((type) => held.includes(type));
