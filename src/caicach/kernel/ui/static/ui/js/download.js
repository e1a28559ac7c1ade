// Links with data-download lead to a file that takes time to make: the control that was pressed is busy until it is there.
// Those with data-busy lead to a page or a paper shown in the tab: busy until the browser leaves.
import { announce } from "./live.js";
import { toast } from "./toasts.js";
import { say } from "./words.js";

const WORDS_AFTER_MS = 2_000;
const LEAVES_WITHIN_MS = 15_000; // a browser may keep a paper as a file and stay: nothing tells when

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-download], a[data-busy]");
  if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const menu = link.closest("details[data-menu]");
  const control = menu?.querySelector("summary") ?? link;
  if (control.getAttribute("aria-busy") === "true") return event.preventDefault(); // one at a time
  menu?.removeAttribute("open");
  control.setAttribute("aria-busy", "true");
  announce(say("makingFile"));
  if (!link.matches("[data-download]")) {
    setTimeout(() => control.removeAttribute("aria-busy"), LEAVES_WITHIN_MS);
    return;
  }
  event.preventDefault();
  save(link, control);
});

async function save(link, control) {
  const waiting = setTimeout(() => toast({ text: say("makingFile") }), WORDS_AFTER_MS);
  const answer = await fetch(link.href).catch(() => undefined);
  const file = answer?.ok && !answer.redirected ? nameOf(answer) : "";
  const content = file ? await answer.blob().catch(() => undefined) : undefined;
  clearTimeout(waiting);
  control.removeAttribute("aria-busy");
  if (!content) return explain(link, answer);
  const anchor = document.createElement("a");
  anchor.href = URL.createObjectURL(content);
  anchor.download = file;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(anchor.href), 60_000);
  announce(say("fileMade", { name: file }));
}

/** The refusal that came is said here: to ask for its page would count once more against the files of an hour. */
async function explain(link, answer) {
  if (answer?.redirected) return location.assign(answer.url);
  const isPage = answer?.headers.get("Content-Type")?.startsWith("text/html");
  const page = isPage && new DOMParser().parseFromString(await answer.text().catch(() => ""), "text/html");
  const said = page && [...page.querySelectorAll("h1, h1 + .cc-lead")].map(({ textContent }) => textContent.trim());
  if (said?.length) return toast({ text: said.join(". ") });
  location.assign(link.href); // a paper shown in the tab; and without a line the browser says so itself
}

/** The name that the answer gives its file; "" when it is none to be kept. */
function nameOf(answer) {
  const given = answer.headers.get("Content-Disposition") ?? "";
  if (!given.startsWith("attachment")) return "";
  const encoded = /filename\*=utf-8''([^;]+)/i.exec(given)?.[1];
  return encoded ? decodeURIComponent(encoded) : (/filename="([^"]+)"/.exec(given)?.[1] ?? "");
}

addEventListener("pageshow", () => {
  for (const busy of document.querySelectorAll("summary[aria-busy], a[data-busy][aria-busy]")) {
    busy.removeAttribute("aria-busy");
  }
});
