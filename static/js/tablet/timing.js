/**
 * How long a person waits, in the browser's own performance timeline: `tablet-ready` when the first
 * screen is painted, `badge-read` when a camera's badge was decoded, `verdict-shown` when the answer
 * to it is painted. `scripts/bench` reads them; nothing is sent.
 */
const ANSWERS = new Set(["verdict", "several", "first", "offer", "swapped"]);
let isReady = false;
let isAwaited = false;

export function badgeRead() {
  performance.mark("badge-read");
  isAwaited = true;
}

/** Called when a state has been put on the screen. @param {string} at */
export function shown(at) {
  if (!isReady) painted(() => performance.mark("tablet-ready"));
  isReady = true;
  if (!isAwaited || !ANSWERS.has(at)) return;
  isAwaited = false;
  painted(() => {
    performance.mark("verdict-shown");
    performance.measure("badge-to-verdict", "badge-read", "verdict-shown");
  });
}

/** Runs in the first task behind the next frame. @param {() => void} then */
export function painted(then) {
  window.requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = then;
    port2.postMessage(null);
  });
}
