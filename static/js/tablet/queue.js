/**
 * The scans that the server has not acknowledged, in order, on disk before anything else happens to
 * them. What it will never take is put aside for staff to look at, not dropped.
 *
 * @typedef {"scans" | "acts"} Way where the server takes it
 * @typedef {{ id: string, seq: number, kind: string, codes?: string[], list?: string,
 *   scanned_at?: string, annuls?: string, at?: string, [more: string]: any }} Scan
 * @typedef {{ scan: Scan, way?: Way, kept?: boolean }} Item
 * @typedef {{ scan: Scan, result: any, noted_at: string }} Aside
 */
import { settle } from "../lib/shelf.js";
import { shelf } from "./device.js";

/** Gives the scan, or the act, its number and keeps it, in one durable step. @param {Omit<Scan, "seq">} scan @param {Way} [way] @returns {Promise<Scan>} */
export function enqueue(scan, way = "scans") {
  return shelf.change(["self", "queue"], async (on) => {
    const seq = ((await settle(on("self").get("seq"))) ?? 0) + 1;
    const numbered = /** @type {Scan} */ ({ ...scan, seq });
    on("self").put(seq, "seq");
    on("queue").add({ scan: numbered, way });
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

export const length = () => shelf.count("queue");

/** @returns {Promise<number>} */
export const nextSeq = async () => ((await shelf.get("self", "seq")) ?? 0) + 1;
