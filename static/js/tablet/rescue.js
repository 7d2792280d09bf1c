/**
 * The scans that are still here as a file, for the day on which this tablet can send nothing any
 * more. The desk of the event takes it (Tablets); should the tablet send them as well, nothing
 * happens twice. It holds codes, numbers and times, and what was typed, which only the server opens.
 *
 * @typedef {{ device_id: string, event: string, scans: any[], acts: any[] }} Part
 */
import { paired } from "./device.js";
import { everything } from "./queue.js";

/** @returns {Promise<number>} how many are in the file */
export async function saveAsFile() {
  const parts = await collect();
  const when = new Date().toISOString();
  const told = { format: "hallway-kept-scans", version: 1, saved_at: when, devices: parts };
  const file = new Blob([JSON.stringify(told, null, 1)], { type: "application/json" });
  download(file, `hallway-kept-scans-${when.slice(0, 16).replace(/[:T]/g, "-")}.json`);
  return parts.reduce((sum, part) => sum + part.scans.length + part.acts.length, 0);
}

/** Of each device this tablet has been, in the order in which things happened. */
async function collect() {
  const pairing = await paired();
  const here = { device_id: pairing?.device_id ?? "", event: pairing?.event?.slug ?? "" };
  /** @type {Map<string, Part>} */
  const parts = new Map();
  for (const { scan, way = "scans", from = here } of await everything()) {
    /** @type {Part} */
    const part = parts.get(from.device_id) ?? { ...from, scans: [], acts: [] };
    part[way].push(scan);
    parts.set(from.device_id, part);
  }
  return [...parts.values()];
}

/** @param {Blob} file @param {string} name */
function download(file, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
