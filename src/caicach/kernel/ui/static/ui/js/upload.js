// Files go one after the other, each with its bar; a broken one names itself and the rest are kept.
import { announce } from "./live.js";
import { csrf } from "./csrf.js";
import { say, size } from "./words.js";

export function begin(holders) {
  for (const holder of holders) if (!holder.dataset.begun && holder.dataset.action) prepare(holder);
}

function prepare(holder) {
  holder.dataset.begun = "1";
  const input = holder.querySelector("input[type=file]");
  const drop = holder.querySelector("[data-drop]");
  const list = holder.querySelector("[data-files]");
  let chain = Promise.resolve();

  const take = (files) => {
    for (const file of files) chain = chain.then(() => new Sending(holder, list, file).run());
  };
  input.addEventListener("change", () => {
    take([...input.files]);
    input.value = ""; // what was chosen travels by itself; the form must not send it again
  });
  for (const name of ["dragenter", "dragover"]) {
    drop.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.add("cc-drop-over");
    });
  }
  drop.addEventListener("dragleave", (event) => {
    if (!drop.contains(event.relatedTarget)) drop.classList.remove("cc-drop-over");
  });
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("cc-drop-over");
    take([...event.dataTransfer.files]);
  });
}

class Sending {
  constructor(holder, list, file) {
    this.holder = holder;
    this.file = file;
    this.row = document.createElement("li");
    this.row.className = "cc-file";
    list.append(this.row);
  }

  run() {
    const most = Number(this.holder.dataset.most);
    if (most && this.file.size > most) {
      this.fail(say("tooBig", { name: this.file.name, size: size(this.file.size), most: size(most) }), false);
      return Promise.resolve();
    }
    return new Promise((resolve) => this.send(resolve));
  }

  send(resolve) {
    const request = new XMLHttpRequest();
    const bar = this.show(request);
    request.upload.addEventListener("progress", (event) => {
      if (!event.lengthComputable) return;
      bar.max = event.total;
      bar.value = event.loaded;
      this.detail.textContent = `${size(event.loaded)} / ${size(event.total)}`;
    });
    request.addEventListener("load", () => {
      if (request.status >= 200 && request.status < 300) this.succeed(JSON.parse(request.responseText || "{}"));
      else this.fail(reason(request) ?? say("sendFailed", { name: this.file.name }), mayPass(request.status));
      resolve();
    });
    request.addEventListener("error", () => {
      this.fail(say("sendFailed", { name: this.file.name }), true);
      resolve();
    });
    request.addEventListener("abort", () => {
      this.row.remove();
      announce(say("stopped", { name: this.file.name }));
      resolve();
    });
    request.open("POST", this.holder.dataset.action);
    request.setRequestHeader("X-CSRFToken", csrf());
    request.setRequestHeader("Accept", "application/json, application/problem+json");
    const body = new FormData();
    body.append("file", this.file);
    request.send(body);
  }

  show(request) {
    const words = document.createElement("div");
    const line = document.createElement("div");
    line.className = "cc-progress-words";
    const name = document.createElement("span");
    name.className = "cc-name";
    name.textContent = this.file.name;
    this.detail = document.createElement("span");
    this.detail.className = "cc-quiet";
    line.append(name, this.detail);
    const bar = document.createElement("progress");
    bar.className = "cc-progress";
    bar.setAttribute("aria-label", this.file.name);
    words.append(line, bar);
    this.row.replaceChildren(words, this.button(say("stop"), () => request.abort()));
    return bar;
  }

  button(text, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "btn btn-bar btn-quiet";
    made.textContent = text;
    made.addEventListener("click", act);
    return made;
  }

  succeed(answer) {
    const name = document.createElement("span");
    name.className = "cc-name";
    name.textContent = answer.name ?? this.file.name;
    const kept = document.createElement("input");
    kept.type = "hidden";
    kept.name = this.holder.dataset.name;
    kept.value = answer.id ?? "";
    this.row.replaceChildren(name, this.button(say("remove"), () => this.row.remove()), kept);
    announce(say("sent", { name: this.file.name }));
    for (const words of answer.notices ?? []) this.warn(words);
    document.dispatchEvent(new CustomEvent("cc:request"));
    this.holder.dispatchEvent(new CustomEvent("cc:uploaded", { bubbles: true, detail: answer }));
    if (answer.redirect) location.assign(answer.redirect);
  }

  /** It was taken, and something about it is worth a look before the form goes out. */
  warn(text) {
    const words = document.createElement("p");
    words.className = "cc-warning cc-file-error";
    words.textContent = `${this.file.name}: ${text}`;
    this.row.append(words);
    announce(words.textContent);
  }

  fail(text, again) {
    const name = document.createElement("span");
    name.className = "cc-name";
    name.textContent = this.file.name;
    const words = document.createElement("p");
    words.className = "cc-error cc-file-error";
    words.textContent = text;
    const acts = document.createElement("span");
    acts.className = "cc-row";
    if (again) acts.append(this.button(say("again"), () => this.run()));
    acts.append(this.button(say("remove"), () => this.row.remove()));
    this.row.replaceChildren(name, acts, words);
    announce(text);
  }
}

/** A server without room or time may take the same file later; one that refused the file itself will not. */
function mayPass(status) {
  return status >= 500 || status === 429;
}

function reason(request) {
  if (!request.getResponseHeader("Content-Type")?.includes("json")) return undefined;
  const problem = JSON.parse(request.responseText);
  const fields = Object.values(problem.errors ?? {}).flat();
  return fields[0] ?? problem.detail;
}
