/**
 * The camera itself: opening it, which ones there are, its lamp. What goes wrong has one word, which
 * the words of the tablet explain.
 *
 * @typedef {"denied" | "missing" | "busy" | "insecure"} Trouble
 */
const SIZE = { width: { ideal: 1280 }, height: { ideal: 720 } };

/** @type {Record<string, Trouble>} */
const TROUBLES = {
  NotAllowedError: "denied",
  SecurityError: "denied",
  NotFoundError: "missing",
  OverconstrainedError: "missing",
};

/** Whether this page may ask for a camera at all: only on https, or on this very machine. */
export const isPossible = () => window.isSecureContext && Boolean(navigator.mediaDevices);

/**
 * The chosen camera, or while it is not there the one that looks at the visitor.
 * @param {string} id '' for the one that looks at the visitor
 * @returns {Promise<MediaStream>} rejected with an error for `troubleOf`
 */
export async function open(id) {
  const asked = (/** @type {MediaTrackConstraints} */ which) =>
    navigator.mediaDevices.getUserMedia({ audio: false, video: { ...SIZE, ...which } });
  if (!id) return asked({ facingMode: "user" });
  return asked({ deviceId: { exact: id } }).catch((error) => {
    if (troubleOf(error) !== "missing") throw error;
    return asked({ facingMode: "user" });
  });
}

/** @param {unknown} error @returns {Trouble} */
export const troubleOf = (error) =>
  TROUBLES[error instanceof Error || error instanceof DOMException ? error.name : ""] ?? "busy";

/** @param {MediaStream | null} stream */
export const trackOf = (stream) => stream?.getVideoTracks()[0] ?? null;

/** @param {MediaStream | null} stream */
export const close = (stream) => stream?.getTracks().forEach((track) => track.stop());

/** Those this machine has; they have names once one was opened. @returns {Promise<{ id: string, name: string }[]>} */
export async function cameras() {
  if (!isPossible()) return [];
  const all = await navigator.mediaDevices.enumerateDevices();
  const eyes = all.filter(({ kind, deviceId }) => kind === "videoinput" && deviceId);
  return eyes.map(({ deviceId, label }) => ({ id: deviceId, name: label }));
}

/** A camera was plugged in or out, or a person has changed their mind. @param {() => void} act */
export function whenChanged(act) {
  navigator.mediaDevices?.addEventListener("devicechange", act);
  navigator.permissions
    ?.query({ name: /** @type {PermissionName} */ ("camera") })
    .then((permission) => permission.addEventListener("change", act))
    .catch(() => undefined); // not every browser tells
}

/** Whether its picture should be turned round like a mirror's: it looks at the visitor. @param {MediaStream | null} stream */
export const looksAtVisitor = (stream) =>
  trackOf(stream)?.getSettings().facingMode !== "environment";

/** @param {MediaStream | null} stream */
export function hasTorch(stream) {
  const able = /** @type {any} */ (trackOf(stream)?.getCapabilities?.() ?? {});
  return Boolean(able.torch);
}

/** @param {MediaStream | null} stream @param {boolean} isOn */
export async function light(stream, isOn) {
  if (!hasTorch(stream)) return;
  const torch = /** @type {any} */ ({ advanced: [{ torch: isOn }] });
  await trackOf(stream)
    ?.applyConstraints(torch)
    .catch(() => undefined);
}
