// What every page runs. Parts that few pages need are fetched when their element appears.
import "./shell.js";
import "./dialogs.js";
import "./drawer.js";
import "./toasts.js";
import "./swaps.js";
import "./forms.js";
import "./validity.js";
import "./keys.js";
import "./search.js";
import "./palette.js";
import "./session.js";
import "./download.js";

const LAZY = [
  ["[data-chart]", () => import("./chart.js")],
  ["[data-upload]", () => import("./upload.js")],
  ["input[type=file]", () => import("./choosefile.js")],
  ["[data-autosave]", () => import("./autosave.js")],
  ["[data-pick]", () => import("./pick.js")],
  ["[data-panes]", () => import("./panes.js")],
  ["[data-unsent]", () => import("./unsent.js")],
];

async function fetchParts(root) {
  for (const [selector, fetchModule] of LAZY) {
    const found = [...root.querySelectorAll(selector)];
    if (root.matches?.(selector)) found.unshift(root);
    if (found.length) (await fetchModule()).begin(found);
  }
}

fetchParts(document).then(async () => {
  if (!document.body.dataset.person) return;
  const unsent = await import("./unsent.js"); // on every page: it must be here before the line is lost
  // What another page of this tab could not send goes on trying from here, once its writer is signed in.
  if (sessionStorage.getItem("cc-unsent")) unsent.begin([]);
});
// Who signs out is done with what could not be sent; a session that ended by itself leaves it to whom it belongs.
document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[data-sign-out]")) return;
  for (const kept of ["cc-unsent", "cc-autosave"]) sessionStorage.removeItem(kept);
});
document.addEventListener("htmx:load", (event) => {
  if (event.detail.elt !== document.body) fetchParts(event.detail.elt);
});
