/**
 * Presses that wait on this phone for a network, the first one first: where they go and what the form
 * held. They are its owner's own words, and leave with the next answer of the server.
 *
 * @typedef {{ action: string, body: string }} Press
 */
const PLACE = "hall-later";
const MOST = 50;

/** @returns {Press[]} */
export function pocket() {
  try {
    return JSON.parse(window.localStorage.getItem(PLACE) ?? "[]");
  } catch {
    return [];
  }
}

/**
 * Keep a press; a newer one on the same badge takes the place of the older.
 * @param {Press} press
 */
export function keep(press) {
  const others = pocket().filter((one) => one.action !== press.action);
  put([...others, press].slice(-MOST));
}

/** @param {Press} press */
export function drop(press) {
  put(pocket().filter((one) => one.action !== press.action || one.body !== press.body));
}

/** @param {Press[]} presses */
function put(presses) {
  if (presses.length) window.localStorage.setItem(PLACE, JSON.stringify(presses));
  else window.localStorage.removeItem(PLACE);
}
