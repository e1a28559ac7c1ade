// The token that the page's own forms carry; the cookie itself is out of reach for scripts.
export function csrf() {
  const own = document.querySelector("input[name=csrfmiddlewaretoken]");
  if (own) return own.value;
  const headers = document.body.getAttribute("hx-headers");
  return headers ? JSON.parse(headers)["X-CSRFToken"] : "";
}
