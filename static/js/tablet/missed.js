/**
 * What the server says it never got: sent again where it is still here and no server has judged it.
 */
import { settle } from "../lib/shelf.js";
import { shelf } from "./device.js";

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
