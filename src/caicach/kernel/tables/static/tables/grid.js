// An editable grid over a table that the server renders (docs/tables.md): cells by keyboard, one saving after the other,
// and what could not be saved stays in its cell, marked, with the reason under the grid.
import { attach } from "../ui/js/pick.js";
import { announce } from "../ui/js/live.js";
import { say } from "../ui/js/words.js";

const AGAIN_MS = 10_000;
const BOXES = ":is([data-grid] > thead, [data-grid-row]) input[type=checkbox]";
const STOPS = `${BOXES}, [data-grid-row] :is(a[href], [data-cell][tabindex])`;
const ARROWS = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] };

/**
 * holder : outlives the table, which may be replaced at any time between `hold()` and `restore()`.
 * store({row, column, typed}) : resolves to {saved: show} (a function that shows the answer), {refused: words},
 *   {refused: words, meanwhile: show} (someone else changed the row: it is shown as it is now, Enter writes over it),
 *   {lost: words} (worth another try) or {settled: show} (told elsewhere; the cell is as the server has it).
 * pasteFrom({rows, columns, text}) : several cells were pasted; rows (ids) and columns are those from the cell down and
 *   to the right, as they are shown.
 */
export function begin(holder, { store, pasteFrom }) {
  // "row/column" -> {row, column, typed, reason, isLost, isUnsent}; isLost until it is tried again, isUnsent until it is told
  const unsaved = new Map();
  let chain = Promise.resolve();
  let waiting = 0;
  let editor = null; // {cell, input, end}
  let held = null;
  let composed = Promise.resolve(); // letters of an input method are not cut off half-made

  const table = () => holder.querySelector("[data-grid]");
  const rows = () => [...(table()?.querySelectorAll("[data-grid-row]") ?? [])];
  const cells = (row) => [...row.querySelectorAll("[data-cell][tabindex]")];
  const rowOf = (id) => rows().find((row) => row.dataset.gridRow === id);
  const cellOf = ({ row, column }) => rowOf(row)?.querySelector(`[data-cell="${column}"][tabindex]`);
  const placeOf = (cell) => ({ row: cell.closest("[data-grid-row]").dataset.gridRow, column: cell.dataset.cell });
  const keyOf = ({ row, column }) => `${row}/${column}`;
  const headOf = (cell) => table().tHead.rows[0].cells[cell.cellIndex].textContent.trim();

  holder.addEventListener("compositionstart", () => {
    composed = new Promise((resolve) => holder.addEventListener("compositionend", resolve, { once: true }));
  });

  // --- one stop of the Tab key: what last had the focus ---

  let stop = null;
  let stopRow = "";

  function rove() {
    for (const other of holder.querySelectorAll(STOPS)) other.tabIndex = -1;
    if (!stop?.isConnected) stop = (rowOf(stopRow) ?? rows()[0])?.querySelector("[data-row-focus]");
    if (stop) stop.tabIndex = 0;
  }

  holder.addEventListener("focusin", ({ target }) => {
    if (!target.matches(STOPS)) return;
    if (stop) stop.tabIndex = -1;
    stop = target;
    stop.tabIndex = 0;
    stopRow = target.closest("[data-grid-row]")?.dataset.gridRow ?? "";
  });

  // --- moving ---

  function move(cell, down, right) {
    const all = rows();
    const row = all[all.indexOf(cell.closest("[data-grid-row]")) + down];
    if (!row) return;
    const inRow = cells(row);
    if (right < 0 && inRow[0] === cell) return boxOf(row)?.focus();
    const at = down ? inRow.findIndex((other) => other.dataset.cell === cell.dataset.cell) : inRow.indexOf(cell) + right;
    (inRow[Math.max(at, 0)] ?? inRow.at(-1))?.focus();
  }

  const boxOf = (row) => row.querySelector("input[type=checkbox]");
  const toRow = (row) => row.querySelector("[data-row-focus]")?.focus();

  holder.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const cell = event.target.closest("[data-cell][tabindex]");
    if (event.target.matches(BOXES)) return fromBox(event);
    if (cell !== event.target) return fromRow(event);
    if (event.key === "Tab") {
      const beside = cells(cell.closest("[data-grid-row]"));
      const next = beside[beside.indexOf(cell) + (event.shiftKey ? -1 : 1)];
      if (!next) return; // at the end of the row Tab goes on through the page
      next.focus();
    } else if (ARROWS[event.key]) move(cell, ...ARROWS[event.key]);
    else if (event.key === "Enter" || event.key === "F2") edit(cell);
    else if (event.key === "Delete" || event.key === "Backspace") edit(cell, "");
    else if (event.key === "Escape") giveUp(cell) || toRow(cell.closest("[data-grid-row]"));
    else if (event.key === "Process") return edit(cell, ""); // an input method begins: its letters go into the editor
    else if (event.key.length === 1 && event.key !== " ") edit(cell, event.key);
    else return;
    event.preventDefault();
  });

  /** From the head of a row into its cells; letters there are the page's keys. */
  function fromRow(event) {
    const head = event.target.closest("[data-row-focus]");
    const row = head?.closest("[data-grid-row]");
    if (!row) return;
    const all = rows();
    const own = head.closest("[data-cell][tabindex]");
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      const next = all[all.indexOf(row) + step];
      if (next) toRow(next);
    } else if (event.key === "F2" && own) edit(own);
    else if (event.key === "ArrowRight" && own) move(own, 0, 1);
    else if (event.key === "ArrowLeft" && own) move(own, 0, -1);
    else if (event.key === "ArrowLeft") boxOf(row)?.focus();
    else return;
    event.preventDefault();
  }

  /** Boxes stand left of the cells, the one that chooses all above them. */
  function fromBox(event) {
    const boxes = [...holder.querySelectorAll(BOXES)];
    const row = event.target.closest("[data-grid-row]");
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) boxes[boxes.indexOf(event.target) + step]?.focus();
    else if (event.key === "ArrowRight" && row) (cells(row)[0] ?? row.querySelector("[data-row-focus]"))?.focus();
    else return;
    event.preventDefault();
  }

  holder.addEventListener("dblclick", (event) => {
    const cell = event.target.closest("[data-cell][tabindex]");
    if (cell && !event.target.closest("a, input, textarea")) edit(cell);
  });
  holder.addEventListener("click", (event) => {
    const cell = event.target.closest("[data-cell][tabindex]");
    if (cell && !event.target.closest("a, input, textarea")) cell.focus();
    const toCell = event.target.closest("[data-to-cell]");
    const [row, column] = toCell?.dataset.toCell.split("/") ?? [];
    const found = row && cellOf({ row, column });
    if (found) edit(found);
  });
  holder.addEventListener("paste", (event) => {
    const cell = event.target.closest("[data-cell][tabindex]");
    const text = event.clipboardData?.getData("text/plain").trim() ?? "";
    if (cell !== event.target || !text) return;
    if (/[\t\n]/.test(text)) return pasteAt(cell, event);
    event.preventDefault();
    keep({ ...placeOf(cell), typed: text });
  });
  function pasteAt(cell, event) {
    if (!pasteFrom) return;
    event.preventDefault();
    const row = cell.closest("[data-grid-row]");
    const all = rows();
    const beside = cells(row);
    pasteFrom({
      rows: all.slice(all.indexOf(row)).filter((other) => cells(other).length).map((other) => other.dataset.gridRow),
      columns: beside.slice(beside.indexOf(cell)).map((other) => other.dataset.cell),
      text: event.clipboardData.getData("text/plain"),
    });
  }

  holder.addEventListener("copy", (event) => {
    const cell = event.target.closest("[data-cell][tabindex]");
    if (cell !== event.target || !getSelection().isCollapsed) return;
    event.clipboardData.setData("text/plain", cell.dataset.value);
    event.preventDefault();
  });

  // --- editing ---

  function edit(cell, first = null) {
    if (editor?.cell === cell) return;
    editor?.end(true);
    const bad = unsaved.get(keyOf(placeOf(cell)));
    const input = document.createElement(cell.dataset.long === undefined ? "input" : "textarea");
    if (input.matches("textarea")) input.rows = 3;
    input.className = "form-control";
    input.value = first ?? bad?.typed ?? cell.dataset.value;
    input.setAttribute("aria-label", headOf(cell));
    if (bad) input.setAttribute("aria-invalid", "true");
    const before = [...cell.childNodes];
    cell.replaceChildren(input);
    if (cell.dataset.list) {
      input.toggleAttribute("data-pick-strict", "listStrict" in cell.dataset);
      attach(input, document.getElementById(cell.dataset.list));
    }
    const end = (isKept, step) => {
      if (editor?.input !== input) return;
      editor = null;
      const { value } = input;
      cell.replaceChildren(...before);
      if (step || !isKept) cell.focus();
      if (step) move(cell, ...step);
      const stored = bad?.typed ?? cell.dataset.value;
      const isAgain = bad?.isLost || (bad?.isBehind && step?.[0] === 1);
      if (isKept && (value.trim() !== stored.trim() || isAgain)) keep({ ...placeOf(cell), typed: value });
    };
    editor = { cell, input, end };
    input.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "Escape" && event.defaultPrevented) return; // the first one closes the list alone
      if (event.key === "Enter" && !event.shiftKey) end(true, [1, 0]);
      else if (event.key === "Tab") end(true, [0, event.shiftKey ? -1 : 1]);
      else if (event.key === "Escape") end(false);
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
    input.addEventListener("cc:picked", () => end(true, [0, 0]));
    input.addEventListener("blur", () => end(true));
    input.focus();
    if (first === null) input.select();
    else if (first) input.dispatchEvent(new Event("input"));
  }

  // --- keeping ---

  function keep(entry) {
    unsaved.set(keyOf(entry), entry);
    paint();
    queue(() => send(entry));
  }

  async function send(entry) {
    if (unsaved.get(keyOf(entry)) !== entry) return; // typed anew or given up since
    const answer = await store(entry).catch((error) => {
      console.error(error);
      return { lost: "" };
    });
    if (unsaved.get(keyOf(entry)) !== entry) return;
    if (answer.refused || "lost" in answer) {
      if (answer.meanwhile && (await isDone(entry, answer.meanwhile))) return;
      entry.isBehind = Boolean(answer.meanwhile);
      entry.reason = answer.refused || answer.lost || say("notSaved");
      entry.isLost = entry.isUnsent = !answer.refused;
      paint();
      if (answer.meanwhile) announce(`${entry.typed}: ${entry.reason}`); // writing over another's work is not a slip of Enter
      else if (answer.refused) backTo(entry);
      else setTimeout(sendLost, AGAIN_MS);
      return;
    }
    await composed;
    unsaved.delete(keyOf(entry));
    await (answer.saved ?? answer.settled)();
    paint();
  }

  /** The row as it is now is shown; what another wrote there may be just what was typed. */
  async function isDone(entry, meanwhile) {
    await composed;
    await meanwhile();
    if (unsaved.get(keyOf(entry)) !== entry) return true;
    if (cellOf(entry)?.dataset.value !== entry.typed.trim()) return false;
    unsaved.delete(keyOf(entry));
    paint();
    return true;
  }

  /** One at a time: each answer brings the revision that the next one has to name. */
  function queue(task) {
    waiting += 1;
    holder.dispatchEvent(new CustomEvent("cc:grid-busy"));
    chain = chain.then(task).catch(console.error).finally(() => {
      waiting -= 1;
      if (!waiting) holder.dispatchEvent(new CustomEvent("cc:grid-idle"));
    });
    return chain;
  }

  /** Whoever types on elsewhere is not torn away; the mark and the line under the grid wait. */
  function backTo(entry) {
    const cell = cellOf(entry);
    announce([namedIn(entry), entry.reason].filter(Boolean).join(": "));
    if (!editor && cell && holder.contains(document.activeElement)) edit(cell);
  }

  function giveUp(cell) {
    const isGiven = unsaved.delete(keyOf(placeOf(cell)));
    if (isGiven) paint();
    return isGiven;
  }

  function sendLost() {
    for (const entry of unsaved.values()) {
      if (!entry.isLost) continue;
      entry.isLost = false; // until the answer says so again
      queue(() => send(entry));
    }
  }

  addEventListener("online", sendLost);
  addEventListener("beforeunload", (event) => {
    if (unsaved.size || waiting) event.preventDefault();
  });

  // --- what is not saved, in its cell and in the line under the grid ---

  function paint() {
    for (const cell of holder.querySelectorAll("[data-unsaved]")) {
      if (!unsaved.has(keyOf(placeOf(cell)))) unmark(cell);
    }
    for (const entry of unsaved.values()) {
      const cell = cellOf(entry);
      if (cell) mark(cell, entry);
    }
    tellProblems();
  }

  function mark(cell, { typed, reason, isUnsent }) {
    cell.dataset.unsaved = isUnsent ? "unsent" : reason ? "bad" : "sending";
    cell.title = reason ?? "";
    if (editor?.cell === cell) return;
    cell.querySelector("[data-typed]")?.remove();
    for (const child of cell.children) child.hidden = true;
    cell.append(Object.assign(document.createElement("span"), { textContent: typed || "–" }));
    cell.lastChild.dataset.typed = "";
    for (const node of cell.childNodes) if (node.nodeType === Node.TEXT_NODE) wrap(node);
  }

  function unmark(cell) {
    delete cell.dataset.unsaved;
    cell.removeAttribute("title");
    cell.querySelector("[data-typed]")?.remove();
    for (const child of cell.children) child.hidden = false;
  }

  function wrap(node) {
    const span = Object.assign(document.createElement("span"), { textContent: node.textContent, hidden: true });
    node.replaceWith(span);
  }

  function tellProblems() {
    const line = holder.querySelector("[data-grid-problems]");
    if (!line) return;
    const told = [...unsaved.values()].filter(({ reason }) => reason);
    line.hidden = !told.length;
    const kinds = [["", told.filter((entry) => !entry.isUnsent)], ["Unsent", told.filter((entry) => entry.isUnsent)]];
    const parts = kinds.filter(([, entries]) => entries.length).flatMap(([kind, entries]) => {
      const { [`one${kind}`]: one, [`many${kind}`]: many } = line.dataset;
      const words = entries.length === 1 ? one : many.replace("{count}", entries.length);
      const head = Object.assign(document.createElement("strong"), { textContent: words });
      return [head, ...entries.map((entry) => problem(entry, line.dataset.giveUp))];
    });
    line.replaceChildren(...parts);
  }

  /** A reason that repeats what was typed says it well enough. */
  const namedIn = ({ typed, reason }) => (reason.includes(`“${typed.trim()}”`) ? "" : `“${typed}”`);

  /** Leads to its cell; and gives it up, for one whose row another filter or another person took away too. */
  function problem(entry, giveUpWords) {
    const line = document.createElement("span");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "cc-link";
    button.dataset.toCell = keyOf(entry);
    const number = rowOf(entry.row)?.querySelector("[data-row-number]")?.textContent.trim();
    button.textContent = [number, namedIn(entry), entry.reason].filter(Boolean).join(" · ");
    const away = Object.assign(document.createElement("button"), { type: "button", textContent: giveUpWords });
    away.className = "cc-link";
    away.addEventListener("click", () => {
      unsaved.delete(keyOf(entry));
      paint();
    });
    line.append(button, " ", away);
    return line;
  }

  // --- another table takes the place of this one ---

  function hold() {
    const active = document.activeElement;
    const row = active?.closest?.("[data-grid-row]");
    held = row && holder.contains(row) && {
      row: row.dataset.gridRow,
      at: rows().indexOf(row),
      column: (editor?.cell ?? (active.matches("[data-cell]") && active))?.dataset?.cell,
      typing: editor && { typed: editor.input.value, from: editor.input.selectionStart, to: editor.input.selectionEnd },
    };
    editor = null; // its input goes with the table
  }

  function restore() {
    paint();
    rove();
    if (!held) return;
    const { row: id, at, column, typing } = held;
    held = null;
    const row = rowOf(id) ?? rows()[at] ?? rows().at(-1);
    const cell = column && row?.querySelector(`[data-cell="${column}"][tabindex]`);
    if (typing && column && !rowOf(id)) {
      keep({ row: id, column, typed: typing.typed }); // the row has left this view, the words have not
    } else if (typing && cell) {
      edit(cell, typing.typed);
      editor.input.setSelectionRange(typing.from, typing.to);
    } else if (cell) cell.focus({ preventScroll: Boolean(rowOf(id)) });
    else if (row) toRow(row);
  }

  /** Where the focus last was, or the first row; false where there is none. */
  function enter() {
    if (!stop?.isConnected) return false;
    stop.focus();
    return true;
  }

  rove();
  return {
    enter,
    hold,
    restore,
    queue,
    isBusy: () => waiting > 0,
    settled: () => chain,
    go: ({ row, column }) => {
      const found = rowOf(row);
      const cell = found && column && cellOf({ row, column });
      if (cell) cell.focus();
      else if (found) toRow(found);
    },
  };
}
