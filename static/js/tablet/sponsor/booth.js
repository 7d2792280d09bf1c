/**
 * Whose tablet this is: a sponsor's name, purpose and fields, as the server last said. It outlives a
 * restart without a network. What a sponsor's tablet does not do is not on its screen.
 *
 * @typedef {{ name: string, purpose: string, fields: string[] }} Sponsor
 */
import { paired, shelf } from "../device.js";

const NOT_HERE = [
  ...[".kiosk__modes", '[data-does="newcomer"]'],
  ...['label[for="field-list"]', "#field-list"],
];

export class Booth {
  /** @type {Sponsor | undefined} */
  sponsor;

  /** @param {HTMLElement} root @param {import("../device.js").Pairing} pairing */
  constructor(root, { sponsor }) {
    this.sponsor = sponsor ?? undefined;
    if (this.sponsor) clear(root);
  }

  /** The purpose or the fields may have changed; leads keep what was agreed to. @param {any} body of GET /api/v1/event */
  async hear({ sponsor }) {
    if (!sponsor || JSON.stringify(sponsor) === JSON.stringify(this.sponsor)) return;
    this.sponsor = sponsor;
    const pairing = await paired();
    await shelf.change(["self"], (on) => void on("self").put({ ...pairing, sponsor }, "pairing"));
  }
}

/** @param {HTMLElement} root */
function clear(root) {
  for (const one of root.querySelectorAll(NOT_HERE.join())) one.setAttribute("hidden", "");
  const homes = root.querySelector('input[name="home"]')?.closest("fieldset");
  homes?.setAttribute("hidden", "");
  homes?.setAttribute("disabled", "");
}
