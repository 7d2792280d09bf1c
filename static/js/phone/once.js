/**
 * A form goes out once, however often an impatient thumb taps: the second press of a link that works once
 * would answer that it is over. After a moment it may be sent again, and at once on a page that came back.
 */
const AGAIN = 3000; // milliseconds

/** @type {WeakMap<EventTarget, number>} */
let sent = new WeakMap();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form === null) return;
  const before = sent.get(form) ?? -Infinity;
  if (event.timeStamp - before < AGAIN) event.preventDefault();
  else sent.set(form, event.timeStamp);
});
window.addEventListener("pageshow", () => {
  sent = new WeakMap();
});
