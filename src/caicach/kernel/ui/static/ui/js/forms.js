// Small helps for forms: the summary takes the focus, Ctrl+Enter sends, nothing is sent twice nor empty into an address,
// links are copied.
import { announce } from "./live.js";
import { toast } from "./toasts.js";
import { say } from "./words.js";

function focusSummary(root) {
  // The gallery shows summaries as examples; there nothing may jump.
  const summary = root.querySelector("[data-error-summary]:not(.cc-gallery *)");
  if (!summary) return;
  summary.focus();
  const mark = say("errorTitle");
  if (!document.title.startsWith(mark)) document.title = `${mark} ${document.title}`;
}
focusSummary(document);
document.addEventListener("htmx:afterSettle", (event) => focusSummary(event.detail.elt));

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  const form = event.target.closest("form[data-ctrl-enter]");
  if (!form) return;
  event.preventDefault();
  form.requestSubmit();
});

// A second press while the first is under way would only be refused as a repeat.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("hx-post") || form.target) return;
  if (form.dataset.sending) {
    event.preventDefault();
    return;
  }
  form.dataset.sending = "1";
  event.submitter?.setAttribute("aria-busy", "true");
});
addEventListener("pageshow", () => {
  // Coming back by the browser's arrow finds the page as it was left.
  for (const form of document.querySelectorAll("form[data-sending]")) delete form.dataset.sending;
  for (const busy of document.querySelectorAll("button[aria-busy]:not(.cc-gallery *)")) busy.removeAttribute("aria-busy");
});

// An address names what was chosen, not every field that was left alone.
document.addEventListener("formdata", ({ target, formData }) => {
  if (!target.matches("[data-without-empty]")) return;
  const given = [...formData].filter(([, value]) => value !== "");
  for (const name of new Set(formData.keys())) formData.delete(name);
  for (const [name, value] of given) formData.append(name, value);
});

document.addEventListener("click", async (event) => {
  const copier = event.target.closest("[data-copy-link]");
  if (!copier) return;
  await navigator.clipboard.writeText(copier.dataset.copyLink || location.href);
  announce(say("copied"));
  toast({ text: say("copied") });
});

// A password may be looked at: typing it twice blind helps nobody.
for (const input of document.querySelectorAll("input[type=password]")) {
  const shell = document.createElement("div");
  shell.className = "cc-secret";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "cc-secret-show";
  button.textContent = say("show");
  button.setAttribute("aria-pressed", "false");
  button.setAttribute("aria-controls", input.id);
  input.before(shell);
  shell.append(input, button);
  button.addEventListener("click", () => {
    const shown = input.type === "text";
    input.type = shown ? "password" : "text";
    button.textContent = shown ? say("show") : say("hide");
    button.setAttribute("aria-pressed", String(!shown));
  });
  input.form?.addEventListener("submit", () => {
    input.type = "password"; // so that the browser offers to keep it
  });
}
