/**
 * A tablet that is taken out of service, or given to another event, forgets everybody at once; the
 * scans themselves are opaque and stay until they are sent. Whoever keeps names says here how to
 * drop them: `whenForgetting(() => roster.clear())`.
 */
import { settle } from "../lib/shelf.js";
import { shelf } from "./device.js";

/** @type {(() => unknown)[]} */
const KEEPERS = [unnameAside];

/** @param {() => unknown} forget */
export const whenForgetting = (forget) => void KEEPERS.push(forget);

/** All names leave this tablet's memory and disk. */
export async function forgetPeople() {
  await Promise.all(KEEPERS.map((forget) => forget()));
}

/** What was put aside stays, but not whom the server named in its answer. */
function unnameAside() {
  return shelf.change(["attention"], async (on) => {
    for (const one of await settle(on("attention").getAll()))
      on("attention").put({ ...one, result: { ...one.result, attendees: [], earlier: null } });
  });
}
