// Rail, menus, theme, and the bar that says the line is lost.
import { announce } from "./live.js";
import { csrf } from "./csrf.js";
import { say } from "./words.js";

const root = document.documentElement;

// --- rail -----------------------------------------------------------------------------------------------------------
const fold = document.querySelector("[data-fold-rail]");
if (fold) {
  fold.hidden = false;
  fold.addEventListener("click", () => {
    const folded = root.dataset.rail === "folded";
    if (folded) delete root.dataset.rail;
    else root.dataset.rail = "folded";
    fold.setAttribute("aria-expanded", String(folded));
    // A year; holds no more than how wide the rail is.
    document.cookie = `rail=${folded ? "open" : "folded"}; path=/; max-age=31536000; samesite=lax`;
  });
}

// --- menus ----------------------------------------------------------------------------------------------------------
function closeMenus(except) {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (menu !== except) menu.open = false;
  }
}
document.addEventListener("click", (event) => closeMenus(event.target.closest("details[data-menu]")));
document.addEventListener("keydown", (event) => {
  const open = event.key === "Escape" && document.querySelector("details[data-menu][open]");
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
  event.stopPropagation();
});
document.addEventListener("focusin", (event) => closeMenus(event.target.closest("details[data-menu]")));

// --- theme: at once here, kept in the account by the same form -----------------------------------------------------------
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("[data-theme-form]") || !event.submitter) return;
  event.preventDefault();
  const chosen = event.submitter.value;
  root.dataset.theme = chosen;
  for (const button of form.querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(button === event.submitter));
  }
  document.dispatchEvent(new CustomEvent("cc:theme"));
  const body = new URLSearchParams({ theme: chosen, csrfmiddlewaretoken: csrf() });
  // The answer leads back to the page; only that it was taken matters here.
  await fetch(form.action, { method: "POST", body, redirect: "manual" }).catch(() => {});
});

// --- line -----------------------------------------------------------------------------------------------------------
let bar;
// What stands at the top of the window moves down by as much: the bar covers neither the head of the drawer nor a menu.
function makeRoom() {
  if (bar) root.style.setProperty("--cc-line-lost", `${bar.offsetHeight}px`);
}
const measured = new ResizeObserver(makeRoom);
export function lineLost() {
  if (bar || !say("lineLost")) return;
  bar = document.createElement("div");
  bar.className = "cc-line-lost";
  bar.setAttribute("role", "alert");
  bar.textContent = say("lineLost");
  document.body.prepend(bar);
  makeRoom(); // at once, and again whenever the words take more lines
  measured.observe(bar);
}
export function lineBack() {
  if (!bar || !navigator.onLine) return; // an answer that was under way may come in after the line was lost
  measured.disconnect();
  root.style.removeProperty("--cc-line-lost");
  bar.remove();
  bar = undefined;
  announce(say("lineBack"));
}
addEventListener("offline", lineLost);
addEventListener("online", lineBack);
