/* Findings become a list by severity: each with both passages, and what the editor decides about it. */

import { chip } from "./citations.js";
import { ask } from "./dialog.js";
import { button, byId, folded, h, icon } from "./dom.js";
import { compareLetters, cut, slice } from "./pieces.js";
import { t } from "./strings.js";

const RANK = ["error", "warning", "note"];

export function showFindings(state) {
  const { findings, suppressed = [] } = state.review;
  const order = findings.map((finding, number) => ({ finding, number })).sort((a, b) => RANK.indexOf(a.finding.severity) - RANK.indexOf(b.finding.severity));
  const open = findings.filter((finding) => !state.decisions.has(finding)).length;
  byId("findings-title").textContent = t("review.findings", { n: findings.length });
  byId("open").textContent = findings.length ? t("review.open", { n: open, all: findings.length }) : t("review.clean");
  byId("findings").replaceChildren(...order.map(({ finding, number }) => card(finding, number, state)));
  const silenced = suppressed.map(({ finding, reason, origin }) => h("li", `${finding.code} ${finding.message} `, h("em", `${reason} (${origin})`)));
  byId("silenced").replaceChildren(silenced.length ? folded("small", t("review.suppressed", { n: silenced.length }), h("ul", silenced)) : "");
}

function card(finding, number, { review: { article }, decisions, changed }) {
  const { citations = [] } = finding;
  const decide = (decision) => {
    if (decision) decisions.set(finding, decision);
    else decisions.delete(finding);
    changed();
    byId(`finding-${number}`).querySelector(".row button").focus();
  };
  const passage = (each, at) => h("li", h("a.passage.tile", { href: `#mark-${number}-${at}` }, quoteOf(finding, at, article)));
  const decision = decisions.get(finding);
  return h(
    `li.finding.card.stack.is-${finding.severity}.${decision ? "is-settled" : ""}`,
    { id: `finding-${number}` },
    h("p.finding-head.row.small", icon("warn"), h("strong", t(`severities.${finding.severity}`)), h("code", finding.code), h("span.muted", t(`finding_kinds.${finding.kind}`))),
    h("p", finding.message),
    h("ul.stack", finding.passages.map(passage)),
    citations.length > 0 && h("p.small", t("review.stored_says"), " ", citations.map((citation) => chip(citation, citations))),
    h("div.row.small", decision ? settled(decision, decide) : choices(finding, decide)),
  );
}

/* A passage's sentence, with the letters marked that differ in the other one. */
function quoteOf({ passages }, at, article) {
  const [{ sentence_id: id, start, end }, other] = [passages[at], passages[at ? 0 : 1]];
  const sentence = article.sentences.find((each) => each.id === id);
  const own = slice(article.text, start, end);
  const letters = other ? compareLetters(own, slice(article.text, other.start, other.end)) : [{ text: own, differs: true }];
  const marked = h("mark.differs", letters.map(({ text, differs }) => (differs ? h("b", text) : text)));
  return cut(sentence.text, [{ start: start - sentence.start, end: end - sentence.start }]).map(({ text, mark }) => (mark ? marked : text));
}

function choices({ suggestion }, decide) {
  const dismiss = async () => {
    const given = await ask("dismissal");
    if (given) decide({ kind: "dismissed", ...given });
  };
  return [
    suggestion && button(t("review.apply", { words: suggestion }), () => decide({ kind: "applied" }), "primary"),
    button(t("review.accept"), () => decide({ kind: "accepted" })),
    button(t("review.dismiss_more"), dismiss, "quiet"),
  ];
}

const settled = ({ kind, reason }, decide) => [icon("tick"), t(`review.is_${kind}`), reason && h("q", reason), button(t("review.undo"), () => decide(null), "quiet")];
