/**
 * No way out: the back button, a pull, a long press or a drag lead nowhere, and what somebody typed
 * and left behind does not wait for the next person.
 */
const LEFT_BEHIND = 60_000; // ms without a touch or a key

/** @param {HTMLElement} root @param {() => void} left nobody has touched it for a while */
export function guard(root, left) {
  stay();
  for (const kind of ["contextmenu", "dragstart", "drop", "dragover"])
    document.addEventListener(kind, (event) => event.preventDefault());
  let timer = 0;
  const again = () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => wipe(root, left), LEFT_BEHIND);
  };
  for (const touch of ["pointerdown", "keydown"]) document.addEventListener(touch, again);
}

/** The page before this one is this one. */
function stay() {
  const again = () => history.pushState(null, "", location.pathname);
  again();
  window.addEventListener("popstate", again);
}

/** @param {HTMLElement} root @param {() => void} left */
function wipe(root, left) {
  for (const dialog of root.querySelectorAll("dialog")) dialog.close();
  for (const form of root.querySelectorAll("form.typed")) {
    /** @type {HTMLFormElement} */ (form).reset();
  }
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  left();
}
