// Keys: single ones outside fields only, and only while the person wants them.
import { openDialog } from "./dialogs.js";

const singleKeys = document.body.dataset.singleKeys !== "off";

function isTyping(target) {
  return target.closest?.("input:not([type=checkbox], [type=radio], [type=button]), textarea, select, [contenteditable=true]");
}

function isShown(element) {
  return element.checkVisibility?.() ?? element.offsetParent !== null;
}

const rows = () => [...document.querySelectorAll("[data-row]")].filter(isShown);
const current = () => document.activeElement?.closest?.("[data-row]");

function move(step) {
  const all = rows();
  if (!all.length) return false;
  const at = all.indexOf(current());
  const next = all[at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + step, 0), all.length - 1)];
  (next.querySelector("a, button, [tabindex]:not([tabindex='-1'])") ?? next).focus();
  next.scrollIntoView({ block: "nearest" });
  return true;
}

function select() {
  const box = current()?.querySelector("input[type=checkbox]");
  box?.click();
  return Boolean(box);
}

/** What lies between is the list's own to choose: it hears of a click with Shift. */
function selectTo() {
  const box = current()?.querySelector("input[type=checkbox]");
  box?.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, shiftKey: true }));
  return Boolean(box);
}

function search() {
  const box = [...document.querySelectorAll("[data-search-box]")].find(isShown);
  box?.focus();
  box?.select();
  return Boolean(box);
}

function press(key) {
  const target = [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].find(isShown);
  target?.click();
  return Boolean(target);
}

const acts = {
  j: () => move(1),
  k: () => move(-1),
  x: select,
  X: selectTo,
  "/": search,
  "?": () => {
    listKeys();
    openDialog(document.getElementById("cc-keys"));
    return true;
  },
};

document.addEventListener("keydown", (event) => {
  if (!singleKeys || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.key.length !== 1 || isTyping(event.target) || document.querySelector("dialog[open]")) return;
  if (press(event.key) || acts[event.key]?.()) event.preventDefault();
});

/** The list under "?" names the page's own keys too. */
function listKeys() {
  const list = document.querySelector("[data-keys]");
  for (const old of list.querySelectorAll("[data-of-page]")) old.remove();
  for (const { content } of document.querySelectorAll("template[data-page-keys]")) {
    const lines = content.cloneNode(true);
    for (const made of lines.children) made.dataset.ofPage = "";
    list.append(lines);
  }
  for (const target of document.querySelectorAll("[data-key]")) {
    const [term, words] = [document.createElement("dt"), document.createElement("dd")];
    const key = document.createElement("kbd");
    key.textContent = target.dataset.key;
    term.append(key);
    words.textContent = target.getAttribute("aria-label") ?? target.querySelector("span")?.textContent ?? target.textContent;
    for (const made of [term, words]) made.dataset.ofPage = "";
    list.append(term, words);
  }
}
