/* The pane beside the main column: opened by a control, which gets the focus back when it closes. */

import { byId } from "./dom.js";

let opener = null;

/** Shows the pane; `from` is the control that asked for it, or null to keep the last one. */
export function openPane(from) {
  opener = from ?? opener;
  byId("pane").hidden = false;
  document.body.classList.add("has-pane");
  markOpen(from);
}

export function closePane() {
  const pane = byId("pane");
  pane.hidden = true;
  pane.replaceChildren();
  document.body.classList.remove("has-pane");
  markOpen(null);
  opener?.focus();
}

function markOpen(control) {
  for (const each of document.querySelectorAll(".is-open")) each.classList.remove("is-open");
  control?.classList.add("is-open");
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !byId("pane").hidden && !document.querySelector("dialog[open]")) closePane();
});
