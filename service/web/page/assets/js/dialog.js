/* A question to the reader becomes an answer: yes or no, some words, or the fields of a form. */

import { h } from "./dom.js";
import { t } from "./strings.js";

/** True when the reader confirms. */
export const confirmBox = (title, more, yes) => open(title, h("p", null, more), yes).then((form) => form !== null);

/** What the reader wrote, or null when the question was dismissed. */
export const promptBox = (title, label, value = "") => formBox(title, [{ name: "value", label, value, required: true, maxlength: 200 }]).then((given) => given?.value ?? null);

/** The fields that were filled in, by name, or null. A field: {name, label, kind?: "textarea"|"choice", choices?,
 *  and attributes of its input}. What is left empty is left out. */
export async function formBox(title, fields, yes = t("dialog.save")) {
  const form = await open(title, fields.map(field), yes);
  if (!form) return null;
  const given = [...new FormData(form)].filter(([name, value]) => name !== "go" && value.trim());
  return Object.fromEntries(given);
}

function field({ name, label, kind = "input", choices = [], value = "", ...attributes }) {
  if (kind === "choice") return choiceField(name, label, choices, attributes);
  const input = h(kind, { class: "field", name, dir: "auto", autocomplete: "off", ...(kind === "textarea" ? { rows: 3 } : {}), ...attributes });
  input.value = value;
  return h("label", null, label, input);
}

const choiceField = (name, label, choices, { required }) => h("fieldset", { class: "choice" }, h("legend", null, label), choices.map(([value, words]) => h("label", null, h("input", { type: "radio", name, value, required }), words)));

/** The form of a dialog once it was sent, or null when it was dismissed. */
function open(title, content, yes) {
  return new Promise((resolve) => {
    const form = h(
      "form",
      { method: "dialog" },
      h("h2", null, title),
      content,
      h("div", { class: "row" }, h("button", { class: "button", type: "button", onclick: () => box.close("no") }, t("dialog.cancel")), h("button", { class: "button primary", name: "go", value: "yes" }, yes)),
    );
    const box = h("dialog", { "aria-label": title }, form);
    box.addEventListener("close", () => {
      box.remove();
      resolve(box.returnValue === "yes" ? form : null);
    });
    document.body.append(box);
    box.showModal();
    (form.querySelector("input, textarea") ?? form.querySelector(".primary")).focus();
  });
}
