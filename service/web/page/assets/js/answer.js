/* An answer becomes sentences with their numbered sources, and what was held back. */

import { citedText, sourceList } from "./citations.js";
import { h } from "./dom.js";
import { t, tryText } from "./strings.js";

export function answerBody(answer) {
  return h(
    "section",
    { class: "answer" },
    answer.rewritten && h("p", { class: "small muted" }, t("answer.understood"), " ", h("q", { dir: "auto" }, answer.rewritten)),
    h("p", { class: answer.abstained ? "abstained" : "answer-text", dir: "auto" }, answer.abstained ? t("answer.abstained") : citedText(answer.answer, answer.citations)),
    answer.abstained && h("p", { class: "small muted" }, t("answer.abstained_more")),
    answer.citations.length > 0 && h("h3", null, t("answer.sources", { n: answer.citations.length })),
    answer.citations.length > 0 && sourceList(answer.citations),
    withheld(answer),
  );
}

function withheld(answer) {
  const reasons = new Map((answer.withheld ?? []).map((each) => [each.text, each.reason]));
  if (!answer.unsupported.length) return null;
  return h(
    "details",
    { class: "withheld" },
    h("summary", null, t("answer.withheld", { n: answer.unsupported.length })),
    h("ul", null, answer.unsupported.map((text) => h("li", null, h("span", { dir: "auto" }, text), reasons.get(text) && h("span", { class: "muted" }, ` ${reasons.get(text)}`)))),
  );
}

/** How a result was made: what ran, how long each step took, what it cost, and what went wrong on the way. */
export function provenance(result) {
  const steps = Object.entries(result.timings_ms).map(([step, ms]) => h("div", null, h("dt", null, tryText(`steps.${step}`) ?? step), h("dd", null, t("made.ms", { ms: Math.round(ms) }))));
  const usage = result.usage && h("p", null, Object.entries(result.usage).map(([name, value]) => `${name} ${value}`).join(" · "));
  return h(
    "details",
    { class: "made" },
    h("summary", null, t("made.title")),
    h("p", { class: "small" }, result.backend),
    h("dl", { class: "facts small" }, steps),
    usage,
  );
}
