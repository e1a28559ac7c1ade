// Native dialogs: opened by data-open, closed by data-close, Escape or a click beside them. The browser returns the focus.
export function openDialog(dialog) {
  if (!dialog || dialog.open) return;
  dialog.showModal();
  // A destructive verb is never first in focus.
  const first = dialog.querySelector("[autofocus], input:not([type=hidden]), textarea, select, [data-close]");
  first?.focus();
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-open]");
  if (opener) {
    event.preventDefault();
    opener.closest("details[data-menu]")?.removeAttribute("open");
    openDialog(document.getElementById(opener.dataset.open));
    return;
  }
  if (event.target.closest("[data-close]")) {
    event.target.closest("dialog")?.close();
    return;
  }
  const dialog = event.target;
  if (dialog.matches("dialog[open]:not([data-session])") && isBeside(dialog, event)) dialog.close();
});

function isBeside(dialog, event) {
  if (!event.clientX && !event.clientY) return false; // a click made by a key
  const box = dialog.getBoundingClientRect();
  return event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
}
