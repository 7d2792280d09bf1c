/**
 * How this tablet is, in sentences, the worst first: for the sheet that staff open from the status
 * line. Pure: what is known goes in, lines come out.
 *
 * @typedef {{ trouble: import("../lib/api.js").Trouble | "", heardAt?: Date, offset?: number,
 *   queued: number, lost: number[], isPersistent: boolean, peopleAsOf?: Date, zone?: string }} Facts
 * @typedef {{ tone: "good" | "warning" | "bad" | "", words: string }} Said
 * @typedef {Said & { icon: string }} Line
 */
import { canOpen } from "./seal.js";
import { clockTime, many } from "./words.js";

/** @typedef {import("../lib/render.js").Say} Say */

const MINUTE = 60_000; // ms
const HOUR = 60 * MINUTE;
const CLOCK_OFF = 2 * MINUTE; // the server clamps what is further ahead
const NAMED = 12; // numbers of lost scans
const ICONS = { good: "check", warning: "alert", bad: "alert", "": "info" };

/** @param {Facts} facts @param {Say} say @returns {Line[]} */
export function health(facts, say) {
  return [lost, network, clock, kept, people, storage]
    .map((line) => line(facts, say))
    .filter((line) => line !== null)
    .map((line) => ({ ...line, icon: ICONS[line.tone] }));
}

/** Minutes without the server, 0 while it answers. @param {Facts} facts @param {Date} now */
export function minutesAway({ trouble, heardAt }, now) {
  if (!trouble || !heardAt) return 0;
  return Math.max(0, Math.floor((now.getTime() - heardAt.getTime()) / MINUTE));
}

/** @param {Facts} facts @param {Say} say @returns {Said | null} */
function lost({ lost: numbers }, say) {
  if (!numbers.length) return null;
  const more = numbers.length > NAMED ? " …" : "";
  const named = numbers.slice(0, NAMED).join(", ") + more;
  const words = many((key, values) => say(key, { ...values, numbers: named }), "health.lost", numbers.length);
  return { tone: "bad", words };
}

/** @param {Facts} facts @param {Say} say @returns {Said} */
function network({ trouble, heardAt, zone }, say) {
  const heard = heardAt
    ? say("health.heard", { time: clockTime(heardAt, zone) })
    : say("health.never_heard");
  const words = say(`health.${trouble || "online"}`);
  return { tone: trouble ? "warning" : "good", words: `${words} ${heard}` };
}

/** @param {Facts} facts @param {Say} say @returns {Said | null} */
function clock({ offset, zone }, say) {
  if (offset === undefined) {
    return { tone: "warning", words: say("health.clock_unknown", { time: dayAndTime(zone) }) };
  }
  if (Math.abs(offset) < CLOCK_OFF) return null;
  const way = offset < 0 ? "ahead" : "behind";
  const [unit, length] = Math.abs(offset) < 2 * HOUR ? ["minutes", MINUTE] : ["hours", HOUR];
  const count = Math.round(Math.abs(offset) / Number(length));
  return { tone: "warning", words: many(say, `health.clock_${way}_${unit}`, count) };
}

/** @param {Facts} facts @param {Say} say @returns {Said} */
function kept({ queued }, say) {
  if (!queued) return { tone: "good", words: say("health.kept.zero") };
  return { tone: "warning", words: many(say, "health.kept", queued) };
}

/** @param {Facts} facts @param {Say} say @returns {Said | null} */
function people({ peopleAsOf, zone }, say) {
  if (!canOpen) return { tone: "warning", words: say("health.no_people") };
  if (!peopleAsOf) return null;
  return { tone: "", words: say("net.as_of", { time: clockTime(peopleAsOf, zone) }) };
}

/** @param {Facts} facts @param {Say} say @returns {Said | null} */
const storage = ({ isPersistent }, say) =>
  isPersistent ? null : { tone: "", words: say("health.storage") };

/** @param {string} [timeZone] */
function dayAndTime(timeZone) {
  const form = { dateStyle: /** @type {const} */ ("medium"), timeStyle: /** @type {const} */ ("short") };
  const language = document.documentElement.lang || "en";
  return new Intl.DateTimeFormat(language, { ...form, timeZone }).format(new Date());
}
