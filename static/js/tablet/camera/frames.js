/**
 * Every frame a stream shows, offered once: whoever takes it must close it, and while nobody wants
 * one it costs nothing. `last` says when there was one, for the watchdog.
 */
export class Frames {
  last = 0;
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
    this.last = performance.now();
    this.#round += 1;
    this.#video.srcObject = stream;
    this.#video.play().catch(() => undefined); // it says so itself by showing no frame
    this.#next(this.#round);
  }

  stop() {
    this.#round += 1;
    this.#video.srcObject = null;
  }

  /** @param {number} round */
  #next(round) {
    this.#video.requestVideoFrameCallback(async () => {
      if (round !== this.#round) return;
      this.last = performance.now();
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
