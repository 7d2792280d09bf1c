/**
 * Locks what somebody types here for the server alone, as kiosk/envelope.py opens it: it waits in the
 * queue of a tablet that may be stolen, and nothing on the tablet opens it again. Where the browser
 * has no cryptography (no https), or the server was never heard, it waits as it is.
 */
import { shelf } from "./device.js";
import { bytesOf } from "./seal.js";

const CURVE = { name: "ECDH", namedCurve: "P-256" };
const AGREED_BITS = 256;
const utf8 = new TextEncoder();
const TYPED = new Set(["walk_in", "correct"]); // the rest are codes and what was pressed

export class Envelopes {
  #key = "";

  async load() {
    this.#key = (await shelf.get("self", "seal_key")) ?? "";
  }

  /** The server has been heard. @param {any} body of GET /api/v1/event */
  async hear({ seal_key = "" }) {
    if (seal_key === this.#key) return;
    this.#key = seal_key;
    await shelf.change(["self"], (on) => void on("self").put(seal_key, "seal_key"));
  }

  /** Whether this kind of act goes into an envelope. @param {string} kind */
  isFor(kind) {
    return TYPED.has(kind) && Boolean(this.#key && globalThis.crypto?.subtle);
  }

  /** @param {string} id of the act @param {object} said @returns {Promise<{ sealed: string }>} */
  async seal(id, said) {
    const { subtle } = crypto;
    const theirs = await subtle.importKey("raw", bytesOf(this.#key), CURVE, false, []);
    const { publicKey, privateKey } = await subtle.generateKey(CURVE, false, ["deriveBits"]);
    const point = new Uint8Array(await subtle.exportKey("raw", publicKey));
    const agreed = await subtle.deriveBits({ ...CURVE, public: theirs }, privateKey, AGREED_BITS);
    const from = await subtle.importKey("raw", agreed, "HKDF", false, ["deriveKey"]);
    const info = utf8.encode("hallway envelope");
    const how = { name: "HKDF", hash: "SHA-256", salt: point, info };
    const gcm = { name: "AES-GCM", length: 256 };
    const key = await subtle.deriveKey(how, from, gcm, false, ["encrypt"]);
    const nonce = { name: "AES-GCM", iv: new Uint8Array(12), additionalData: utf8.encode(id) };
    const locked = await subtle.encrypt(nonce, key, utf8.encode(JSON.stringify(said)));
    return { sealed: textOf([...point, ...new Uint8Array(locked)]) };
  }
}

/** As base64url. @param {number[]} bytes */
const textOf = (bytes) =>
  btoa(bytes.map((byte) => String.fromCharCode(byte)).join(""))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");
