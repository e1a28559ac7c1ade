// The review of a draft: text and tasks follow each other, cells are edited in place, rows are pasted from Excel.
import { begin as beginGrid } from "../tables/grid.js";
import { begin as rove } from "../ui/js/roving.js";
import { announce } from "../ui/js/live.js";
import { lineBack, lineLost } from "../ui/js/shell.js";
import { csrf } from "../ui/js/csrf.js";
import { say } from "../ui/js/words.js";

const holder = document.getElementById("review-pane");
const pane = () => document.getElementById("review-tasks");
const form = () => document.getElementById("review-form");
const source = document.getElementById("review-source");
let current = pane()?.dataset.openTask ?? "";
const HEAD_PX = 37; // of the table, which stays in sight
let wanted = ""; // the task that takes the focus after a swap

const rowOf = (task) => pane()?.querySelector(`[data-grid-row="${CSS.escape(task)}"]`);
const checked = () => [...pane().querySelectorAll("[data-grid-row] input[name=chon]:checked")];
const key = () => crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;

const grid = beginGrid(holder, {
  store: ({ row, column, typed }) => send({ act: "edit", tasks: [row], more: { [column]: typed } }),
  pasteFrom,
});

if (source) rove(source, "[data-choose]");

document.querySelector("[data-to-tasks]")?.addEventListener("click", (event) => {
  event.preventDefault();
  document.querySelector(`[role=tab][aria-controls="${holder.id}"]`)?.click(); // on a narrow screen
  if (!grid.enter()) document.getElementById("review-rows").focus();
});

// Who has folded away what the reading met finds it folded again in this tab.
for (const part of document.querySelectorAll("details[data-kept-open]")) {
  const name = `cc-folded-${part.dataset.keptOpen}-${location.pathname}`;
  if (sessionStorage.getItem(name)) part.open = false;
  part.addEventListener("toggle", () => {
    if (part.open) sessionStorage.removeItem(name);
    else sessionStorage.setItem(name, "1");
  });
}

// --- text and tasks -----------------------------------------------------------------------------------------------

function show(task, { scrollText = true } = {}) {
  current = task;
  for (const old of source.querySelectorAll(".cc-source-on")) old.classList.remove("cc-source-on");
  const pieces = source.querySelectorAll(`[data-task="${CSS.escape(task)}"], [data-choose="${CSS.escape(task)}"]`);
  for (const piece of pieces) piece.classList.add("cc-source-on");
  if (!scrollText || !pieces.length) return;
  pieces[pieces.length - 1].scrollIntoView({ block: "nearest" });
  pieces[0].scrollIntoView({ block: "nearest" });
}

function choose(task) {
  show(task, { scrollText: false });
  const row = rowOf(task);
  if (!row) {
    wanted = task;
    window.htmx.ajax("GET", `${pane().dataset.url}?viec=${task}`, { target: "#review-tasks", swap: "outerHTML" });
    return;
  }
  grid.go({ row: task });
  row.scrollIntoView({ block: "nearest" });
}

document.addEventListener("focusin", (event) => {
  const row = event.target.closest?.("[data-grid-row]");
  if (row) show(row.dataset.gridRow);
});

source?.addEventListener("click", (event) => {
  const link = event.target.closest("[data-choose]");
  const piece = event.target.closest("[data-task]");
  const task = link?.dataset.choose ?? piece?.dataset.task;
  if (!task) return;
  event.preventDefault();
  choose(task);
});

// --- sending: one after the other, so that nobody who works fast loses a key or contradicts himself ------------------

const ours = new Map(); // task -> the revision that our own last step gave it

const revisionOf = (task) => Number(rowOf(task)?.dataset.revision ?? 0);
const seenOf = (tasks) => Object.fromEntries(tasks.map((task) => [task, revisionOf(task)]));
const mostOf = (task, revision) => Math.max(revision, ours.get(task) ?? 0);

/** act : as the server names it; seen : task -> the revision that the person looked at. Resolves as grid.js asks. */
async function send({ act, tasks, seen = seenOf(tasks), more = {} }) {
  const values = new URLSearchParams({ act, key: key(), view: new FormData(form()).get("view"), ...more });
  for (const task of tasks) {
    values.append("chon", task);
    values.append("seen", `${task}:${mostOf(task, seen[task])}`);
  }
  if (act === "edit") {
    values.set("revision", mostOf(tasks[0], seen[tasks[0]]));
    // Whoever goes on in a row keeps it in sight, though it may not belong into this view any more.
    const focused = document.activeElement?.closest?.("[data-grid-row]")?.dataset.gridRow;
    if (focused) values.set("stay", focused);
    if (pane().dataset.openTask) values.set("open", pane().dataset.openTask); // nobody has closed it
  }
  const answer = await fetch(form().action, {
    method: "POST",
    body: values,
    headers: { "HX-Request": "true", "HX-Target": "review-tasks", "X-CSRFToken": csrf() },
    redirect: "manual",
  }).catch(() => undefined);
  if (!answer) lineLost();
  if (answer?.type === "opaqueredirect") return { lost: say("signedOut") };
  if (!answer || answer.status >= 500) return { lost: say("notSaved") };
  document.dispatchEvent(new CustomEvent("cc:request"));
  lineBack();
  const text = await answer.text();
  if (answer.ok) return { saved: () => showAnswer(text, tasks, answer.headers.get("HX-Trigger")) };
  const problem = new DOMParser().parseFromString(text, "text/html");
  const lines = linesOf(problem);
  if (answer.status === 409) {
    const shown = () => { tellAbove(text); return refresh(lines); };
    const isOvertaken = act === "edit" && problem.querySelector("[data-changes]");
    if (isOvertaken) return { refused: holder.dataset.overtaken, meanwhile: shown };
    return { settled: shown, overtaken: lines };
  }
  if (act === "edit") return { refused: reasonIn(problem) || lines.join(" ") };
  return { refused: lines.join(" "), problem, settled: () => tellAbove(text) };
}

function showAnswer(text, tasks, trigger) {
  swap(text);
  document.getElementById("cc-problems").replaceChildren();
  for (const task of tasks) if (rowOf(task)) ours.set(task, revisionOf(task));
  const { "cc:announce": words } = trigger ? JSON.parse(trigger) : {};
  if (words) announce(words);
}

function swap(text) {
  hold();
  window.htmx.swap("#review-tasks", text, { swapStyle: "outerHTML" });
}

const tellAbove = (text) => window.htmx.swap("#cc-problems", text, { swapStyle: "innerHTML" });

/** What the problem says of the one cell; its heading says no more than that there is one. */
const reasonIn = (problem) => [...problem.querySelectorAll("li")].map((item) => item.textContent.trim()).join(" ");

// The buttons of the bars and their keys: on the chosen tasks, or on the current one when none is chosen.
const chosenTasks = () => {
  const chosen = checked().map((box) => box.value);
  return chosen.length ? chosen : current && rowOf(current) ? [current] : [];
};

holder.addEventListener("submit", (event) => {
  if (event.target !== form() || !event.submitter) return;
  event.preventDefault();
  event.stopPropagation();
  const act = event.submitter.value;
  const isStep = act === "undo" || act === "redo";
  const tasks = isStep || act === "renumber" ? [] : chosenTasks();
  const seen = seenOf(tasks);
  grid.queue(async () => {
    const step = isStep ? { [`${act}_step`]: new FormData(form()).get(`${act}_step`) ?? "" } : {};
    const answer = await send({ act, tasks, seen, more: step });
    if (answer.lost) announce(answer.lost);
    if (answer.saved) uncheck(tasks);
    if (answer.saved && act === "merge") wanted = tasks[0]; // the others went into it
    await (answer.saved ?? answer.settled)?.();
  });
}, true);

function uncheck(tasks) {
  for (const box of checked()) if (tasks.includes(box.value)) box.checked = false;
}

// A dialog lives in the pane that the answer under way replaces: it opens after it.
holder.addEventListener("click", (event) => {
  const opener = event.target.closest("#review-tasks :is([data-open], [data-split])");
  if (!opener || !grid.isBusy()) return;
  event.preventDefault();
  event.stopPropagation();
  const same = opener.dataset.open ? `[data-open="${opener.dataset.open}"]` : "[data-split]";
  grid.settled().then(() => pane().querySelector(same)?.click());
}, true);

const saved = document.getElementById("review-saved");
let savedWords = "";
holder.addEventListener("cc:grid-busy", () => {
  savedWords ||= saved.lastChild.textContent;
  saved.lastChild.textContent = ` ${say("saving")} …`;
});
holder.addEventListener("cc:grid-idle", () => {
  // An answer has written its own time there by now; after a refusal the last one is still true.
  if (saved.lastChild.textContent.endsWith("…")) saved.lastChild.textContent = savedWords;
  savedWords = "";
});

document.addEventListener("keydown", (event) => {
  if (document.querySelector("dialog[open]")) return;
  const pressed = event.key.toLowerCase();
  if (!(event.ctrlKey || event.metaKey) || !["z", "y"].includes(pressed) || isField(event.target)) return;
  const button = pane().querySelector(event.shiftKey || pressed === "y" ? "[data-redo]" : "[data-undo]");
  // On a phone the text may be shown alone: what cannot be seen is not pressed.
  if (!button?.checkVisibility()) return;
  event.preventDefault();
  button.click();
});

const isField = (target) => target.closest?.("input:not([type=checkbox]), textarea, select");

document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-split]")) openSplit();
  if (event.target.closest?.("[data-paste]")) openPaste();
  const all = event.target.closest?.("[data-all]");
  if (all) for (const box of pane().querySelectorAll("input[name=chon][type=checkbox]")) box.checked = all.checked;
  if (event.target.closest?.("[data-all], input[name=chon]")) count();
});

function count() {
  const number = checked().length;
  for (const words of pane().querySelectorAll("[data-chosen]")) {
    words.textContent = number ? words.dataset.some.replace("{count}", number) : words.dataset.none;
  }
}

document.addEventListener("htmx:configRequest", (event) => {
  const { elt, parameters: sent } = event.detail;
  if (!elt.matches?.("[data-paste-form], [data-chosen-form]")) return;
  sent.delete("chon");
  const { from } = elt.closest("dialog");
  const isFromCell = from && sent.get("where") === "cells";
  if (isFromCell) sent.set("columns", from.columns.join());
  for (const task of isFromCell ? from.rows.filter(rowOf) : chosenTasks()) {
    sent.append("chon", task);
    sent.append("seen", seen(task));
  }
});

const seen = (task) => `${task}:${mostOf(task, revisionOf(task))}`;

function openSplit() {
  const task = checked()[0]?.value ?? current;
  const row = task && rowOf(task);
  if (!row) return;
  const dialog = document.getElementById("split-task");
  const title = row.querySelector("[data-title]").textContent.trim();
  const [first, ...rest] = title.split(/;\s*|,\s+(?=\p{L})/u);
  dialog.querySelector("[name=chon]").value = task;
  dialog.querySelector("[name=seen]").value = seen(task);
  dialog.querySelector("[data-split-text]").textContent = title;
  dialog.querySelector("[name=first]").value = first;
  const second = rest.join(", ");
  dialog.querySelector("[name=second]").value = second.charAt(0).toUpperCase() + second.slice(1);
  dialog.showModal();
}

// The open row saves itself; the grid then knows its revision, so that nobody is told of his own change.
document.addEventListener("cc:autosaved", (event) => {
  const { task, revision } = event.detail;
  const row = task && rowOf(String(task));
  if (!row) return;
  row.dataset.revision = revision;
  ours.set(String(task), revision);
});

// What was just added is looked at next, on whatever page it stands.
document.addEventListener("review:added", ({ detail }) => {
  if (detail.task) wanted = detail.task;
});

// --- pasting ------------------------------------------------------------------------------------------------------

/** From the cell that has the focus down and to the right; what is refused can be corrected in the dialog. */
function pasteFrom({ rows, columns, text }) {
  const seenThen = seenOf(rows);
  grid.queue(async () => {
    const more = { pasted: text, where: "cells", columns: columns.join() };
    const answer = await send({ act: "paste", tasks: rows, seen: seenThen, more });
    if (answer.lost) announce(answer.lost);
    if (answer.lost || answer.refused) return openPaste(text, { rows, columns }, answer.problem);
    await (answer.saved ?? answer.settled)();
    // Another person was there first: what was pasted is kept, and is sent once more after a look.
    if (answer.overtaken) openPaste(text, { rows, columns });
  });
}

function openPaste(text, from, problem) {
  const dialog = document.getElementById("paste-rows");
  const choice = dialog.querySelector("[name=where][value=cells]");
  dialog.from = from;
  if (text !== undefined) dialog.querySelector("[name=pasted]").value = text;
  nameColumns(dialog, from);
  const usual = checked().length ? "replace" : "end";
  dialog.querySelector(`[name=where][value=${from ? "cells" : usual}]`).checked = true;
  tell(dialog, problem ? complaintsIn(problem) : []);
  if (!dialog.open) dialog.showModal();
  dialog.querySelector("[data-paste-errors] button")?.focus();
}

/** From a cell the columns are those of the grid, as they are shown; else those that the sentence of the page names. */
function nameColumns(dialog, from) {
  dialog.querySelector("[value=cells]").closest("label").hidden = !from;
  const [usual, own] = ["usual", "own"].map((kind) => dialog.querySelector(`[data-paste-${kind}]`));
  usual.hidden = Boolean(from);
  own.hidden = !from;
  if (!from) return;
  const heads = from.columns.map((column) => {
    const cell = pane().querySelector(`[data-cell="${column}"]`);
    return pane().querySelector("[data-grid]").tHead.rows[0].cells[cell.cellIndex].textContent.trim();
  });
  own.querySelector("[data-columns]").textContent = heads.join(", ");
}

document.addEventListener("paste", (event) => {
  if (event.defaultPrevented || !form() || isField(event.target) || document.querySelector("dialog[open]")) return;
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!/[\t\n]/.test(text.trim())) return;
  event.preventDefault();
  openPaste(text);
});

// A refusal keeps the dialog open with every bad cell, or what someone else changed, named.
document.addEventListener("htmx:afterRequest", (event) => {
  const { xhr } = event.detail;
  const { elt } = event.detail.requestConfig; // the answer may have taken its place already
  if (xhr.status < 400) {
    if (elt.closest?.("dialog")) document.getElementById("cc-problems").replaceChildren();
    return;
  }
  const problem = new DOMParser().parseFromString(xhr.responseText, "text/html");
  if (xhr.status === 409 && form()) refresh(linesOf(problem));
  else tell(elt.closest?.("dialog"), complaintsIn(problem));
});

/** complaints : [words, line of the pasted text or 0]. */
function tell(dialog, complaints) {
  const place = dialog?.querySelector("[data-paste-errors]");
  const area = dialog?.querySelector("[name=pasted]");
  area?.toggleAttribute("aria-invalid", complaints.length > 0);
  place?.replaceChildren(...complaints.map(([words, line]) => {
    const item = document.createElement("p");
    const text = Object.assign(document.createElement(line ? "button" : "span"), { textContent: words });
    item.append(text);
    if (!line) return item;
    const quoted = words.match(/“([^”]*)”/)?.[1];
    const found = lineWith(area, line, quoted);
    text.type = "button";
    text.className = "cc-link";
    text.addEventListener("click", () => markLine(area, found));
    if (quoted) item.append(shownCells(area.value.split("\n")[found - 1] ?? "", quoted));
    return item;
  }));
}

const cellsOf = (line) => line.split("\t").map((cell) => cell.trim());

/** Lines are counted without headings, which may stand in the first one. */
function lineWith(area, line, quoted) {
  const lines = area.value.split("\n");
  return [line, line + 1].find((number) => cellsOf(lines[number - 1] ?? "").includes(quoted)) ?? line;
}

/** The pasted line with its bad cell marked. */
function shownCells(line, quoted) {
  const shown = Object.assign(document.createElement("span"), { className: "cc-paste-line" });
  for (const cell of cellsOf(line)) {
    const part = document.createElement(cell === quoted ? "mark" : "span");
    part.textContent = cell || "–";
    shown.append(part);
  }
  return shown;
}

/** "13.lead" is the name of a cell in the fourteenth line. */
function complaintsIn(problem) {
  const items = [...problem.querySelectorAll("li[data-field]")];
  const lineOfItem = (item) => (/^\d+\./.test(item.dataset.field) ? parseInt(item.dataset.field, 10) + 1 : 0);
  if (items.length) return items.map((item) => [item.textContent.trim(), lineOfItem(item)]);
  return linesOf(problem).map((words) => [words, 0]);
}

function markLine(area, line) {
  const before = area.value.split("\n").slice(0, line - 1).join("\n");
  const from = before ? before.length + 1 : line - 1;
  const end = area.value.indexOf("\n", from);
  area.focus();
  area.setSelectionRange(from, end < 0 ? area.value.length : end);
}

const linesOf = (answer) => [...answer.querySelectorAll("li, p, tbody tr")].map(lineOf).filter(Boolean);

function lineOf(element) {
  const text = (node) => node.textContent.trim();
  if (!element.matches("tr")) return text(element);
  const [label, was, is] = [...element.cells].map(text);
  return `${label}: ${was || "–"} → ${is || "–"}`;
}

// --- the pane is replaced: what was chosen, typed and looked at stays -------------------------------------------------

let kept = null;

function hold(lines = null) {
  const dialog = lines && pane().querySelector("#paste-rows[open], #set-cells[open]");
  const panel = pane().querySelector(".cc-review-panel");
  const typed = [...pane().querySelectorAll(`.cc-review-panel [id][name]${dialog ? `, #${dialog.id} [id][name]` : ""}`)];
  const focused = document.activeElement?.closest?.("[data-grid-row]");
  grid.hold();
  kept = {
    focused: focused && pane().contains(focused) && { row: focused.dataset.gridRow, top: topOf(focused) },
    chosen: checked().map((box) => box.value),
    open: panel && pane().dataset.openTask,
    typed: typed.filter(isTouched).map((field) => [field.id, field.value]),
    where: dialog?.querySelector("[name=where]:checked")?.value,
    dialog: dialog?.id,
    from: dialog?.from,
    scrolled: pane().querySelector(".cc-review-body").scrollTop,
    page: scrollY, // on a phone the page itself scrolls
    lines,
  };
}

const topOf = (row) => row.getBoundingClientRect().top;

const isTouched = (field) =>
  field.matches("select") ? !field.selectedOptions[0]?.defaultSelected : field.value !== field.defaultValue;

/** Someone else changed the draft meanwhile: the pane becomes what the draft is now. */
function refresh(lines) {
  hold(lines);
  const held = kept;
  const view = new FormData(form()).get("view");
  const opened = pane().dataset.openTask ? `&viec=${pane().dataset.openTask}` : "";
  // Nothing is pressed on a pane that is about to go.
  for (const open of pane().querySelectorAll("dialog[open]")) open.close();
  pane().inert = true;
  return window.htmx
    .ajax("GET", `${pane().dataset.url}?${view}${opened}`, {
      target: "#review-tasks",
      swap: "outerHTML",
    })
    .finally(() => {
      pane().inert = false;
      if (kept === held) kept = null;
    });
}

function putBack() {
  const { focused, chosen, open, typed, dialog: name, from, where, scrolled, page, lines } = kept;
  kept = null;
  for (const task of chosen) {
    const box = rowOf(task)?.querySelector("input[name=chon]");
    if (box) box.checked = true;
  }
  if (open === pane().dataset.openTask || name) for (const [id, value] of typed) putIn(id, value);
  pane().querySelector(".cc-review-body").scrollTop = scrolled;
  scrollTo({ top: page, behavior: "instant" });
  stayAt(focused);
  grid.restore();
  document.activeElement?.closest?.("[data-cell], [data-row-focus]")?.scrollIntoView({ block: "nearest", behavior: "instant" });
  if (!name) return;
  const dialog = document.getElementById(name);
  const place = where && dialog.querySelector(`[name=where][value=${where}]`);
  if (place) place.checked = true;
  dialog.from = from;
  if (name === "paste-rows") nameColumns(dialog, from);
  tell(dialog, lines.map((words) => [words, 0]));
  dialog.showModal();
}

/** The row that someone works in stays where it was, whatever was opened or closed above it. */
function stayAt(focused) {
  const row = focused && rowOf(focused.row);
  if (!row) return;
  const body = pane().querySelector(".cc-review-body");
  const moved = topOf(row) - focused.top;
  if (body.scrollHeight > body.clientHeight) body.scrollTop += moved;
  else scrollBy({ top: moved, behavior: "instant" });
}

function putIn(id, value) {
  const field = document.getElementById(id);
  if (!field) return;
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, requestConfig: { elt } } = event.detail;
  // What is wrong with a dialog's input stands in the dialog, not behind it.
  if (xhr.status === 422 && elt.closest?.("#review-tasks dialog")) event.detail.shouldSwap = false;
  if (event.detail.target?.id === "review-tasks" && event.detail.shouldSwap && !kept) hold();
});

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.target.id === "review-tasks") settle();
});

function settle() {
  const open = pane().dataset.openTask;
  const isOpened = open && open !== kept?.open;
  if (open) show(open);
  else if (current) show(current, { scrollText: false });
  if (kept) putBack();
  count();
  if (isOpened) toTop(rowOf(open));
  if (wanted) grid.go({ row: wanted });
  else if (document.activeElement === document.body && current) grid.go({ row: current }); // it was in a dialog
  wanted = "";
}

/** Of the pane, so that the whole panel under the row is seen; on a phone the page itself scrolls. */
function toTop(row) {
  const body = pane().querySelector(".cc-review-body");
  if (!row) return;
  if (body.scrollHeight <= body.clientHeight) row.scrollIntoView({ block: "start", behavior: "instant" });
  else body.scrollTop += row.getBoundingClientRect().top - body.getBoundingClientRect().top - HEAD_PX;
}

if (current) show(current);
count();
