/**
 * What is left of a scan when the server has acknowledged it: who passed which door, until the roster
 * tells of it (journal.js). Pure.
 *
 * @typedef {{ id: string, list: string, kind: string, at: string, place?: number, code?: string }} Done
 *   `code` while it is not known whose `place` in the roster it opens
 */
import { canOpen } from "./seal.js";

const LET_PASS = new Set(["welcomed", "welcomed_back", "goodbye"]);

/** @param {string} outcome */
export const letsPass = (outcome) => LET_PASS.has(outcome);

/** What is to be remembered of it, or whose entry was undone by it. @param {import("./queue.js").Item} item @param {any} answer @returns {{ done?: Done, undone?: string }} */
export function leftOf({ scan, shown }, { outcome }) {
  if (outcome === "annulled") return { undone: scan.annuls };
  if (!canOpen || !scan.codes || !letsPass(outcome)) return {}; // without a roster nobody asks
  const { id, kind, codes, scanned_at: at = "" } = scan;
  const whose = shown?.place === undefined ? { code: codes[0] } : { place: shown.place };
  return { done: { id, kind, at, list: shown?.list ?? scan.list ?? "", ...whose } };
}
