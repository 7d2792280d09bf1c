/** How full the battery is, in percent; null where the browser does not tell. @returns {Promise<number | null>} */
export async function battery() {
  const told = await /** @type {any} */ (navigator).getBattery?.().catch(() => null);
  return told ? Math.round(told.level * 100) : null;
}
