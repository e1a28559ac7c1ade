// The one line that readers hear. Emptied first, so that the same sentence twice is said twice.
let waiting;

export function announce(text) {
  const line = document.getElementById("cc-live");
  if (!line || !text) return;
  line.textContent = "";
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    line.textContent = text;
  }, 60);
}
