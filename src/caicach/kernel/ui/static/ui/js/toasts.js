// One toast at a time, ten seconds, waiting while it is pointed at or holds the focus. A problem stays until it is closed.
import { csrf } from "./csrf.js";
import { say } from "./words.js";

const SHOWN_MS = 10_000;
const [DONE, PROBLEM] = ["done", "problem"];
// Tabler's check, alert-triangle and x.
const PATHS = {
  [DONE]: ["M5 12l5 5L20 7"],
  [PROBLEM]: ["M12 9v4", "M10.36 3.59 2.26 17.13a1.91 1.91 0 0 0 1.63 2.87h16.22a1.91 1.91 0 0 0 1.63-2.87L13.64 3.59a1.91 1.91 0 0 0-3.28 0z", "M12 16h.01"],
  close: ["M18 6 6 18", "M6 6l12 12"],
};
const queue = [];
let leaving;

export function toast({ text, undo = "", kind = DONE }) {
  queue.push({ text, undo, kind });
  if (queue.length === 1) show();
}

function show() {
  const host = document.getElementById("cc-toasts");
  const next = queue[0];
  if (!host || !next) return;
  const box = document.createElement("div");
  const isProblem = next.kind === PROBLEM;
  box.className = isProblem ? "cc-toast cc-toast-problem" : "cc-toast";
  const words = document.createElement("span");
  if (isProblem) {
    const mark = document.createElement("strong");
    mark.textContent = say("notDone");
    words.append(mark, " ");
  }
  words.append(next.text);
  box.append(picture(next.kind, "cc-icon"), words);
  if (next.undo) box.append(button(say("undo"), () => undo(next.undo)));
  const close = button("", done);
  close.className = "cc-toast-close";
  close.setAttribute("aria-label", say("close"));
  close.append(picture("close", "cc-icon cc-icon-16"));
  box.append(close);
  host.replaceChildren(box);
  if (isProblem) return;
  const wait = () => {
    clearTimeout(leaving);
    leaving = setTimeout(done, SHOWN_MS);
  };
  for (const name of ["pointerenter", "focusin"]) box.addEventListener(name, () => clearTimeout(leaving));
  for (const name of ["pointerleave", "focusout"]) box.addEventListener(name, wait);
  wait();
}

function button(text, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
}

function picture(name, className) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("class", className);
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  for (const line of PATHS[name]) {
    const path = document.createElementNS(space, "path");
    path.setAttribute("d", line);
    svg.append(path);
  }
  return svg;
}

function done() {
  clearTimeout(leaving);
  document.getElementById("cc-toasts")?.replaceChildren();
  queue.shift();
  show();
}

async function undo(address) {
  const form = document.createElement("form");
  form.method = "post";
  form.action = address;
  const token = document.createElement("input");
  token.type = "hidden";
  token.name = "csrfmiddlewaretoken";
  token.value = csrf();
  form.append(token);
  document.body.append(form);
  form.submit();
}

document.addEventListener("cc:toasts", (event) => (event.detail.toasts ?? []).forEach(toast));

const waiting = document.getElementById("cc-waiting-toasts");
if (waiting) JSON.parse(waiting.textContent).forEach(toast);
