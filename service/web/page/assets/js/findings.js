/* Findings become a list by severity: each with both passages, and what the editor decides about it. */

import { chip } from "./citations.js";
import { cut, slice } from "./codepoints.js";
import { ask } from "./dialog.js";
import { button, byId, folded, h, icon, section } from "./dom.js";
import { compareLetters } from "./letters.js";
import { t, tryText } from "./strings.js";

const RANK = ["error", "warning", "note"];

/** The list's element, and `update()` after a decision; `point(number, at)` shows a passage in the text. */
export function findingsPanel(state, point) {
  const { findings, suppressed = [] } = state.review;
  const numbered = findings.map((finding, number) => ({ finding, number }));
  const order = numbered.sort((a, b) => RANK.indexOf(a.finding.severity) - RANK.indexOf(b.finding.severity));
  const count = h("p.small.muted", { role: "status" });
  const list = h("ol.stack");
  const silenced = suppressed.map(({ finding, reason, origin }) => h("li", `${finding.code} ${finding.message} `, h("em", `${reason} (${origin})`)));
  const kept = silenced.length > 0 && folded("small", t("review.suppressed", { n: silenced.length }), h("ul", silenced)); // nothing is dropped unseen
  const update = () => {
    const open = findings.filter((finding) => !state.decisions.has(finding)).length;
    count.textContent = findings.length ? t("review.open", { n: open, all: findings.length }) : t("review.clean");
    list.replaceChildren(...order.map(({ finding, number }) => card(finding, number, state, point)));
  };
  return { element: section("findings", t("review.findings", { n: findings.length }), count, list, kept), update };
}

function card(finding, number, { review: { article }, decisions, changed }, point) {
  const { citations = [] } = finding;
  const decide = (decision) => {
    if (decision) decisions.set(finding, decision);
    else decisions.delete(finding);
    changed();
    byId(`finding-${number}`).querySelector(".row button").focus();
  };
  const passage = (each, at) => h("li", h("button.passage", { type: "button", onclick: () => point(number, at) }, quoteOf(finding, at, article)));
  const decision = decisions.get(finding);
  return h(
    `li.finding.card.stack.is-${finding.severity}.${decision ? "is-settled" : ""}`,
    { id: `finding-${number}` },
    h("p.finding-head.small", icon("warn"), h("strong", t(`severities.${finding.severity}`)), h("code", finding.code), h("span.muted", tryText(`finding_kinds.${finding.kind}`, finding.kind))),
    h("p", finding.message),
    h("ul.stack", finding.passages.map(passage)),
    citations.length > 0 && h("p.small", t("review.stored_says"), " ", citations.map((citation) => chip(citation, citations))),
    h("div.row.small", decision ? settled(decision, decide) : choices(finding, decide)),
  );
}

/* A passage's sentence, with the letters marked in which it differs from the finding's other one. */
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
