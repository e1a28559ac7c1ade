// Two minutes before an idle session ends, one is asked. Other tabs count as work too.
import { csrf } from "./csrf.js";
import { openDialog } from "./dialogs.js";

const WARN_SECONDS = 120;
const LOOK_EVERY_MS = 5_000;
const SEEN = "cc-seen";
const dialog = document.querySelector("[data-session]");
const idle = Number(document.body.dataset.idle);

if (dialog && idle > WARN_SECONDS) begin();

function begin() {
  const touch = () => localStorage.setItem(SEEN, String(Date.now()));
  const left = () => idle - (Date.now() - Number(localStorage.getItem(SEEN) ?? Date.now())) / 1000;
  let asked = false;

  touch(); // the page itself was a request
  document.addEventListener("htmx:afterRequest", (event) => {
    // What the page asks by itself is not work; the server does not count it either.
    if (!event.detail.requestConfig?.headers?.["X-Background"]) touch();
  });
  document.addEventListener("cc:request", touch);

  const look = () => {
    const seconds = left();
    if (seconds <= 0) over();
    else if (seconds <= WARN_SECONDS && !asked) {
      asked = true;
      openDialog(dialog);
    } else if (seconds > WARN_SECONDS && asked) {
      asked = false;
      dialog.close(); // another tab went on working
    }
  };
  const timer = setInterval(look, LOOK_EVERY_MS);

  function over() {
    clearInterval(timer);
    dialog.querySelector("[data-session-soon]").hidden = true;
    dialog.querySelector("[data-session-over]").hidden = false;
    dialog.setAttribute("aria-labelledby", "cc-session-over-head");
    if (!dialog.open) dialog.showModal();
    dialog.querySelector("[data-session-over] a").focus();
  }

  dialog.addEventListener("cancel", (event) => event.preventDefault());
  dialog.querySelector("[data-session-stay]").addEventListener("click", async () => {
    const answer = await fetch(document.body.dataset.stay, {
      method: "POST",
      headers: { "X-CSRFToken": csrf() },
      redirect: "manual",
    }).catch(() => undefined);
    if (!answer?.ok) return over();
    touch();
    asked = false;
    dialog.close();
  });
}
