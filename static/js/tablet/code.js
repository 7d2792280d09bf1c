/**
 * The badge code in what a scanner or a finger gave: 16 Crockford characters, alone, at the end of
 * a badge address, or in the address on its back. The same rule as `canonical_badge_code` in
 * kiosk/ids.py.
 */
const CODE = /^[0-9A-HJKMNP-TV-Z]{16}$/;
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
  return CODE.test(code) ? code : null;
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
