/**
 * The badge code in what a scanner or a finger gave: 16 Crockford characters, alone or at the end
 * of a badge address. The same rule as `canonical_badge_code` in kiosk/ids.py.
 */
const CODE = /^[0-9A-HJKMNP-TV-Z]{16}$/;
const ADDRESS = /\/b\/([^/?#]+)\/?$/i;

/** @param {string} text @returns {string | null} */
export function canonical(text) {
  const bare = text.trim();
  const found = bare.includes("/") ? ADDRESS.exec(bare.split("?")[0])?.[1] : bare;
  const code = (found ?? "")
    .toUpperCase()
    .replace(/[- ]/g, "")
    .replace(/O/g, "0")
    .replace(/[IL]/g, "1");
  return CODE.test(code) ? code : null;
}

/** What two readings of one badge have in common. @param {string} text */
export const sameness = (text) => canonical(text) ?? text.trim();

/** What to look a reading up by: a badge's code, then a ticket's as it is, and the key `pk` of a link; the same order as kiosk/find.py. @param {string} text @returns {string[]} */
export function candidates(text) {
  const bare = text.trim();
  const key = bare.includes("://") && URL.canParse(bare) ? new URL(bare).searchParams.get("pk") : "";
  return [canonical(text), bare, key].filter((code) => !!code).map(String);
}
