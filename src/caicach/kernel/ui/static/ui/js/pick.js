// A list to choose from under a text field: what is typed narrows it, accents are not needed, the keyboard reaches all.
import { announce } from "./live.js";
import { fold, say } from "./words.js";

const MOST = 12;
let made = 0;

export function begin(fields) {
  for (const field of fields) {
    if (field.dataset.pickBegun) continue;
    if (field.matches("select")) overSelect(field);
    else attach(field, document.getElementById(field.dataset.pick));
  }
}

/**
 * A <select data-pick> too long to read through: it stays what is sent, and a text field that finds its options stands in
 * its place. Without script it is a select like any other.
 */
function overSelect(select) {
  const options = [...select.options].filter(({ value }) => value);
  const input = document.createElement("input");
  input.type = "text";
  input.className = "form-control";
  input.required = select.required;
  input.dataset.pickStrict = "";
  const described = select.getAttribute("aria-describedby");
  if (described) input.setAttribute("aria-describedby", described);
  [input.id, select.id] = [select.id, `${select.id}-chosen`]; // the label goes with what is seen
  input.value = select.value ? select.selectedOptions[0].text.trim() : "";
  select.required = false;
  select.hidden = true;
  select.dataset.pickBegun = "1";
  select.before(input);
  // Two options may read the same: which one was picked is told by its own value, and typing alone chooses neither.
  let picked = select.value;
  attach(
    input,
    { options: options.map(({ text, value }) => ({ value: text.trim(), textContent: "", stands: value })) },
    { most: options.length, onTake: ({ stands }) => (picked = stands) },
  );
  const settle = () => {
    const alike = options.filter(({ text }) => text.trim() === input.value.trim());
    const chosen = alike.find(({ value }) => value === picked) ?? (alike.length === 1 ? alike[0] : undefined);
    picked = chosen?.value ?? "";
    select.value = picked;
    input.setCustomValidity(select.value || !input.value ? "" : say("pickOne"));
  };
  for (const name of ["input", "change", "cc:picked"]) input.addEventListener(name, settle);
}

/**
 * source : a <datalist>, or any { options }; an option's text is a second name, which finds it too.
 * onTake : called with the option that was taken; `stands` is what it stands for, where the source says so.
 * data-pick-strict on the input: nothing else can be right, so the best fitting option is offered to Enter at once.
 */
export function attach(input, source, { most = MOST, onTake = () => {} } = {}) {
  input.dataset.pickBegun = "1";
  input.removeAttribute("list"); // the browser's own list needs accents
  const isStrict = "pickStrict" in input.dataset;
  const every = [...source.options].map(({ value, textContent, stands }) => ({
    value,
    stands,
    hint: textContent.trim() === value ? "" : textContent.trim(),
    words: wordsOf(`${value} ${textContent}`),
  }));
  const list = listbox();
  let shown = [];
  let at = -1;

  const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id };
  for (const [name, value] of Object.entries({ ...attributes, autocomplete: "off" })) input.setAttribute(name, value);

  input.addEventListener("input", () => open(input.value));
  input.addEventListener("click", () => !list.isConnected && open(""));
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return; // the key belongs to the input method
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (!list.isConnected) open("");
      choose(at < 0 && step < 0 ? shown.length - 1 : at + step);
    } else if (event.key === "Enter" && list.isConnected && shown[at]) {
      event.preventDefault(); // the first Enter chooses, a form is sent by the next
      take(shown[at]);
    } else if (event.key === "Tab" && list.isConnected && shown[at]) {
      take(shown[at]);
    } else if (event.key === "Escape" && list.isConnected) {
      event.preventDefault();
      close();
    }
  });

  function open(typed) {
    const words = wordsOf(typed);
    const named = every.filter((option) => isNamedBy(words, option.words));
    shown = inOrderOf(words, named).slice(0, most);
    if (!shown.length) return close();
    list.replaceChildren(...shown.map(option));
    if (!list.isConnected) {
      (input.closest("dialog, main") ?? document.body).append(list);
      list.showPopover();
      addEventListener("scroll", follow, true);
    }
    follow();
    input.setAttribute("aria-expanded", "true");
    choose(isStrict && words.length ? 0 : -1);
    announce(say("results", { count: shown.length }));
  }

  function option({ value, hint }, place) {
    const item = document.createElement("li");
    item.id = `${list.id}-${place}`;
    item.setAttribute("role", "option");
    item.textContent = value;
    if (hint) item.append(Object.assign(document.createElement("span"), { className: "cc-quiet", textContent: ` ${hint}` }));
    item.addEventListener("pointerdown", (event) => {
      event.preventDefault(); // the field keeps the focus
      take(shown[place]);
      input.dispatchEvent(new CustomEvent("cc:picked"));
    });
    return item;
  }

  function choose(place) {
    at = shown.length && place >= 0 ? place % shown.length : -1;
    [...list.children].forEach((item, number) => item.setAttribute("aria-selected", String(number === at)));
    if (at < 0) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", list.children[at].id);
    list.children[at]?.scrollIntoView({ block: "nearest" });
  }

  function take(option) {
    input.value = option.value;
    onTake(option);
    close();
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function close() {
    removeEventListener("scroll", follow, true);
    list.remove();
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  /** Under the field, or over it where there is more room. */
  function follow() {
    if (!input.isConnected) return close();
    const field = input.getBoundingClientRect();
    const below = innerHeight - field.bottom;
    const isAbove = below < list.offsetHeight + 8 && field.top > below;
    list.style.left = `${Math.max(8, Math.min(field.left, innerWidth - list.offsetWidth - 8))}px`;
    list.style.top = isAbove ? "auto" : `${field.bottom + 4}px`;
    list.style.bottom = isAbove ? `${innerHeight - field.top + 4}px` : "auto";
    list.style.minWidth = `${field.width}px`;
  }
}

const wordsOf = (text) => fold(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);

/**
 * Each typed word begins a word of the name, and none of them stands for two: "vu vu tru" does not name "Trường Đại học Nội
 * vụ", which Enter would else take for it.
 */
function isNamedBy(typed, words) {
  const left = [...words];
  // The longest first, so that "v" does not take the word that only "vu" could have.
  return [...typed].sort((one, other) => other.length - one.length).every((word) => {
    const place = left.findIndex((each) => each.startsWith(word));
    if (place >= 0) left.splice(place, 1);
    return place >= 0;
  });
}

/** Names that say the typed words one after the other come first, the earlier they say them: "số hóa" before "sở … hoàn". */
function inOrderOf(typed, options) {
  const place = ({ words }) => {
    const found = words.findIndex((_word, from) => typed.every((word, step) => words[from + step]?.startsWith(word)));
    return found < 0 ? Infinity : found;
  };
  const places = new Map(options.map((option) => [option, place(option)]));
  return [...options].sort((one, other) => (places.get(one) === places.get(other) ? 0 : places.get(one) - places.get(other)));
}

function listbox() {
  const list = document.createElement("ul");
  list.className = "cc-pick";
  list.id = `cc-pick-${(made += 1)}`;
  list.setAttribute("role", "listbox");
  list.popover = "manual";
  return list;
}
