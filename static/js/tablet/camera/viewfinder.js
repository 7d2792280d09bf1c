/**
 * `<hall-viewfinder>`: the live picture with a frame to hold the badge in. It shows what the camera
 * sees and keeps nothing; without a camera it is not there at all.
 */
class Viewfinder extends HTMLElement {
  connectedCallback() {
    showing.add(this);
    this.show();
  }

  disconnectedCallback() {
    showing.delete(this);
    const video = this.querySelector("video");
    if (video) video.srcObject = null;
  }

  show() {
    const video = this.querySelector("video");
    this.toggleAttribute("data-live", Boolean(live.stream));
    this.toggleAttribute("data-mirrored", live.isMirrored);
    if (!video || video.srcObject === live.stream) return;
    video.srcObject = live.stream;
    if (live.stream) video.play().catch(() => undefined); // the drawing stays where it cannot
  }
}

/** @type {{ stream: MediaStream | null, isMirrored: boolean }} */
let live = { stream: null, isMirrored: false };
/** @type {Set<Viewfinder>} */
const showing = new Set();

/** What every viewfinder shows from now on. @param {MediaStream | null} stream @param {boolean} isMirrored */
export function show(stream, isMirrored) {
  live = { stream, isMirrored };
  for (const one of showing) one.show();
}

customElements.define("hall-viewfinder", Viewfinder);
