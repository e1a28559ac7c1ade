// The bar of a list whose rows can be chosen: all shown, all of the filter, a range, none; how many, in words.
const boxes = (form) => [...document.querySelectorAll(`input[name=chon][form="${CSS.escape(form.id)}"]`)];
const every = (form) => form.querySelector("[data-bulk-every]");
let anchor;

function count(form) {
  const chosen = boxes(form).filter((box) => box.checked).length;
  const isEvery = chosen > 0 && every(form)?.disabled === false;
  const words = form.querySelector("[data-bulk-count]");
  const said = isEvery ? every(form).dataset.words : words.dataset.some.replace("{count}", chosen);
  words.textContent = chosen ? said : words.dataset.none;
  for (const button of form.querySelectorAll("button:not([type=button])")) button.disabled = !chosen;
  form.querySelector("[data-bulk-none]").hidden = !chosen;
  const all = form.querySelector("[data-bulk-all]");
  all.checked = chosen > 0 && chosen === boxes(form).length;
  all.indeterminate = chosen > 0 && !all.checked;
}

function choose(form, isChosen, { andTheRest = false } = {}) {
  for (const box of boxes(form)) box.checked = isChosen;
  if (every(form)) every(form).disabled = !andTheRest;
  count(form);
}

/** From the box that was used last to this one, which lends all of them its own state. */
function chooseTo(box) {
  const all = boxes(box.form);
  const [from, to] = [all.indexOf(anchor), all.indexOf(box)].sort((a, b) => a - b);
  if (from >= 0) for (const between of all.slice(from, to + 1)) between.checked = box.checked;
}

const countAll = () => document.querySelectorAll("[data-bulk]").forEach(count);

countAll();
// A list that came by a swap, one that the browser brought back with its ticks, one from the history.
for (const name of ["htmx:load", "htmx:historyRestore"]) document.addEventListener(name, countAll);
window.addEventListener("pageshow", countAll);

document.addEventListener("click", ({ target, shiftKey }) => {
  const form = target.form ?? target.closest("form");
  if (!form?.matches("[data-bulk]")) return;
  if (target.matches("input[name=chon]")) {
    if (shiftKey) chooseTo(target);
    anchor = target;
  } else if (target.closest("[data-bulk-take-every]")) {
    choose(form, true, { andTheRest: true });
  } else if (target.closest("[data-bulk-none]")) {
    choose(form, false);
    form.querySelector("[data-bulk-all]").focus(); // the button is gone
  }
});

document.addEventListener("change", ({ target }) => {
  const form = target.form;
  if (!form?.matches("[data-bulk]")) return;
  if (target.matches("[data-bulk-all]")) return choose(form, target.checked);
  if (every(form)) every(form).disabled = true;
  count(form);
});
