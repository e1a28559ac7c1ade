// Many links that are one stop of the Tab key: it reaches the one that last had the focus, arrows reach the others.
const ARROWS = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

/** group : outlives what `selector` finds in it, which may be replaced at any time. */
export function begin(group, selector) {
  const all = () => [...group.querySelectorAll(selector)];
  const settle = (chosen = all()[0]) => {
    for (const each of all()) each.tabIndex = each === chosen ? 0 : -1;
  };
  group.addEventListener("focusin", ({ target }) => {
    if (target.matches(selector)) settle(target);
  });
  group.addEventListener("keydown", (event) => {
    if (!ARROWS[event.key] || event.ctrlKey || event.metaKey || event.altKey || !event.target.matches(selector)) return;
    const every = all();
    every[every.indexOf(event.target) + ARROWS[event.key]]?.focus();
    event.preventDefault();
  });
  new MutationObserver(() => settle()).observe(group, { childList: true });
  settle();
}
