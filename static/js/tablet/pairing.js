/**
 * The life of a pairing: it begins, is revoked by the server, or ended by staff. Scans outlive it.
 * They keep their numbers, and the numbers go on: the server hears which is the first of this pairing.
 * What waits here for another event never goes to this one; it is put aside for its own desk.
 *
 * @typedef {import("./device.js").Pairing} Pairing
 */
import { settle } from "../lib/shelf.js";
import { paired, shelf } from "./device.js";
import { forgetPeople } from "./forget.js";
import { lastSeq } from "./numbers.js";

/** @param {Pairing} pairing */
export async function begin(pairing) {
  await navigator.storage?.persist?.().catch(() => false);
  await shelf.change(["self", "queue", "attention"], async (on) => {
    const first_seq = (await lastSeq(on)) + 1;
    on("self").put({ ...pairing, first_seq }, "pairing");
    for (const item of await settle(on("queue").getAll())) {
      if (isOf(item, pairing)) on("queue").put({ ...item, kept: true });
      else {
        on("queue").delete(item.scan.seq);
        on("attention").put(aside(item));
      }
    }
  });
}

/** The server knows this tablet no more: that holds after a restart without a network, too. */
export async function revoke() {
  const pairing = await paired();
  if (pairing && !pairing.is_revoked)
    await shelf.change(["self"], (on) => {
      on("self").put({ ...pairing, is_revoked: true }, "pairing");
    });
  await forgetPeople();
}

/** Forgets the pairing and the people, never the scans. */
export async function end() {
  await shelf.change(["self"], (on) => void on("self").delete("pairing"));
  await forgetPeople();
}

/** @param {import("./queue.js").Item} item @param {Pairing} pairing */
const isOf = (item, pairing) => !item.from || item.from.event === pairing.event?.slug;

/** @param {import("./queue.js").Item} item */
function aside(item) {
  const result = { id: item.scan.id, outcome: "rejected", reason: "wrong_event", attendees: [] };
  return { ...item, result, noted_at: new Date().toISOString() };
}
