// One toast at a time, ten seconds, waiting while it is pointed at or holds the focus.
import { csrf } from "./csrf.js";
import { say } from "./words.js";

const SHOWN_MS = 10_000;
const queue = [];
let leaving;

export function toast({ text, undo = "" }) {
  queue.push({ text, undo });
  if (queue.length === 1) show();
}

function show() {
  const host = document.getElementById("cc-toasts");
  const next = queue[0];
  if (!host || !next) return;
  const box = document.createElement("div");
  box.className = "cc-toast";
  const words = document.createElement("span");
  words.textContent = next.text;
  box.append(words);
  if (next.undo) box.append(button(say("undo"), () => undo(next.undo)));
  const close = button("", done);
  close.className = "cc-toast-close";
  close.setAttribute("aria-label", say("close"));
  close.append(cross());
  box.append(close);
  host.replaceChildren(box);
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

function cross() {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("class", "cc-icon cc-icon-16");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", "M18 6 6 18M6 6l12 12");
  svg.append(path);
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
