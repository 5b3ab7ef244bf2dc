/* The sentences worth checking become verdicts, one after another, and the reader sees how far it is. */

import { follow } from "./api.js";
import { button, folded, h, section } from "./dom.js";
import { problemBox } from "./problem.js";
import { percent, t, tryText } from "./strings.js";
import { badge, verdictCard } from "./verdict.js";

/** The element for a review's `worth`; no claim is checked against the article itself, nor against a stored copy of it. */
export function claimsPanel(review) {
  const rows = review.worth.map((each) => row(each, review));
  const bar = h("progress.grow", { max: rows.length, value: 0, "aria-label": t("claims.progress"), hidden: true });
  const said = h("p.small.muted", { role: "status" }, t(rows.length ? "claims.lead" : "claims.none"));
  let stop = null;
  const name = (words) => (all.lastChild.textContent = words);
  const all = button(t("claims.all", { n: rows.length }), () => (stop ? stop.abort() : checkAll()), "primary", "", { disabled: !rows.length });

  async function checkAll() {
    stop = new AbortController();
    name(t("chat.stop"));
    bar.hidden = false;
    for (bar.value = 0; bar.value < rows.length && !stop.signal.aborted; bar.value += 1) {
      await rows[bar.value].check(stop.signal);
      said.textContent = t("claims.done", { done: bar.value + 1, n: rows.length });
    }
    stop = null;
    name(t("claims.all", { n: rows.length }));
  }

  return section("claims", t("claims.title"), said, h("div.row", all, bar), h("ol.stack", rows.map((each) => each.element)));
}

function row({ sentence_id: id, score, reasons }, { article, own }) {
  const { text } = article.sentences.find((sentence) => sentence.id === id);
  const outcome = h("div");
  const one = button(t("claims.check"), () => check(), "quiet");
  const why = [t("claims.score", { score: percent(score) }), ...reasons.slice(0, 2).map((reason) => tryText(`worth.${reason}`, reason))];
  async function check(signal) {
    one.disabled = true;
    outcome.replaceChildren(h("p.small.muted", { role: "status" }, t("stages.judging")));
    try {
      const body = { claim: text, without_articles: own, as_of: article.published };
      const report = await follow("/v1/check", body, () => {}, signal);
      outcome.replaceChildren(folded("outcome", badge(report.label), verdictCard(report)));
    } catch (error) {
      outcome.replaceChildren(error.name === "AbortError" ? "" : problemBox(error, () => check()));
    }
    one.disabled = false;
  }
  return { element: h("li.worth-row.card.stack", h("p", text), h("div.row", h("span.small.muted.grow", why.join(" · ")), one), outcome), check };
}
