// Forms with data-unsent="what it is": what could not be sent is kept in this tab, marked, and sent again by itself under
// the same key, so that a sending whose answer alone was lost does nothing twice. In the tab and not beyond it: a computer
// may have several users, and whoever signs in next neither reads nor sends another's words.
//
// What goes out by itself is what its writer sent, letter by letter. What is typed into the form after that is kept beside
// it: once the first text is taken the rest stands in the form and waits for its writer, whatever came of the first.
// A form whose words are not those that were sent is neither replaced nor left.
import { announce } from "./live.js";
import { csrf } from "./csrf.js";
import { lineBack, lineLost } from "./shell.js";
import { toast } from "./toasts.js";
import { say } from "./words.js";

const STORE = "cc-unsent";
const AGAIN_MS = 10_000;
const IN_FORM = { unsentRefused: "unsentRefusedHere" }; // where the form is open there is nothing to open
const person = document.body.dataset.person ?? "";

// {address, title, sent, written, hidden, reason, isHanded}: `sent` goes out by itself as [[name, value]], null when
// nothing does any more; `written` is what now stands in the fields that one sees; `hidden` the key and revision that it
// was written under, none where the form's own are right; `reason` names the sentence why it waits; isHanded: the browser
// itself sent it last.
let entries = kept();
let hasBegun = false;
let isSending = false;
let timer;

function kept() {
  if (!person) return [];
  try {
    const found = JSON.parse(sessionStorage.getItem(STORE) ?? "{}");
    if (found.person !== person) return [];
    // Tried once more by a new page: by then its writer may have signed in again.
    return found.entries.map((entry) => ({ ...entry, reason: entry.sent ? "" : entry.reason }));
  } catch {
    return [];
  }
}

function write() {
  if (!person) return; // the words wait for their writer to sign in again
  try {
    if (entries.length) sessionStorage.setItem(STORE, JSON.stringify({ person, entries }));
    else sessionStorage.removeItem(STORE);
  } catch {
    // No room, or none allowed: the words still stand in the form and in this page.
  }
}

function store() {
  write();
  paint();
}

const addressOf = (form) => form.getAttribute("action");
const entryOf = (address) => entries.find((entry) => entry.address === address);
const openForm = (address) => document.querySelector(`form[data-unsent][action="${CSS.escape(address)}"]`);
const without = (address) => entries.filter((other) => other.address !== address);
const fieldsOf = (form) => [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
const writtenIn = (form) => fieldsOf(form).filter(([name]) => form.elements[name].type !== "hidden");
const isUnsentForm = (element) => element?.matches?.("form[data-unsent]");

function drop(address) {
  entries = without(address);
  store();
}

export function begin(forms) {
  for (const form of forms) restore(form);
  store();
  if (hasBegun) return;
  hasBegun = true;
  sendAll();
}

function restore(form) {
  const entry = entryOf(addressOf(form));
  if (!entry) return;
  if (entry.isHanded && isBack(form, entry)) {
    entries = without(entry.address);
    return;
  }
  entry.isHanded = false;
  // Under its first key it is not done twice, should it have arrived; under its first revision another's change since
  // then is told before it is passed.
  for (const [name, value] of [...entry.written, ...entry.hidden]) {
    if (form.elements[name]) form.elements[name].value = value;
  }
}

/** The server gave it back beside its reasons, with the key and revision to send it once more: those stay. */
function isBack(form, { written }) {
  return document.querySelector("main [data-error-summary]") || JSON.stringify(writtenIn(form)) === JSON.stringify(written);
}

function entryFrom(form) {
  const [sent, written] = [fieldsOf(form), writtenIn(form)];
  const hidden = sent.filter(([name]) => form.elements[name].type === "hidden");
  return { address: addressOf(form), title: form.dataset.unsent, sent, written, hidden, reason: "" };
}

function keep(form, reason = "") {
  const entry = { ...entryFrom(form), reason };
  entries = [...without(entry.address), entry];
  store();
  announce(say(reason || "unsent"));
  again();
}

const goesOut = ({ sent, reason }) => sent && !reason;

function again() {
  clearTimeout(timer);
  if (entries.some(goesOut)) timer = setTimeout(sendAll, AGAIN_MS);
}

async function sendAll() {
  if (isSending) return;
  isSending = true;
  try {
    for (const entry of entries.filter(goesOut)) await send(entry);
  } finally {
    isSending = false;
    again();
  }
}

async function send(entry) {
  const { sent } = entry;
  const answer = await post(entry.address, sent);
  if (!entries.includes(entry) || entry.sent !== sent) return; // sent by hand or given up meanwhile
  if (!answer || answer.status >= 500) {
    if (!entry.isHanded) return;
    entry.isHanded = false;
    return store();
  }
  lineBack();
  if (answer.next) await taken(entry, answer.next);
  else refused(entry, answer);
}

/** {status, next, text}; undefined when no whole answer came. */
async function post(address, sent) {
  try {
    const answer = await fetch(address, {
      method: "POST",
      body: new URLSearchParams(sent),
      headers: { "HX-Request": "true", "X-CSRFToken": csrf() },
      redirect: "manual",
    });
    return { status: answer.status, next: answer.headers.get("HX-Redirect"), text: await answer.text() };
  } catch {
    return undefined;
  }
}

/** Whether something was written after `sent`. */
function hasMore({ address, sent, written }) {
  const form = openForm(address);
  const values = new Map(sent);
  return (form ? writtenIn(form) : written).some(([name, value]) => values.get(name) !== value);
}

async function taken(entry, next) {
  const form = openForm(entry.address);
  if (hasMore(entry)) {
    Object.assign(entry, { sent: null, hidden: [], isHanded: false, reason: "unsentMore" });
    store();
    announce(say("unsentMore"));
    if (form) await renew(form);
    return;
  }
  drop(entry.address);
  if (form) location.assign(next);
  else if (!entry.isHanded) toast({ text: say("unsentTaken", { title: entry.title }) });
}

/** The rest is new work: it needs a key of its own, and the revision that the first text made. */
async function renew(form) {
  // Without an answer the old key stays; the server then refuses the rest in words and gives a new one.
  const answer = await fetch(addressOf(form), { headers: { "HX-Request": "true" } }).catch(() => undefined);
  const html = answer?.ok ? await answer.text().catch(() => "") : "";
  const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("form[data-unsent]");
  for (const field of fresh?.querySelectorAll("input[type=hidden]:not([name=csrfmiddlewaretoken])") ?? []) {
    if (form.elements[field.name]) form.elements[field.name].value = field.value;
  }
}

function refused(entry, { status, text }) {
  const host = openForm(entry.address)?.closest("#drawer");
  if (status === 422 && host && !hasMore(entry)) {
    drop(entry.address); // it stands in the form, beside the reason
    host.innerHTML = text;
    htmx.process(host);
    host.querySelector("#cc-drawer-head")?.focus();
    return;
  }
  if (status === 422) entry.sent = null; // the same would be refused again
  entry.isHanded = false;
  entry.reason = status === 204 ? "unsentSignedOut" : "unsentRefused";
  store();
  announce(`${entry.title}: ${say(entry.reason)}`);
}

// --- what happens to a form that is sent by hand ----------------------------------------------------------------------

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-unsent]:not([hx-post])")) return;
  if (navigator.onLine) {
    if (entryOf(addressOf(form))) hand(form);
    return;
  }
  // Without this a whole page would be replaced by the browser's own words about the line.
  event.preventDefault();
  event.stopPropagation();
  lineLost();
  keep(form);
}, { capture: true });

/**
 * What the browser sends stays kept in the same words and under the same key: the next page gives it back, or asks once
 * more whether it was taken.
 */
function hand(form) {
  entries = [...without(addressOf(form)), { ...entryFrom(form), isHanded: true }];
  write();
}

document.addEventListener("input", (event) => {
  const form = event.target.form;
  const entry = isUnsentForm(form) && entryOf(addressOf(form));
  if (!entry) return;
  entry.written = writtenIn(form);
  write();
});

// While it is under way nothing can be typed that the answer would sweep away.
document.addEventListener("htmx:beforeSend", (event) => hold(event.detail.requestConfig?.elt, true));

function hold(form, isHeld) {
  if (!isUnsentForm(form)) return;
  for (const field of form.elements) {
    if (field.matches("input:not([type=hidden]), textarea")) field.readOnly = isHeld;
  }
}

for (const name of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, (event) => isUnsentForm(event.detail.elt) && keep(event.detail.elt));
}
document.addEventListener("htmx:afterRequest", (event) => {
  const { requestConfig, xhr } = event.detail;
  const form = requestConfig?.elt; // the answer may have taken its place already
  if (!isUnsentForm(form)) return;
  hold(form, false);
  if (!xhr.status) return;
  if (xhr.status >= 500) keep(form);
  else if (xhr.getResponseHeader("HX-Redirect") || xhr.status === 422) drop(addressOf(form));
  else if (xhr.status === 204) keep(form, "unsentSignedOut"); // the page goes to sign in
});
addEventListener("online", sendAll);

// --- the mark ---------------------------------------------------------------------------------------------------------

function paint() {
  for (const note of document.querySelectorAll("[data-unsent-note]")) note.remove();
  for (const entry of entries.filter(({ isHanded }) => !isHanded)) {
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
  const reason = entry.reason || "unsent";
  const about = say((isInForm && IN_FORM[reason]) || reason);
  words.textContent = isInForm ? about : `${entry.title}. ${about}`;
  note.append(words);
  note.append(actsOn(entry, { isInForm }));
  return note;
}

function actsOn(entry, { isInForm }) {
  const acts = document.createElement("div");
  acts.className = "cc-note-acts";
  const open = document.createElement("a");
  open.className = "btn btn-bar";
  open.href = entry.address;
  open.textContent = say("unsentOpen");
  const giveUp = document.createElement("button");
  giveUp.type = "button";
  giveUp.className = "btn btn-bar";
  giveUp.textContent = say("unsentDrop");
  giveUp.addEventListener("click", () => {
    const form = openForm(entry.address);
    form?.reset();
    drop(entry.address);
    (form?.querySelector("input:not([type=hidden]), textarea") ?? document.getElementById("noi-dung"))?.focus();
  });
  acts.append(...(isInForm ? [giveUp] : [open, giveUp]));
  return acts;
}

// The form that shows an entry may be closed, or come, at any time.
document.addEventListener("htmx:afterSettle", () => paint());
document.addEventListener("click", (event) => event.target.closest("[data-close-drawer]") && queueMicrotask(paint));
document.addEventListener("keydown", (event) => event.key === "Escape" && queueMicrotask(paint));
