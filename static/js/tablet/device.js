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

const VERSION = 3; // one more with each new shelf

export const shelf = new Shelf("hallway", VERSION, {
  self: {},
  queue: { keyPath: "scan.seq" },
  attention: { keyPath: "scan.id" },
  roster: { keyPath: "place", finders: { index: "indexes" } },
  roster_pages: { keyPath: "nonce" },
  journal: { keyPath: "id" },
});

/** @returns {Promise<Pairing | undefined>} */
export const paired = () => shelf.get("self", "pairing");

/** What cannot be a setting, or no longer, is as if nobody had chosen it. @param {Pairing} pairing @returns {Promise<Settings>} */
export async function settings(pairing) {
  const kept = (await shelf.get("self", "settings")) ?? {};
  const one = (/** @type {string} */ name, /** @type {any[]} */ [first, ...others]) =>
    others.includes(kept[name]) ? kept[name] : first;
  return {
    home: pairing.sponsor ? "sponsor" : one("home", ["check_in", "check_out", "swap"]),
    list: one("list", ["", ...listNames(pairing)]),
    theme: one("theme", ["", "light", "dark"]),
    mute: kept.mute === true,
    language: typeof kept.language === "string" ? kept.language : "",
    ...(kept.camera instanceof Object && { camera: kept.camera }),
  };
}

/** @param {Settings} chosen */
export const keep = (chosen) => put("settings", chosen);

/** @param {Pairing} pairing @returns {string[]} */
export const listNames = (pairing) => (pairing.lists ?? []).map((list) => list.name ?? list);

/** @param {string} key @param {unknown} value */
function put(key, value) {
  return shelf.change(["self"], async (on) => void (await settle(on("self").put(value, key))));
}
