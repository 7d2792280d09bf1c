/**
 * The scans that the server has not acknowledged, in order, on disk before anything else happens to
 * them. What it will never take is put aside for staff to look at, not dropped.
 *
 * @typedef {"scans" | "acts"} Way where the server takes it
 * @typedef {{ id: string, seq: number, kind: string, codes?: string[], list?: string,
 *   scanned_at?: string, annuls?: string, at?: string, [more: string]: any }} Scan
 * @typedef {{ device_id: string, event: string }} Origin the pairing under which it was made
 * @typedef {{ scan: Scan, way?: Way, kept?: boolean, from?: Origin, tries?: number }} Item
 * @typedef {Item & { result: any, noted_at: string }} Aside
 */
import { settle } from "../lib/shelf.js";
import { shelf } from "./device.js";

/** Gives the scan, or the act, its number and keeps it, in one durable step. @param {Omit<Scan, "seq">} scan @param {Way} [way] @returns {Promise<Scan>} */
export function enqueue(scan, way = "scans") {
  return shelf.change(["self", "queue"], async (on) => {
    const seq = ((await settle(on("self").get("seq"))) ?? 0) + 1;
    const numbered = /** @type {Scan} */ ({ ...scan, seq });
    const { device_id = "", event } = (await settle(on("self").get("pairing"))) ?? {};
    on("self").put(seq, "seq");
    on("queue").add({ scan: numbered, way, from: { device_id, event: event?.slug ?? "" } });
    return numbered;
  });
}

/** @param {number} limit @returns {Promise<Item[]>} */
export const head = (limit) =>
  shelf.change(["queue"], (on) => settle(on("queue").getAll(undefined, limit)));

/** The person was told "kept": should the server refuse later, staff must hear of it. @param {number} seq */
export const markKept = (seq) =>
  shelf.change(["queue"], async (on) => {
    const item = await settle(on("queue").get(seq));
    if (item) on("queue").put({ ...item, kept: true });
  });

/** @param {Item[]} items @param {Aside[]} aside */
export const settleItems = (items, aside) =>
  shelf.change(["queue", "attention"], (on) => {
    for (const one of aside) on("attention").put(one);
    for (const { scan } of items) on("queue").delete(scan.seq);
  });

/** @returns {Promise<Aside[]>} */
export const setAside = () => shelf.all("attention");

/** @param {string} id */
export const seen = (id) => shelf.change(["attention"], (on) => void on("attention").delete(id));

/** All that is still here, in the order in which it happened. @returns {Promise<Item[]>} */
export const everything = async () =>
  [...(await shelf.all("queue")), ...(await setAside())].sort((a, b) => a.scan.seq - b.scan.seq);

const TRIES = 3; // so often something that no server answered for is sent once more

/**
 * The server lacks these numbers: those put aside without its answer go into the queue again.
 * @param {number[]} seqs
 * @returns {Promise<number[]>} those that are not here any more
 */
export const sendAgain = (seqs) =>
  shelf.change(["queue", "attention"], async (on) => {
    const waiting = new Set(await settle(on("queue").getAllKeys()));
    const aside = new Map((await settle(on("attention").getAll())).map((one) => [one.scan.seq, one]));
    for (const seq of seqs) {
      const { result, noted_at: _, ...item } = aside.get(seq) ?? {};
      if (!result?.status || (item.tries ?? 0) >= TRIES) continue;
      on("queue").put({ ...item, kept: true, tries: (item.tries ?? 0) + 1 });
      on("attention").delete(item.scan.id);
    }
    return seqs.filter((seq) => !waiting.has(seq) && !aside.has(seq));
  });

export const length = () => shelf.count("queue");

/** @returns {Promise<number>} */
export const nextSeq = async () => ((await shelf.get("self", "seq")) ?? 0) + 1;
