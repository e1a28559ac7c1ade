// Panes side by side: the edge between two moves by mouse and by arrows and is kept; on a narrow screen they are tabs.
const LEAST = 20;
const MOST = 80;
const STEP = 2;

export function begin(holders) {
  for (const holder of holders) {
    if (holder.dataset.panesBegun) continue;
    holder.dataset.panesBegun = "1";
    const panes = [...holder.querySelectorAll(":scope > .cc-pane")];
    tabs(holder, panes);
    if (panes.length === 2) edge(holder, panes[0]);
  }
}

function nameOf(pane) {
  return pane.getAttribute("aria-label") ?? pane.querySelector("h2")?.textContent.trim() ?? "";
}

function tabs(holder, panes) {
  const bar = document.createElement("div");
  bar.className = "cc-tabs cc-pane-tabs";
  const list = document.createElement("ul");
  list.setAttribute("role", "tablist");
  bar.append(list);
  const buttons = panes.map((pane, at) => {
    pane.id ||= `cc-pane-${at}`;
    const item = document.createElement("li");
    item.setAttribute("role", "presentation");
    const button = document.createElement("button");
    button.type = "button";
    button.setAttribute("role", "tab");
    button.setAttribute("aria-controls", pane.id);
    button.textContent = nameOf(pane);
    button.addEventListener("click", () => choose(at));
    item.append(button);
    list.append(item);
    return button;
  });
  list.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = (buttons.indexOf(document.activeElement) + step + buttons.length) % buttons.length;
    choose(next);
    buttons[next].focus();
  });
  const choose = (chosen) => {
    panes.forEach((pane, at) => pane.toggleAttribute("data-away", at !== chosen));
    buttons.forEach((button, at) => {
      button.setAttribute("aria-selected", String(at === chosen));
      button.tabIndex = at === chosen ? 0 : -1;
    });
  };
  holder.before(bar);
  choose(Math.max(panes.findIndex((pane) => pane.hasAttribute("data-first")), 0));
}

function edge(holder, first) {
  const key = `cc-pane-${holder.dataset.panes}`;
  const bar = document.createElement("div");
  bar.className = "cc-pane-edge";
  bar.tabIndex = 0;
  bar.setAttribute("role", "separator");
  bar.setAttribute("aria-orientation", "vertical");
  bar.setAttribute("aria-valuemin", LEAST);
  bar.setAttribute("aria-valuemax", MOST);
  bar.setAttribute("aria-label", nameOf(first));
  bar.setAttribute("aria-controls", first.id);
  first.after(bar);

  const set = (percent) => {
    const kept = Math.min(Math.max(Math.round(percent), LEAST), MOST);
    holder.style.setProperty("--cc-pane", kept);
    bar.setAttribute("aria-valuenow", kept);
    localStorage.setItem(key, kept);
  };
  set(Number(localStorage.getItem(key)) || 40);

  bar.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key];
    if (!step) return;
    event.preventDefault();
    set(Number(bar.getAttribute("aria-valuenow")) + step);
  });
  bar.addEventListener("pointerdown", (event) => {
    bar.setPointerCapture(event.pointerId);
    const move = (moved) => {
      const box = holder.getBoundingClientRect();
      set(((moved.clientX - box.left) / box.width) * 100);
    };
    bar.addEventListener("pointermove", move);
    bar.addEventListener("pointerup", () => bar.removeEventListener("pointermove", move), { once: true });
  });
}
