// What a browser finds wrong with a field is said in the page's language, not in that of the browser.
import { say } from "./words.js";

const CHOSEN = new Set(["select-one", "select-multiple", "radio", "checkbox", "file"]);

/** Why the field cannot be sent, in our words; "" for what only the page itself found. */
function reason(field) {
  const { validity, min, max, minLength, maxLength } = field;
  if (validity.valueMissing) return say(CHOSEN.has(field.type) ? "fieldChoose" : "fieldMissing");
  if (validity.badInput || validity.stepMismatch) return say(field.type === "number" ? "fieldNumber" : "fieldWrong");
  if (validity.rangeOverflow || validity.rangeUnderflow) return range(min, max);
  if (validity.tooLong) return say("fieldTooLong", { count: maxLength });
  if (validity.tooShort) return say("fieldTooShort", { count: minLength });
  if (validity.typeMismatch) return say(field.type === "email" ? "fieldMail" : "fieldWrong");
  return validity.patternMismatch ? field.title || say("fieldWrong") : "";
}

function range(min, max) {
  if (min && max) return say("fieldRange", { min, max });
  return max ? say("fieldAtMost", { max }) : say("fieldAtLeast", { min });
}

document.addEventListener("invalid", ({ target }) => {
  if (!target.validity.customError) target.setCustomValidity(reason(target));
}, { capture: true });

// Our words make a field invalid by themselves: they go with the next change, of any button of a group.
for (const name of ["input", "change"]) {
  document.addEventListener(name, ({ target }) => {
    const group = target.type === "radio" ? target.form?.elements[target.name] : undefined;
    for (const field of group instanceof RadioNodeList ? group : [target]) field.setCustomValidity?.("");
  }, { capture: true });
}
