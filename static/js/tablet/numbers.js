/**
 * The numbers of scans and acts: each one more than the last, over all pairings, so that the server
 * sees a gap. Should the count be lost alone, it goes on behind all that is known here and there.
 */
import { settle } from "../lib/shelf.js";
import { shelf } from "./device.js";

const HOLDS = ["self", "queue"];

/** @param {(name: string) => IDBObjectStore} on the shelves `self` and `queue` @returns {Promise<number>} 0 before the first */
export async function lastSeq(on) {
  const seq = await settle(on("self").get("seq"));
  if (seq !== undefined) return seq;
  const last = await settle(on("queue").openKeyCursor(null, "prev"));
  const { first_seq = 1 } = (await settle(on("self").get("pairing"))) ?? {};
  return Math.max(Number(last?.key ?? 0), first_seq - 1);
}

/** @returns {Promise<number>} */
export const nextSeq = () => shelf.change(HOLDS, async (on) => (await lastSeq(on)) + 1);

/** The server has had numbers up to this of this pairing. @param {number} last */
export const goOnAfter = (last) =>
  shelf.change(HOLDS, async (on) => {
    if (last > (await lastSeq(on))) on("self").put(last, "seq");
  });
