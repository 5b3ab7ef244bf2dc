/* A dialog of the page becomes an answer: the fields that its reader filled in. */

import { byId } from "./dom.js";

/** Shows the dialog of that id, its fields holding `values` by name, its elements of a class saying `words`. Gives the
 *  fields that were filled in, by name, or null when it was dismissed. */
export function ask(id, values = {}, words = {}) {
  const box = byId(id);
  const form = box.querySelector("form");
  form.reset();
  for (const [name, value] of Object.entries(values)) form.elements[name].value = value;
  for (const [name, text] of Object.entries(words)) box.querySelector(`.${name}`).textContent = text;
  box.returnValue = "";
  box.showModal();
  const given = () => Object.fromEntries([...new FormData(form)].filter(([, value]) => value.trim()));
  return new Promise((resolve) => box.addEventListener("close", () => resolve(box.returnValue === "yes" ? given() : null), { once: true }));
}

export const confirmed = async (title, more, yes) => (await ask("confirm", {}, { title, more, yes })) !== null;

let asking = null;

/** The key of a desk that wants one: asked for once, however many requests wait for it, and again when dismissed. */
export const askForKey = (why) => (asking ??= insist(why).finally(() => (asking = null)));

const insist = async (why) => (await ask("sign-in", {}, { why }))?.key ?? insist(why);
