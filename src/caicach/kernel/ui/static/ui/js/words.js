// Sentences come from the page; scripts hold none of their own.
const block = document.getElementById("cc-words");
const words = block ? JSON.parse(block.textContent) : {};

/** The sentence `name` with {placeholders} filled. */
export function say(name, values = {}) {
  return (words[name] ?? "").replace(/\{(\w+)\}/g, (_whole, key) => values[key] ?? "");
}

/** As the search folds: lower, accents off, đ = d. */
export function fold(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("đ", "d");
}

/** Bytes as people read them, in the page's language: "8,4 MB". */
export function size(bytes) {
  const language = document.documentElement.lang || "vi";
  const [value, unit] = bytes < 1024 * 1024 ? [bytes / 1024, "KB"] : [bytes / 1024 / 1024, "MB"];
  return `${value.toLocaleString(language, { maximumFractionDigits: value < 10 ? 1 : 0 })} ${unit}`;
}

/** 24 hours: "14:05". */
export function clock(date = new Date()) {
  return date.toLocaleTimeString("vi", { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: "Asia/Ho_Chi_Minh" });
}
