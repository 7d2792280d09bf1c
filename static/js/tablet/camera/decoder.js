/**
 * The worker that reads QR codes in the camera's frames. A frame comes as `{ frame }` and is let go
 * here; what goes back is the texts found in it. Its library and the WebAssembly are our own files.
 */
import { BarcodeDetector, prepareZXingModule } from "../../../vendor/barcode-detector.js";

const here = /** @type {Worker} */ (/** @type {unknown} */ (globalThis));
const VENDOR = new URL("../../../vendor/", import.meta.url);

/** @type {OffscreenCanvasRenderingContext2D | null | undefined} */
let canvas;

const ready = prepareZXingModule({
  overrides: { locateFile: (/** @type {string} */ name) => new URL(name, VENDOR).href },
  fireImmediately: true,
});
ready.then(
  () => here.postMessage({ type: "ready" }),
  (/** @type {unknown} */ error) => here.postMessage({ type: "broken", why: String(error) }),
);

here.addEventListener("message", async ({ data }) => {
  try {
    here.postMessage({ type: "read", codes: await read(data.frame) });
  } catch (error) {
    here.postMessage({ type: "broken", why: String(error) });
  }
});

/** @param {VideoFrame | ImageBitmap} frame @returns {Promise<string[]>} */
async function read(frame) {
  try {
    await ready;
    const found = await new BarcodeDetector({ formats: ["qr_code"] }).detect(pixels(frame));
    return found.map((/** @type {{ rawValue: string }} */ one) => one.rawValue);
  } finally {
    frame.close();
  }
}

/** On one canvas that is made to be read back: a new one for each frame would go by the GPU. @param {VideoFrame | ImageBitmap} frame */
function pixels(frame) {
  const [width, height] = sizeOf(frame);
  if (canvas?.canvas.width !== width || canvas.canvas.height !== height) {
    canvas = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  }
  if (!canvas) throw new Error("no canvas");
  canvas.drawImage(frame, 0, 0);
  return canvas.getImageData(0, 0, width, height);
}

/** @param {VideoFrame | ImageBitmap} frame */
function sizeOf(frame) {
  return "displayWidth" in frame
    ? [frame.displayWidth, frame.displayHeight]
    : [frame.width, frame.height];
}
