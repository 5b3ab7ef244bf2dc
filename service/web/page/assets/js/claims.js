/* The sentences worth checking become verdicts, one after another, and the reader sees how far it is. */

import { follow } from "./api.js";
import { button, byId, folded, h, status } from "./dom.js";
import { problemBox } from "./problem.js";
import { percent, t } from "./strings.js";
import { badge, verdictCard } from "./verdict.js";

const all = byId("check-all");
const bar = byId("progress");
let rows = [];
let stop = null;

/** Shows a review's `worth`; no claim is checked against the article itself, nor against a stored copy of it. */
export function showClaims(review) {
  stop?.abort();
  rows = review.worth.map((each) => row(each, review));
  byId("worth").replaceChildren(...rows.map((each) => each.element));
  byId("checked").textContent = t(rows.length ? "claims.lead" : "claims.none");
  bar.hidden = true;
  all.hidden = !rows.length;
  bar.max = rows.length;
  name(false);
}

const name = (isRunning) => (all.textContent = isRunning ? t("chat.stop") : t("claims.all", { n: rows.length }));

all.addEventListener("click", async () => {
  if (stop) return stop.abort();
  const { signal } = (stop = new AbortController());
  const mine = rows;
  name(true);
  bar.hidden = false;
  for (bar.value = 0; bar.value < mine.length && !signal.aborted; bar.value += 1) {
    await mine[bar.value].check(signal);
    if (mine === rows) byId("checked").textContent = t("claims.done", { done: bar.value + 1, n: mine.length });
  }
  stop = null;
  name(false);
});

function row({ sentence_id: id, score, reasons }, { article, own }) {
  const { text } = article.sentences.find((sentence) => sentence.id === id);
  const outcome = h("div");
  const one = button(t("claims.check"), () => check(), "quiet");
  const why = [t("claims.score", { score: percent(score) }), ...reasons.slice(0, 2)];
  async function check(signal) {
    one.disabled = true;
    outcome.replaceChildren(status(t("stages.judging")));
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
