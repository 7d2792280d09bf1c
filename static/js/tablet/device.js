/**
 * What this tablet remembers about itself across a restart: its token, its event, how staff set it
 * up. Scans are kept in the same place, on shelves of their own.
 */
import { Shelf, settle } from "../lib/shelf.js";

/**
 * @typedef {{ home: import("./machine.js").Mode, list: string, theme: string, mute: boolean,
 *   language: string, camera?: import("./camera/panel.js").Choice }} Settings
 * @typedef {{ device_id: string, token: string, role: string, event: any, lists: any[],
 *   first_seq?: number, is_revoked?: boolean,
 *   sponsor?: import("./sponsor/booth.js").Sponsor | null }} Pairing
 */

const VERSION = 2; // one more with each new shelf

export const shelf = new Shelf("hallway", VERSION, {
  self: {},
  queue: { keyPath: "scan.seq" },
  attention: { keyPath: "scan.id" },
  roster: { keyPath: "place", finders: { index: "indexes" } },
  roster_pages: { keyPath: "nonce" },
});

/** @returns {Promise<Pairing | undefined>} */
export const paired = () => shelf.get("self", "pairing");

/** @param {Pairing} pairing @returns {Promise<Settings>} */
export async function settings(pairing) {
  const defaults = { home: "check_in", list: "", theme: "", mute: false, language: "" };
  const kept = { ...defaults, ...(await shelf.get("self", "settings")) };
  if (pairing.sponsor) kept.home = "sponsor";
  else if (kept.home === "sponsor") kept.home = "check_in"; // it was another tablet before
  return listNames(pairing).includes(kept.list) ? kept : { ...kept, list: "" };
}

/** @param {Settings} chosen */
export const keep = (chosen) => put("settings", chosen);

/** @param {Pairing} pairing @returns {string[]} */
export const listNames = (pairing) => (pairing.lists ?? []).map((list) => list.name ?? list);

/** @param {string} key @param {unknown} value */
function put(key, value) {
  return shelf.change(["self"], async (on) => void (await settle(on("self").put(value, key))));
}
