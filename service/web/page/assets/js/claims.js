/* The sentences worth checking become verdicts, one after another, and the reader sees how far it is. */

import { follow } from "./api.js";
import { button, h } from "./dom.js";
import { problemBox } from "./problem.js";
import { percent, t, tryText } from "./strings.js";
import { badge, verdictCard } from "./verdict.js";

export function claimsPanel(state, text) {
  const { article, worth } = state.review;
  const byId = new Map(article.sentences.map((sentence) => [sentence.id, sentence]));
  const rows = worth.map((each) => row(each, byId.get(each.sentence_id), state));
  text.markWorth(worth.map((each) => each.sentence_id));
  const bar = h("progress", { max: rows.length, value: 0, "aria-label": t("claims.progress"), hidden: true });
  const said = h("p", { class: "small muted", role: "status" }, worth.length ? t("claims.lead") : t("claims.none"));
  let stop = null;
  const all = button(t("claims.all", { n: rows.length }), () => (stop ? stop.abort() : checkAll()), { kind: "primary", disabled: !rows.length });

  async function checkAll() {
    stop = new AbortController();
    all.lastElementChild.textContent = t("chat.stop");
    bar.hidden = false;
    let done = 0;
    for (const each of rows) {
      if (stop.signal.aborted) break;
      await each.check(stop.signal);
      done += 1;
      bar.value = done;
      said.textContent = t("claims.done", { done, n: rows.length });
    }
    stop = null;
    all.lastElementChild.textContent = t("claims.all", { n: rows.length });
  }

  const element = h(
    "section",
    { class: "panel", "aria-labelledby": "claims-title" },
    h("h2", { id: "claims-title" }, t("claims.title")),
    said,
    h("div", { class: "row" }, all, bar),
    h("ol", { class: "findings" }, rows.map((each) => each.element)),
  );
  return { element };
}

function row({ score, reasons }, sentence, state) {
  const outcome = h("div", { class: "outcome" });
  const one = button(t("claims.check"), () => check(), { kind: "quiet" });
  const head = h("div", { class: "row" }, h("span", { class: "small muted grow" }, t("claims.score", { score: percent(score) }), ...reasons.slice(0, 2).map((reason) => ` · ${tryText(`worth.${reason}`) ?? reason}`)), one);
  async function check(signal) {
    one.disabled = true;
    outcome.replaceChildren(h("p", { class: "small muted", role: "status" }, t("stages.judging")));
    try {
      const body = { claim: sentence.text, without_article: state.review.article_id };
      const report = await follow("/v1/check", state.review.article.published ? { ...body, as_of: state.review.article.published } : body, () => {}, signal);
      const isCopy = report.citations.some((citation) => citation.quote === sentence.text);
      outcome.replaceChildren(h("details", null, h("summary", null, badge(report.label)), verdictCard(report)), ...(isCopy ? [h("p", { class: "small muted" }, t("claims.same_words"))] : []));
    } catch (error) {
      outcome.replaceChildren(...(error.name === "AbortError" ? [] : [problemBox(error, () => check())]));
    }
    one.disabled = false;
  }
  return { element: h("li", { class: "worth-row card" }, h("p", { dir: "auto" }, sentence.text), head, outcome), check };
}
