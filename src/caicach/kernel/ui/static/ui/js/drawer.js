// The panel beside the page: focus to its head, Escape closes, focus back to what opened it.
const drawer = () => document.querySelector("#drawer [data-drawer]");
let opener;

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-opens-drawer]");
  if (link && !link.closest("[data-drawer]")) opener = link;
  if (event.target.closest("[data-close-drawer]")) close();
});

document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.target?.id !== "drawer") return;
  document.querySelector("#cc-drawer-head")?.focus({ preventScroll: true });
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.defaultPrevented && !document.querySelector("dialog[open]") && drawer()) close();
});

function close() {
  const host = document.getElementById("drawer");
  if (!host || !drawer()) return;
  host.replaceChildren();
  document.dispatchEvent(new CustomEvent("cc:drawer-closed"));
  // The page may have swapped the opener away meanwhile.
  if (opener?.isConnected) opener.focus();
  else document.getElementById("noi-dung")?.focus({ preventScroll: true });
  opener = undefined;
}
