/**
 * What an opened entry of the roster says (kiosk/roster.py): that a badge was replaced; whose badge
 * code a ticket stands for; or a person, as texts parted by tabs, of which the first and the visits
 * point to what the page says of many in clear.
 *
 * @typedef {import("./roster.js").Listed} Listed
 * @typedef {{ opens_at: string, standings: import("./roster.js").Standing[],
 *   passages: { list_name: string, kinds: string[], place: string }[] }} Page
 * @typedef {{ badge: string, ticket: string } | { listed: Listed }} Said
 */
const TICKETS = ["confirmed", "pending", "canceled"];
const REPLACED = 3;
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CODE_LENGTH = 16;
const MINUTE = 60_000; // ms

/** @param {Uint8Array} bytes @param {Page} page @param {{ place: number, code: string }} where @returns {Said} */
export function read(bytes, page, where) {
  const [mark] = bytes;
  if (mark === REPLACED) return { listed: { ...NOBODY, ...where, isReplaced: true } };
  if (mark < REPLACED) return { badge: unpacked(bytes.subarray(1)), ticket: TICKETS[mark] };
  return { listed: { ...person(new TextDecoder().decode(bytes), page), ...where } };
}

const NOBODY = {
  name: "",
  company: "",
  pronouns: "",
  attention: "",
  visits: [],
  status: "confirmed",
  approved: true,
  blocked: false,
  language: "",
  ticket_types: [],
  shares: null,
  valid_from: null,
  valid_until: null,
};

/** @param {string} text @param {Page} page */
function person(text, page) {
  const [standing, name, company = "", visits = "", pronouns = "", attention = ""] =
    text.split("\t");
  return {
    ...page.standings[Number(standing)],
    name,
    company,
    pronouns,
    attention,
    visits: visits ? visits.split(" ").map((visit) => visited(visit, page)) : [],
  };
}

/** @param {string} text number of the passage and, after an entry, its minute since the doors opened @param {Page} page */
function visited(text, { passages, opens_at }) {
  const [number, minute] = text.split(",");
  const { list_name, kinds, place } = passages[Number(number)];
  const at = minute && new Date(Date.parse(opens_at) + Number(minute) * MINUTE).toISOString();
  return { list: list_name, kinds, place, ...(at && { at }) };
}

/** The badge code of these 80 bits. @param {Uint8Array} bytes */
function unpacked(bytes) {
  let number = 0n;
  for (const byte of bytes) number = (number << 8n) | BigInt(byte);
  const numerals = [...number.toString(ALPHABET.length).padStart(CODE_LENGTH, "0")];
  return numerals.map((numeral) => ALPHABET[Number.parseInt(numeral, ALPHABET.length)]).join("");
}
