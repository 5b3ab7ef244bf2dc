/* A question to the reader becomes an answer: yes or no, or some words. */

import { h } from "./dom.js";
import { t } from "./strings.js";

/** True when the reader confirms. */
export const confirmBox = (title, more, yes) => ask(title, more && h("p", null, more), yes).then((value) => value !== null);

/** What the reader wrote, or null when the question was dismissed. */
export function promptBox(title, label, value = "", yes = t("dialog.save"), { required = true, type = "text" } = {}) {
  const input = h("input", { class: "field", name: "value", value, required, maxlength: 200, dir: "auto", type, autocomplete: "off" });
  return ask(title, h("label", null, label, input), yes, input);
}

function ask(title, content, yes, input = null) {
  return new Promise((resolve) => {
    const box = h(
      "dialog",
      { "aria-label": title },
      h(
        "form",
        { method: "dialog" },
        h("h2", null, title),
        content,
        h("div", { class: "row" }, h("button", { class: "button", value: "no", formnovalidate: true }, t("dialog.cancel")), h("button", { class: "button primary", value: "yes" }, yes)),
      ),
    );
    const primary = box.querySelector(".primary");
    input?.addEventListener("keydown", (event) => {
      if (event.key === "Enter") {
        event.preventDefault(); // Enter would press the first button, which cancels
        primary.click();
      }
    });
    box.addEventListener("close", () => {
      box.remove();
      resolve(box.returnValue === "yes" ? (input?.value ?? "") : null);
    });
    document.body.append(box);
    box.showModal();
    (input ?? primary).focus();
  });
}
