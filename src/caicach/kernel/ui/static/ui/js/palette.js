// Ctrl+K: go, do, find in one box. Accents are not needed; only what the page shows this person is offered.
import { openDialog } from "./dialogs.js";
import { announce } from "./live.js";
import { find } from "./search.js";
import { fold, say } from "./words.js";

const dialog = document.querySelector("[data-palette]");
const LONGEST = 12;

if (dialog) begin(dialog.querySelector("input"), dialog.querySelector("[role=listbox]"));

function begin(box, list) {
  let options = [];
  let at = 0;
  let hits = [];
  let asking;

  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    if (document.querySelector("dialog[open]")) return;
    event.preventDefault();
    box.value = "";
    fill();
    openDialog(dialog);
  });
  box.addEventListener("input", () => {
    hits = [];
    fill();
    ask();
  });
  box.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && options.length) {
      event.preventDefault();
      choose((at + step + options.length) % options.length);
    } else if (event.key === "Enter" && options[at]) {
      event.preventDefault();
      options[at].act();
    }
  });

  function fill() {
    const words = fold(box.value.trim()).split(/\s+/).filter(Boolean);
    const fits = (entry) => words.every((word) => entry.folded.includes(word));
    const groups = [
      [say("go"), places().filter(fits)],
      [say("do"), commands().filter(fits)],
      [say("find"), [...hits, ...finding(box.value.trim())]],
    ];
    list.replaceChildren();
    options = [];
    for (const [heading, entries] of groups) {
      if (entries.length) list.append(group(heading, entries.slice(0, LONGEST)));
    }
    choose(0);
    announce(options.length ? say("results", { count: options.length }) : say("noResults"));
  }

  async function ask() {
    asking?.abort();
    const address = document.body.dataset.search;
    const words = box.value.trim();
    if (!address || words.length < 2) return;
    asking = new AbortController();
    const { signal } = asking;
    await new Promise((resolve) => setTimeout(resolve, 200));
    const found = signal.aborted ? [] : await find(address, words, signal).catch(() => []);
    if (signal.aborted || !found.length) return;
    hits = found.map(({ label, href }) => entry(label, () => location.assign(href)));
    const chosen = at;
    fill();
    choose(Math.min(chosen, options.length - 1));
  }

  function group(heading, entries) {
    const holder = document.createElement("div");
    holder.setAttribute("role", "group");
    holder.setAttribute("aria-label", heading);
    const head = document.createElement("div");
    head.className = "cc-palette-group";
    head.setAttribute("aria-hidden", "true");
    head.textContent = heading;
    holder.append(head, ...entries.map(option));
    return holder;
  }

  function option(entry) {
    const made = document.createElement("div");
    made.className = "cc-palette-option";
    made.id = `cc-palette-${options.length}`;
    made.setAttribute("role", "option");
    const words = document.createElement("span");
    words.textContent = entry.label;
    made.append(words);
    if (entry.key) {
      const key = document.createElement("kbd");
      key.textContent = entry.key;
      made.append(key);
    }
    const place = options.length;
    made.addEventListener("click", entry.act);
    made.addEventListener("pointermove", () => choose(place));
    options.push({ element: made, act: entry.act });
    return made;
  }

  function choose(next) {
    at = next;
    options.forEach(({ element }, place) => element.setAttribute("aria-selected", String(place === at)));
    const chosen = options[at]?.element;
    box.setAttribute("aria-activedescendant", chosen?.id ?? "");
    chosen?.scrollIntoView({ block: "nearest" });
  }
}

function entry(label, act, key = "") {
  return { label, act, key, folded: fold(label) };
}

function places() {
  return [...document.querySelectorAll("a[data-go]")].map((link) => {
    const label = (link.querySelector(".cc-rail-words") ?? link).textContent.trim();
    return entry(label, () => location.assign(link.href));
  });
}

function commands() {
  return [...document.querySelectorAll("[data-command], [data-key]")].map((target) => {
    const words = target.dataset.command || target.querySelector("span")?.textContent || target.textContent;
    const run = () => {
      dialog.close();
      target.click();
    };
    return entry(words.trim(), run, target.dataset.key ?? "");
  });
}

function finding(words) {
  const address = document.body.dataset.search;
  if (!address || !words) return [];
  const url = `${address}?${new URLSearchParams({ q: words })}`;
  return [entry(say("searchFor", { words }), () => location.assign(url), "Enter")];
}
