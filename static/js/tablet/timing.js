/**
 * How long a person waits for an answer, in the browser's own performance timeline: `badge-read` when
 * a camera's badge was decoded, `verdict-shown` when the answer to it is painted, and the measure
 * between them (`badge-to-verdict`). `scripts/bench` reads them; nothing is sent.
 */
const ANSWERS = new Set(["verdict", "several", "first", "offer", "swapped"]);
let isWaiting = false;

export function badgeRead() {
  performance.mark("badge-read");
  isWaiting = true;
}

/** Called when a state has been put on the screen. @param {string} at */
export function shown(at) {
  if (!isWaiting || !ANSWERS.has(at)) return;
  isWaiting = false;
  window.requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => painted(); // the first task behind the frame
    port2.postMessage(null);
  });
}

function painted() {
  performance.mark("verdict-shown");
  performance.measure("badge-to-verdict", "badge-read", "verdict-shown");
}
