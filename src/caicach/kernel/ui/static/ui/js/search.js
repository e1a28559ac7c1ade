// What the search box finds while one types, under the box: arrows go through it, Escape closes it.
const hits = document.getElementById("cc-hits");
const box = document.querySelector("[data-search-box]");

if (hits && box) begin();

function begin() {
  const links = () => [...hits.querySelectorAll("a[href]")];
  const close = () => {
    hits.hidden = true;
  };
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target === hits) hits.hidden = !box.value.trim() || !hits.textContent.trim();
  });
  box.form.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !hits.hidden) {
      close();
      box.focus();
      event.stopPropagation();
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const all = links();
    if (!step || hits.hidden || !all.length) return;
    event.preventDefault();
    const next = all.indexOf(document.activeElement) + step;
    (all[next] ?? (next < 0 ? box : all[0])).focus();
  });
  box.form.addEventListener("focusout", (event) => {
    if (!box.form.contains(event.relatedTarget)) close();
  });
}

/** For the palette: (label, address) of what the words find; the room that searches answers with links. */
export async function find(address, words, signal) {
  const url = `${address}?${new URLSearchParams({ q: words, box: "1" })}`;
  const answer = await fetch(url, { headers: { "HX-Request": "true" }, signal });
  if (!answer.ok || answer.redirected) return [];
  const found = new DOMParser().parseFromString(await answer.text(), "text/html");
  return [...found.querySelectorAll("a[href]")].map((link) => ({
    label: link.textContent.trim().replace(/\s+/g, " "),
    href: link.getAttribute("href"),
  }));
}
