// Passkeys are offered where the browser knows them; what goes wrong is said beside the button.
if (window.PublicKeyCredential) {
  for (const offer of document.querySelectorAll("[data-needs-passkeys]")) offer.hidden = false;
}

document.addEventListener("allauth.error", (event) => {
  event.preventDefault(); // said here, not in the console
  const words = document.getElementById("cc-passkey-failed");
  const place = document.querySelector(".cc-entrance-card, .cc-form");
  place?.append(words);
  words.hidden = false;
});
