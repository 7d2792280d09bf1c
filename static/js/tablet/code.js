/**
 * The badge code in what a scanner or a finger gave: 16 Crockford characters, alone, at the end of
 * a badge address, or in the address on its back. The same rule as `canonical_badge_code` in
 * kiosk/ids.py.
 */
const CODE = /^[0-9A-HJKMNP-TV-Z]{16}$/;
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CHECKED = /^[0-9A-HJKMNP-TV-Z]{17}$/;
const PRINTED = /^(?:[0-9a-z]{4}[- ]){4}[0-9a-z]$/i;
const ADDRESS = /\/b\/([^/?#]+)\/?$/i;
const BACK = /\/me\/link#([^/?#]+)$/i;
const SIDES = /^([0-9A-HJKMNP-TV-Z]{16})[0-9A-HJKMNP-TV-Z]{9}$/;

/** @param {string} text @returns {string | null} */
export function canonical(text) {
  const bare = text.trim();
  const back = BACK.exec(bare)?.[1];
  if (back) return SIDES.exec(plain(back))?.[1] ?? null;
  const found = bare.includes("/") ? ADDRESS.exec(bare.split("?")[0])?.[1] : bare;
  const code = plain(found ?? "");
  const own = isChecked(code) ? code.slice(0, -1) : code;
  return CODE.test(own) ? own : null;
}

/** A badge's code in the way it is printed, with its check symbol, in which one has slipped. @param {string} text */
export const isSlip = (text) => PRINTED.test(text.trim()) && !canonical(text);

/** A badge's code as it is printed, `short_form` in kiosk/badges/face.py. @param {string} code */
export const printed = (code) =>
  `${code}${ALPHABET[-remainder(`${code}0`) & 31]}`.replace(/(.{4})(?=.)/g, "$1-");

/** Whether it ends with its check symbol. @param {string} code */
const isChecked = (code) => CHECKED.test(code) && remainder(code) === 0;

/** Luhn's modulo 32, 0 when the check symbol is right: `_check_symbol` in kiosk/ids.py. @param {string} code */
function remainder(code) {
  const values = [...code].reverse().map((one) => ALPHABET.indexOf(one));
  const doubled = values.map((value, place) => value * (place % 2 ? 2 : 1));
  return doubled.reduce((sum, one) => sum + (one >> 5) + (one & 31), 0) % 32;
}

/** Without blanks, hyphens and look-alikes. @param {string} text */
const plain = (text) =>
  text.toUpperCase().replace(/[- ]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1");

/**
 * What a tablet makes of a reading: a badge that hangs the wrong way round counts as its front, and
 * the secret on its back is neither kept nor sent. @param {string} text
 */
export const faced = (text) => (BACK.test(text.trim()) ? (canonical(text) ?? text) : text);

/** What two readings of one badge have in common. @param {string} text */
export const sameness = (text) => canonical(text) ?? text.trim();

/** What to look a reading up by: a badge's code, then a ticket's as it is, and the key `pk` of a link; the same order as kiosk/find.py. @param {string} text @returns {string[]} */
export function candidates(text) {
  const bare = text.trim();
  const key = bare.includes("://") && URL.canParse(bare) ? new URL(bare).searchParams.get("pk") : "";
  return [canonical(text), bare, key].filter((code) => !!code).map(String);
}
