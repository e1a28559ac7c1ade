// A file is chosen by a button in the page's language; the browser's own, which speaks its own, stays for keys and readers.
import { say } from "./words.js";

export function begin(inputs) {
  for (const input of inputs) if (!input.dataset.begun) dress(input);
}

function dress(input) {
  input.dataset.begun = "1";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-bar";
  button.tabIndex = -1; // the field itself takes the focus
  button.setAttribute("aria-hidden", "true");
  button.textContent = say(input.multiple ? "chooseFiles" : "chooseFile");
  button.addEventListener("click", () => input.click());
  const shell = document.createElement("div");
  shell.className = "cc-file-field";
  input.before(shell);
  shell.append(input, button);
  if (!input.closest("[data-upload]")) shell.append(nameOf(input)); // there each file has a line of its own
}

function nameOf(input) {
  const chosen = document.createElement("span");
  chosen.className = "cc-quiet cc-file-chosen";
  const tell = () => {
    chosen.textContent = [...input.files].map((file) => file.name).join(", ") || say("noFile");
  };
  input.addEventListener("change", tell);
  input.form?.addEventListener("reset", () => queueMicrotask(tell));
  tell();
  return chosen;
}
