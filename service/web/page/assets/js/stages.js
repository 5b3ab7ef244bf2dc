/* The stages of a request as they happen, in words and for screen readers. */

import { button, h } from "./dom.js";
import { t, tryText } from "./strings.js";

/** A line that names the stage reached, keeps those behind it, and can be stopped. */
export function progress() {
  const line = h("ol", { class: "stages", role: "status" }, stage(t("stages.sent")));
  const stop = button(t("chat.stop"), () => stopped(), { kind: "quiet" });
  let stopped = () => {};
  return {
    element: h("div", { class: "progress" }, line, stop),
    reach(name, count) {
      const words = tryText(`stages.${name}`, { n: count ?? 0 }) ?? name;
      line.lastElementChild.classList.remove("is-now");
      line.append(stage(words));
    },
    onstop(listener) {
      stopped = listener;
    },
  };
}

const stage = (words) => h("li", { class: "is-now" }, words);
