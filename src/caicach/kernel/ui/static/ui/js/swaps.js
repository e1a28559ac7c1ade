// After htmx swaps: focus stays or moves on purpose, readers hear the result, problems stand on top of the page.
import { announce } from "./live.js";
import { lineBack, lineLost } from "./shell.js";

document.addEventListener("htmx:beforeSwap", (event) => {
  const retarget = event.detail.xhr.getResponseHeader("HX-Retarget");
  // Whatever answered, a problem's fragment is the only thing that may take the place of the problems.
  if (event.detail.isError && !retarget) event.detail.shouldSwap = false;
});

document.addEventListener("htmx:afterSettle", (event) => {
  lineBack();
  const region = event.detail.elt;
  const taker = region.matches?.("[data-focus-after-swap]") ? region : region.querySelector?.("[data-focus-after-swap]");
  if (taker) {
    taker.focus();
    taker.scrollIntoView({ block: "nearest" });
  }
  const said = region.dataset?.announce ?? region.querySelector?.("[data-announce]")?.dataset.announce;
  if (said) announce(said);
});

document.addEventListener("cc:announce", (event) => announce(event.detail.value ?? event.detail));
document.addEventListener("htmx:sendError", lineLost);
document.addEventListener("htmx:timeout", lineLost);

document.addEventListener("click", (event) => {
  const note = event.target.closest("[data-dismiss]")?.closest("[role=alert], .cc-note");
  if (!note) return;
  note.remove();
  document.getElementById("noi-dung")?.focus({ preventScroll: true });
});
