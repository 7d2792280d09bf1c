/**
 * The scans that the server has not acknowledged, in order, on disk before anything else happens to
 * them. What it will never take is put aside for staff to look at, not dropped.
 *
 * @typedef {"scans" | "acts"} Way where the server takes it
 * @typedef {{ id: string, seq: number, kind: string, codes?: string[], list?: string,
 *   scanned_at?: string, annuls?: string, at?: string, [more: string]: any }} Scan
 * @typedef {{ device_id: string, event: string }} Origin the pairing under which it was made
 * @typedef {{ outcome: string, place?: number, list?: string }} Shown what the tablet told the person
 *   by itself, whose place in the roster is theirs, and on which list
 * @typedef {{ scan: Scan, way?: Way, kept?: boolean, from?: Origin, tries?: number, shown?: Shown }} Item
 * @typedef {Item & { result: any, noted_at: string }} Aside
 */
import { settle } from "../lib/shelf.js";
import { leftOf } from "./acknowledged.js";
import { shelf } from "./device.js";
import { lastSeq } from "./numbers.js";
import { aftermath, correction } from "./stands.js";

/** Numbers of what may have gone out: from then on its content is fixed (stands.js). @type {Set<number>} */
const sent = new Set();

/** Gives the scan, or the act, its number and keeps it, in one durable step. @param {Omit<Scan, "seq">} scan @param {Way} [way] @param {Shown} [shown] @returns {Promise<Scan>} */
export const enqueue = (scan, way = "scans", shown) =>
  shelf.change(["self", "queue"], (on) => add(on, scan, way, shown));

/** @param {(name: string) => IDBObjectStore} on @param {Omit<Scan, "seq">} scan @param {Way} way @param {Shown} [shown] */
async function add(on, scan, way, shown) {
  const seq = (await lastSeq(on)) + 1;
  const numbered = /** @type {Scan} */ ({ ...scan, seq });
  const { device_id = "", event } = (await settle(on("self").get("pairing"))) ?? {};
  on("self").put(seq, "seq");
  const from = { device_id, event: event?.slug ?? "" };
  on("queue").add({ scan: numbered, way, from, ...(shown && { shown }) });
  return numbered;
}

/** What is given out here may have been sent. @param {number} limit @returns {Promise<Item[]>} */
export const head = (limit) =>
  shelf.change(["queue"], async (on) => {
    const items = await settle(on("queue").getAll(undefined, limit));
    for (const { scan } of items) sent.add(scan.seq);
    return items;
  });

/** The tablet tells the person this by itself, unless the server has answered. Into a scan that may have gone out no decision is put. @param {number} seq @param {Shown} shown @param {{ decided?: string }} decision @returns {Promise<boolean>} whether it still waits here */
export const decide = (seq, shown, decision) =>
  shelf.change(["queue"], async (on) => {
    const item = await settle(on("queue").get(seq));
    const scan = sent.has(seq) ? item?.scan : { ...item?.scan, ...decision };
    if (item) on("queue").put({ ...item, scan, shown });
    return Boolean(item);
  });

/** All that waits here, oldest first. @returns {Promise<Item[]>} */
export const waiting = () => shelf.all("queue");
export const length = () => shelf.count("queue");

/** The person was told "kept": should the server refuse later, staff must hear of it. @param {number} seq */
export const markKept = (seq) =>
  shelf.change(["queue"], async (on) => {
    const item = await settle(on("queue").get(seq));
    if (item) on("queue").put({ ...item, kept: true });
  });

/**
 * The server has answered these. What staff must see is put aside, what must be said because of an
 * answer joins the queue, who passed a door is remembered, all in one step. Before the disk has done so
 * each is told of, as it stood: the server has it, and somebody waits.
 * @param {Item[]} items
 * @param {Map<string, any>} answers by the id of their scan
 * @param {(answer: any, item: Item) => void} told
 * @returns {Promise<number>} how many there were
 */
export const settleItems = (items, answers, told) =>
  shelf.change(["self", "queue", "attention", "journal"], async (on) => {
    const seqs = new Set(items.map(({ scan }) => scan.seq));
    const all = /** @type {Item[]} */ (await settle(on("queue").getAll()));
    const undone = new Set(all.map(({ scan }) => scan.annuls));
    const done = all.filter(({ scan }) => seqs.has(scan.seq));
    for (const item of done) {
      const answer = answers.get(item.scan.id);
      const [aside, more] = [aftermath(item, answer), correction(item, answer)];
      const { done: passed, undone: freed } = leftOf(item, answer);
      on("queue").delete(item.scan.seq);
      if (aside) on("attention").put(aside);
      if (passed) on("journal").put(passed);
      if (freed) on("journal").delete(freed);
      if (more && !undone.has(item.scan.id)) await add(on, more, "scans", item.shown);
      told(answer, item);
    }
    return done.length;
  });

/** @returns {Promise<Aside[]>} */
export const setAside = () => shelf.all("attention");

/** @param {string} id */
export const seen = (id) => shelf.change(["attention"], (on) => void on("attention").delete(id));

/** All that is still here, in the order in which it happened. @returns {Promise<Item[]>} */
export const everything = async () =>
  [...(await waiting()), ...(await setAside())].sort((a, b) => a.scan.seq - b.scan.seq);
