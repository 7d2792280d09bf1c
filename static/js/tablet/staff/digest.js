/** PBKDF2-HMAC-SHA256 of some digits, in hex, as kiosk/pin.py makes it. */
const BITS = 256;

/** Undefined where the browser cannot work it out. @param {string} digits @param {{ salt: string, rounds: number }} how */
export async function digestOf(digits, { salt, rounds }) {
  const subtle = globalThis.crypto?.subtle;
  if (!subtle) return undefined;
  const text = new TextEncoder().encode(digits);
  const key = await subtle.importKey("raw", text, "PBKDF2", false, ["deriveBits"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt: fromHex(salt), iterations: rounds };
  return toHex(new Uint8Array(await subtle.deriveBits(how, key, BITS)));
}

/** @param {string} text */
const fromHex = (text) =>
  Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

/** @param {Uint8Array} bytes */
const toHex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
