/** Keeps the screen lit while the page is seen; where that is not allowed, nothing happens. */
export function stayAwake() {
  const ask = async () => {
    if (document.visibilityState !== "visible") return;
    await navigator.wakeLock?.request("screen").catch(() => undefined);
  };
  document.addEventListener("visibilitychange", ask);
  ask();
}
