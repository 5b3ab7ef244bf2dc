/* An answer becomes sentences with their numbered sources, and what was held back. */

import { citedText, sourceList } from "./citations.js";
import { folded, h } from "./dom.js";
import { t } from "./strings.js";

export function answerBody(answer) {
  const { citations, unsupported, withheld = [] } = answer;
  const heldBack = unsupported.map((text) => h("li", text, h("span.muted", ` ${withheld.find((each) => each.text === text)?.reason ?? ""}`)));
  return h(
    "section.answer.stack",
    answer.rewritten && h("p.small.muted", t("answer.understood"), " ", h("q", answer.rewritten)),
    answer.abstained ? [h("p.abstained", t("answer.abstained")), h("p.small.muted", t("answer.abstained_more"))] : h("p.answer-text", citedText(answer.answer, citations)),
    citations.length > 0 && [h("h3", t("answer.sources", { n: citations.length })), sourceList(citations)],
    heldBack.length > 0 && folded("withheld.small", t("answer.withheld", { n: heldBack.length }), h("ul", heldBack)),
  );
}
