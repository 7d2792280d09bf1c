/**
 * Every frame a stream shows, offered once: whoever takes it must close it, and while nobody wants
 * one it costs nothing. It knows when frames ought to have come and did not.
 */
// milliseconds
const STALLED = 3000;
const STARTS_WITHIN = 10_000; // a camera that wakes up, on a tablet that is busy

export class Frames {
  #due = Infinity;
  #video;
  #isWanted;
  #took;
  #round = 0;

  /** @param {HTMLVideoElement} video @param {() => boolean} isWanted @param {(frame: VideoFrame | ImageBitmap) => void} took */
  constructor(video, isWanted, took) {
    this.#video = video;
    this.#isWanted = isWanted;
    this.#took = took;
  }

  /** @param {MediaStream} stream */
  start(stream) {
    this.#due = performance.now() + STARTS_WITHIN;
    this.#round += 1;
    this.#video.srcObject = stream;
    this.#video.play().catch(() => undefined); // it says so itself by showing no frame
    this.#next(this.#round);
  }

  stop() {
    this.#round += 1;
    this.#video.srcObject = null;
  }

  get isStalled() {
    return performance.now() > this.#due;
  }

  /** @param {number} round */
  #next(round) {
    this.#video.requestVideoFrameCallback(async () => {
      if (round !== this.#round) return;
      this.#due = performance.now() + STALLED;
      this.#next(round);
      if (this.#isWanted()) await this.#take();
    });
  }

  async #take() {
    const frame = await pictureOf(this.#video).catch(() => null);
    if (frame && this.#isWanted()) this.#took(frame);
    else frame?.close();
  }
}

/** @param {HTMLVideoElement} video @returns {Promise<VideoFrame | ImageBitmap>} */
async function pictureOf(video) {
  return "VideoFrame" in window ? new VideoFrame(video) : createImageBitmap(video);
}
