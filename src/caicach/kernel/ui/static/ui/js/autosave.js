// A form that keeps itself: ten seconds after a change it is posted as it stands. A failure keeps the words and tries on; with
// data-kept-in-tab they outlive the page in its tab (for forms that have an address of their own). With data-draft what is
// kept is a draft of an act that its writer has yet to send: files and ticks are left out, and
// nothing else waits for it.
import { announce } from "./live.js";
import { csrf } from "./csrf.js";
import { lineBack, lineLost } from "./shell.js";
import { clock, say } from "./words.js";

const AFTER_MS = 10_000;
const STORE = "cc-autosave"; // address of a form -> {person, fields}
const person = document.body.dataset.person ?? "";
const WRITTEN = "textarea, select, input:not([type=search], [type=checkbox], [type=file], [type=hidden])";
const KEPT_ALIVE_BYTES = 60_000; // a request that outlives its page may carry 64 KiB, with its other parts

const addressOf = (form) => form.dataset.autosave || form.action;
const fieldsOf = (form) =>
  [...new FormData(form)].filter(([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string");

function stored() {
  try {
    return JSON.parse(sessionStorage.getItem(STORE) ?? "{}");
  } catch {
    return {};
  }
}

function store(form, fields) {
  if (form.dataset.keptInTab === undefined) return;
  const all = stored();
  if (fields) all[addressOf(form)] = { person, fields };
  else delete all[addressOf(form)];
  try {
    sessionStorage.setItem(STORE, JSON.stringify(all));
  } catch {
    // No room, or none allowed: the words still stand in the form.
  }
}

/** What a page of this tab could not save, as its writer left it; under its revision, so that another's change is told. */
function restore(form) {
  if (form.dataset.keptInTab === undefined) return false;
  const found = stored()[addressOf(form)];
  if (!found || found.person !== person) return false;
  const values = new Map(found.fields);
  for (const field of form.elements) {
    if (field.type === "checkbox") field.checked = values.has(field.name);
    else if (values.has(field.name)) field.value = values.get(field.name);
  }
  return true;
}

export function begin(forms) {
  for (const form of forms) if (!form.dataset.autosaveBegun) keep(form);
}

function keep(form) {
  form.dataset.autosaveBegun = "1";
  const line = document.querySelector(form.dataset.saved || "[data-saved]");
  let changed = false;
  let failed = false;
  let isCutOff = false; // no answer came to the last saving
  let timer;
  let saving; // the answer that is waited for
  let leaving; // aborts it
  const isDraft = form.dataset.draft !== undefined;

  form.addEventListener("input", ({ target }) => {
    if (!isDraft || target.matches(WRITTEN)) saveSoon();
  });
  form.addEventListener("submit", giveUp);
  if (isDraft && form.querySelector("[data-error-summary]")) saveSoon(); // it was refused, and nobody has kept it
  if (isDraft) keepDraft();
  else keepBeforeActs();
  addEventListener("online", () => changed && save());
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && changed && save());
  addEventListener("beforeunload", (event) => {
    // Leaving is only held up where the keeping failed.
    if (changed && failed) event.preventDefault();
  });

  if (restore(form)) {
    changed = true;
    save();
  }

  function saveSoon() {
    changed = true;
    clearTimeout(timer);
    timer = setTimeout(save, AFTER_MS);
  }

  function giveUp() {
    changed = false;
    store(form, undefined);
    clearTimeout(timer);
    if (isDraft) leaving?.abort(); // it would come back after the act that ends it
  }

  function keepDraft() {
    const keepGone = () => changed && !form.isConnected && save();
    document.addEventListener("cc:drawer-closed", keepGone);
    document.addEventListener("htmx:afterSwap", keepGone);
    document.addEventListener("submit", ({ target }) => {
      if (target.matches("[data-drop-draft]") && target.action === form.action) giveUp();
    }, { capture: true });
  }

  function keepBeforeActs() {
    // Sent by hand without a line, the page would give way to the browser's own words about it, and the words would be gone:
    // they are kept here instead and go out when the line is back.
    document.addEventListener("submit", (event) => {
      if (event.target !== form || (navigator.onLine && !isCutOff)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      changed = true;
      if (!saving) save();
    }, { capture: true });
    // An act of another form (submit the report, take the figures anew) is about what stands here: it is kept first.
    document.addEventListener("submit", async (event) => {
      const { target, submitter } = event;
      const isAct = target !== form && target.method === "post" && form.isConnected;
      if (!isAct || !(changed || saving)) return;
      event.preventDefault();
      event.stopPropagation();
      await (saving ?? save());
      if (changed && !failed) await save(); // typed while the answer was waited for
      if (!failed) return target.requestSubmit(submitter);
      target.closest("dialog")?.close();
      line?.scrollIntoView({ block: "center" });
    }, { capture: true });
  }

  function save() {
    saving = post().finally(() => {
      saving = undefined;
    });
    return saving;
  }

  async function post() {
    clearTimeout(timer);
    changed = false;
    const body = new FormData(form);
    for (const [name, value] of isDraft ? [...body] : []) if (value instanceof File) body.delete(name);
    leaving = new AbortController();
    const { signal } = leaving;
    const isSmall = new Blob([...body.values()]).size < KEPT_ALIVE_BYTES;
    const answer = await fetch(addressOf(form), {
      method: "POST",
      body,
      headers: { "X-Autosave": "1", "X-CSRFToken": csrf() },
      redirect: "manual",
      signal: isDraft ? signal : undefined,
      keepalive: isSmall && document.visibilityState === "hidden",
    }).catch(() => undefined);
    if (signal.aborted) return;
    failed = !answer?.ok;
    isCutOff = !answer;
    if (failed) {
      changed = true;
      store(form, fieldsOf(form));
      if (!answer) lineLost();
      const isRefused = answer && answer.status >= 400 && answer.status < 500;
      tell(say(answer?.status === 409 ? "changedMeanwhile" : isRefused ? "refused" : "notSaved"));
      // Sending the same again would be refused again; a person has to look.
      if (!isRefused) timer = setTimeout(save, AFTER_MS);
      return;
    }
    lineBack();
    store(form, undefined);
    const kept = await keepUp(answer);
    document.dispatchEvent(new CustomEvent("cc:request"));
    tell(say(isDraft ? "savedDraft" : "saved", { time: kept?.time ?? clock() }));
  }

  // What was saved counts as seen: the next saving must not take it for somebody else's.
  async function keepUp(answer) {
    if (!answer.headers.get("Content-Type")?.includes("json") || !form.elements.revision) return undefined;
    const kept = await answer.json();
    if (kept.revision !== undefined) {
      form.elements.revision.value = kept.revision;
      // What is sent by another form about the same record has been seen as far as that.
      for (const follower of document.querySelectorAll("[data-follows-autosave]")) follower.value = kept.revision;
    }
    form.dispatchEvent(new CustomEvent("cc:autosaved", { bubbles: true, detail: kept }));
    return kept;
  }

  function tell(text) {
    if (line) line.textContent = text;
    if (failed) announce(text);
  }
}
