/**
 * The roster on this tablet's disk. A place in it belongs to one person: what comes for a place
 * replaces what was there. What a page says of many in clear is kept once, under its nonce.
 *
 * @typedef {{ place: number, nonce: string, indexes: string[], entries: Uint8Array[] }} Row
 * @typedef {{ salt: string, cursor: string, asOf?: Date }} Mark how far it was read, and when
 */
import { shelf } from "./device.js";
import { bytesOf, parted } from "./seal.js";

const HOLDS = ["self", "roster", "roster_pages"];

/** None when the people are gone, however that came about: then it is read from its beginning. @returns {Promise<Mark | undefined>} */
export const mark = async () =>
  (await shelf.count("roster")) ? shelf.get("self", "roster") : undefined;

/** @param {any} page as the server told it @param {Mark} mark */
export function keepPage(page, mark) {
  const { nonce, opens_at, standings, passages } = page;
  const rows = rowsOf(page);
  return shelf.change(HOLDS, (on) => {
    if (page.whole) for (const name of HOLDS.slice(1)) on(name).clear();
    if (rows.length) on("roster_pages").put({ nonce, opens_at, standings, passages });
    for (const row of rows) {
      if (row.indexes.length) on("roster").put(row);
      else on("roster").delete(row.place);
    }
    on("self").put(mark, "roster");
  });
}

export const clear = () =>
  shelf.change(HOLDS, (on) => {
    on("self").delete("roster");
    on("roster").clear();
    on("roster_pages").clear();
  });

/** @param {string} index @returns {Promise<Row[]>} nearly always one or none */
export const rowsAt = (index) => shelf.found("roster", "index", index);

/** @param {Row} row @returns {Promise<import("./entry.js").Page | undefined>} */
export const pageOf = (row) => shelf.get("roster_pages", row.nonce);

/** @param {any} page @returns {Row[]} */
function rowsOf({ nonce, people, sealed }) {
  const bytes = bytesOf(sealed);
  let at = 0;
  return people.map((/** @type {number[]} */ [place, ...lengths]) => {
    const pairs = lengths.map((length) => parted(bytes.subarray(at, (at += length))));
    const [indexes, entries] = [pairs.map(([index]) => index), pairs.map(([, entry]) => entry)];
    return { place, nonce, indexes, entries };
  });
}
