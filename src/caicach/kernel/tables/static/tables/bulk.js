// The bar of a list whose rows can be chosen: all shown at once, and how many are chosen in words.
const boxes = (form) => [...document.querySelectorAll(`input[name=chon][form="${CSS.escape(form.id)}"]`)];

function count(form) {
  const chosen = boxes(form).filter((box) => box.checked).length;
  const words = form.querySelector("[data-bulk-count]");
  words.textContent = chosen ? words.dataset.some.replace("{count}", chosen) : words.dataset.none;
  for (const button of form.querySelectorAll("button")) button.disabled = !chosen;
  const all = form.querySelector("[data-bulk-all]");
  all.checked = chosen > 0 && chosen === boxes(form).length;
  all.indeterminate = chosen > 0 && !all.checked;
}

for (const form of document.querySelectorAll("[data-bulk]")) count(form);

document.addEventListener("change", (event) => {
  const form = event.target.form;
  if (!form?.matches("[data-bulk]")) return;
  if (event.target.matches("[data-bulk-all]")) for (const box of boxes(form)) box.checked = event.target.checked;
  count(form);
});
