// Forms with data-unsent="what it is": what could not be sent is kept in this tab, marked, and sent again by itself under
// the same key, so that a sending whose answer alone was lost does nothing twice. In the tab and not beyond it: a computer
// may have several users, and whoever signs in next neither reads nor sends another's words.
import { announce } from "./live.js";
import { csrf } from "./csrf.js";
import { lineBack, lineLost } from "./shell.js";
import { toast } from "./toasts.js";
import { say } from "./words.js";

const STORE = "cc-unsent";
const AGAIN_MS = 10_000;
const person = document.body.dataset.person ?? "";

let entries = kept(); // {address, title, typed: [[name, value]], reason}
let isSending = false;
let timer;

function kept() {
  const found = JSON.parse(sessionStorage.getItem(STORE) ?? "{}");
  // What was refused is tried once more by a new page: by then its writer may have signed in again.
  return found.person === person ? found.entries.map((entry) => ({ ...entry, reason: "" })) : [];
}

function store() {
  if (entries.length) sessionStorage.setItem(STORE, JSON.stringify({ person, entries }));
  else sessionStorage.removeItem(STORE);
  paint();
}

const addressOf = (form) => form.getAttribute("action");
const entryOf = (address) => entries.find((entry) => entry.address === address);
const openForm = (address) => document.querySelector(`form[data-unsent][action="${CSS.escape(address)}"]`);
const without = (entry) => entries.filter((other) => other.address !== entry.address);

export function begin(forms) {
  for (const form of forms) restore(form);
  paint();
}

function restore(form) {
  for (const [name, value] of entryOf(addressOf(form))?.typed ?? []) {
    if (form.elements[name]) form.elements[name].value = value;
  }
}

function keep(form) {
  const typed = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
  const entry = { address: addressOf(form), title: form.dataset.unsent, typed, reason: "" };
  entries = [...without(entry), entry];
  store();
  announce(say("unsent"));
  again();
}

function again() {
  clearTimeout(timer);
  if (entries.some((entry) => !entry.reason)) timer = setTimeout(sendAll, AGAIN_MS);
}

async function sendAll() {
  if (isSending) return;
  isSending = true;
  for (const entry of entries.filter(({ reason }) => !reason)) await send(entry);
  isSending = false;
  again();
}

async function send(entry) {
  const answer = await fetch(entry.address, {
    method: "POST",
    body: new URLSearchParams(entry.typed),
    headers: { "HX-Request": "true", "X-CSRFToken": csrf() },
    redirect: "manual",
  }).catch(() => undefined);
  if (entryOf(entry.address) !== entry) return; // sent by hand or given up meanwhile
  if (!answer || answer.status >= 500) return;
  lineBack();
  const next = answer.headers.get("HX-Redirect");
  if (next) taken(entry, next);
  else await refused(entry, answer);
}

function taken(entry, next) {
  entries = without(entry);
  store();
  if (openForm(entry.address)) location.assign(next);
  else toast({ text: say("unsentTaken", { title: entry.title }) });
}

async function refused(entry, answer) {
  const host = openForm(entry.address)?.closest("#drawer");
  if (answer.status === 422 && host) {
    entries = without(entry); // it stands in the form, beside the reason
    store();
    host.innerHTML = await answer.text();
    htmx.process(host);
    host.querySelector("#cc-drawer-head")?.focus();
    return;
  }
  entry.reason = say("unsentRefused");
  store();
  announce(`${entry.title}: ${entry.reason}`);
}

// --- what happens to a form that is sent by hand ----------------------------------------------------------------------

document.addEventListener("submit", (event) => {
  const form = event.target;
  // Without this a whole page would be replaced by the browser's own words about the line.
  if (!form.matches("form[data-unsent]:not([hx-post])") || navigator.onLine) return;
  event.preventDefault();
  event.stopPropagation();
  lineLost();
  keep(form);
}, { capture: true });

for (const name of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, (event) => event.detail.elt.matches?.("form[data-unsent]") && keep(event.detail.elt));
}
document.addEventListener("htmx:afterRequest", (event) => {
  const { elt, xhr } = event.detail;
  if (!elt.matches?.("form[data-unsent]") || !xhr.status) return;
  if (xhr.status >= 500) keep(elt);
  else if (xhr.status < 300 || xhr.status === 422) {
    entries = without({ address: addressOf(elt) });
    store();
  }
});
addEventListener("online", sendAll);

// --- the mark ---------------------------------------------------------------------------------------------------------

function paint() {
  for (const note of document.querySelectorAll("[data-unsent-note]")) note.remove();
  for (const entry of entries) {
    const form = openForm(entry.address);
    if (form) form.prepend(noteOn(entry, { isInForm: true }));
    else document.getElementById("cc-problems")?.before(noteOn(entry, { isInForm: false }));
  }
}

function noteOn(entry, { isInForm }) {
  const note = document.createElement("div");
  note.className = "cc-note cc-note-warn";
  note.setAttribute("role", "status");
  note.dataset.unsentNote = "";
  const words = document.createElement("div");
  words.className = "cc-note-words";
  const about = entry.reason || say("unsent");
  words.textContent = isInForm ? about : `${entry.title}. ${about}`;
  note.append(words);
  if (!isInForm) note.append(actsOn(entry));
  return note;
}

function actsOn(entry) {
  const acts = document.createElement("div");
  acts.className = "cc-note-acts";
  const open = document.createElement("a");
  open.className = "btn btn-bar";
  open.href = entry.address;
  open.textContent = say("unsentOpen");
  const drop = document.createElement("button");
  drop.type = "button";
  drop.className = "btn btn-bar";
  drop.textContent = say("unsentDrop");
  drop.addEventListener("click", () => {
    entries = without(entry);
    store();
    document.getElementById("noi-dung")?.focus({ preventScroll: true });
  });
  acts.append(open, drop);
  return acts;
}

// The form that shows an entry may be closed, or come, at any time.
document.addEventListener("htmx:afterSettle", () => paint());
document.addEventListener("click", (event) => event.target.closest("[data-close-drawer]") && queueMicrotask(paint));
document.addEventListener("keydown", (event) => event.key === "Escape" && queueMicrotask(paint));
store();
if (entries.length) sendAll();
