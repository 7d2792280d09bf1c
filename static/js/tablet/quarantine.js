/**
 * What staff must look at, as the lines of a list: which scan, of whom, and why it was put aside. Pure.
 */
import { clockTime, refusal } from "./words.js";

/** @param {import("./queue.js").Aside[]} aside @param {import("../lib/render.js").Say} say @param {string} [zone] the venue's */
export const rows = (aside, say, zone) =>
  aside.map(({ scan, result }) => ({
    what: `${say(`scan.${scan.kind}`)} · ${clockTime(scan.scanned_at ?? scan.at, zone)}`,
    who: (result.attendees ?? []).map((/** @type {any} */ one) => one.name).join(", "),
    why: refusal(say, result.reason).word,
    number: `№ ${scan.seq}`,
    id: scan.id,
  }));
