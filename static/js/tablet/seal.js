/**
 * Opens an entry of the roster with the code it belongs to, as kiosk/seal.py has sealed it: from the
 * code and the event come the index under which the entry is found and the key that opens it.
 */
const INDEX_BYTES = 4;
const TAG_BITS = 32;
const utf8 = new TextEncoder();

/** Without https the browser has no cryptography, and the tablet no roster. */
export const canOpen = Boolean(globalThis.crypto?.subtle);

/** Bytes of base64url. @param {string} text */
export function bytesOf(text) {
  const binary = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(binary, (char) => char.charCodeAt(0));
}

/** An entry's index as a key of the shelf, and its locked rest. @param {Uint8Array} entry @returns {[string, Uint8Array]} */
export function parted(entry) {
  return [hex(entry.subarray(0, INDEX_BYTES)), entry.slice(INDEX_BYTES)];
}

/** @param {string} code @param {string} salt the event's id */
export async function keysOf(code, salt) {
  const secret = await crypto.subtle.importKey("raw", utf8.encode(code), "HKDF", false, [
    "deriveBits",
    "deriveKey",
  ]);
  const from = (/** @type {string} */ label) => ({
    name: "HKDF",
    hash: "SHA-256",
    salt: utf8.encode(salt),
    info: utf8.encode(label),
  });
  const [index, key] = await Promise.all([
    crypto.subtle.deriveBits(from("hallway roster index"), secret, INDEX_BYTES * 8),
    crypto.subtle.deriveKey(
      from("hallway roster key"),
      secret,
      { name: "AES-GCM", length: 256 },
      false,
      ["decrypt"],
    ),
  ]);
  return { index: hex(new Uint8Array(index)), key };
}

/** What the entry says; null when it is somebody else's. @param {CryptoKey} key @param {string} nonce base64url @param {Uint8Array} locked @returns {Promise<Uint8Array | null>} */
export async function unlock(key, nonce, locked) {
  const algorithm = { name: "AES-GCM", iv: bytesOf(nonce), tagLength: TAG_BITS };
  try {
    const source = /** @type {Uint8Array<ArrayBuffer>} */ (locked);
    return new Uint8Array(await crypto.subtle.decrypt(algorithm, key, source));
  } catch {
    return null;
  }
}

/** @param {Uint8Array} bytes */
export const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
