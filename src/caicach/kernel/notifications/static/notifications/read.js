// Opening a notice reads it. The link stays a link: it works in a new tab and without this script, unread then.
import { csrf } from "../ui/js/csrf.js";

function opened(event) {
  const link = event.target.closest("[data-read] .cc-notice-what");
  const address = link?.closest("[data-read]").dataset.read;
  if (!address || event.button > 1) return;
  fetch(address, {
    method: "POST",
    keepalive: true,
    headers: { "X-CSRFToken": csrf(), "X-Requested-With": "fetch" },
  });
}

document.addEventListener("click", opened);
document.addEventListener("auxclick", opened);
