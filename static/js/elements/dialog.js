/**
 * Opens `<dialog id="x">` from any element with `data-opens="x"`, and closes it from one with
 * `data-closes` inside it, or by a press outside. Loading the module is enough.
 */
document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element)) return;
  open(event.target.closest("[data-opens]"));
  if (isOutside(event.target) || event.target.closest("[data-closes]")) {
    event.target.closest("dialog")?.close();
  }
});

/** @param {Element | null} opener */
function open(opener) {
  if (!(opener instanceof HTMLElement)) return;
  const dialog = document.getElementById(opener.dataset.opens ?? "");
  if (dialog instanceof HTMLDialogElement && !dialog.open) dialog.showModal();
}

/** A press on the backdrop hits the dialog itself. @param {Element} target */
function isOutside(target) {
  return target instanceof HTMLDialogElement && target.classList.contains("dialog");
}
