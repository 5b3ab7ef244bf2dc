/* An error becomes a box that says what happened and what to do. */

import { Problem } from "./api.js";
import { button, h, icon } from "./dom.js";
import { t } from "./strings.js";

/** `again` adds a button that tries once more. What is no Problem is a fault of the page: it is thrown on. */
export function problemBox(error, again = null) {
  if (!(error instanceof Problem)) throw error;
  return h("div.problem", { role: "alert" }, icon("warn"), h("div", h("p", error.message || t("problem.unknown")), h("p", h("code", error.code)), again && button(t("problem.again"), again, "", "again")));
}

/** What `work` gives; where it fails, `place` holds the problem with a button that tries again, and null is given. */
export async function attempt(place, work) {
  try {
    return await work();
  } catch (error) {
    place.replaceChildren(problemBox(error, () => attempt(place, work)));
    return null;
  }
}
