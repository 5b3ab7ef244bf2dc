/* The pane beside the main column: opened by a control, which gets the focus back when it closes. */

import { byId } from "./dom.js";

let opener = null;

/** Shows the pane; `from` is the control that asked for it, or null to keep the last one. */
export function openPane(from) {
  opener = from ?? opener;
  show(true, from);
}

export function closePane() {
  show(false, null);
  byId("pane").replaceChildren();
  opener?.focus();
}

function show(is, control) {
  byId("pane").hidden = !is;
  document.body.classList.toggle("has-pane", is);
  document.querySelector(".is-open")?.classList.remove("is-open");
  control?.classList.add("is-open");
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !byId("pane").hidden && !document.querySelector("dialog[open]")) closePane();
});
