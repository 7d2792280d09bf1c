/**
 * A note for staff about the person who stands there: closed until it is pressed, and closed again
 * by itself, so that neighbours do not read it.
 */
const OPEN_FOR = 8000; // ms

let timer = 0;

/** @param {HTMLElement} button */
export function turnOver(button) {
  const words = document.getElementById(button.getAttribute("aria-controls") ?? "");
  if (!words) return;
  const turn = (/** @type {boolean} */ isOpen) => {
    words.hidden = !isOpen;
    button.setAttribute("aria-expanded", String(isOpen));
  };
  window.clearTimeout(timer);
  turn(words.hidden);
  if (!words.hidden) timer = window.setTimeout(() => turn(false), OPEN_FOR);
}
