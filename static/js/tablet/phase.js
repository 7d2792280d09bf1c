/**
 * Where an event stands and whether a scan still counts, as in kiosk/phase.py; `tests/vectors/phase.json`
 * holds both to it.
 *
 * @typedef {{ opens_at: string, ended_at: string, late_until: string }} Span scans from `opens_at`
 *   until `ended_at` count while they are heard before `late_until`
 */

/** @param {Span} span @param {string | Date} now @returns {"before" | "open" | "late" | "closed"} */
export function phaseOf({ opens_at, ended_at, late_until }, now) {
  if (time(now) < time(opens_at)) return "before";
  if (time(now) < time(ended_at)) return "open";
  return time(now) < time(late_until) ? "late" : "closed";
}

/** Why a scan made then and heard now does not count, or null. @param {Span} span @param {string | Date} scannedAt @param {string | Date} now @returns {string | null} */
export function refusalOfTime({ opens_at, ended_at, late_until }, scannedAt, now) {
  if (time(scannedAt) < time(opens_at)) return "event_not_open";
  const isOver = time(scannedAt) >= time(ended_at) || time(now) >= time(late_until);
  return isOver ? "event_closed" : null;
}

/** @param {string | Date} instant */
const time = (instant) => new Date(instant).getTime();
