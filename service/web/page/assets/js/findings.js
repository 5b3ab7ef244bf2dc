/* Findings become a list by severity: each with both passages, and what the editor decides about it. */

import { chip } from "./citations.js";
import { cut, slice } from "./codepoints.js";
import { button, h, icon } from "./dom.js";
import { compareLetters } from "./letters.js";
import { t, tryText } from "./strings.js";

const RANK = ["error", "warning", "note"];

export function findingsPanel(state, text) {
  const { findings, suppressed } = state.review;
  const order = findings.map((finding, number) => ({ finding, number })).sort((a, b) => RANK.indexOf(a.finding.severity) - RANK.indexOf(b.finding.severity));
  const count = h("p", { class: "small muted", role: "status" });
  const list = h("ol", { class: "findings" });
  const element = h("section", { class: "panel", "aria-labelledby": "findings-title" }, h("h2", { id: "findings-title", tabindex: "-1" }, t("review.findings", { n: findings.length })), count, list, kept(suppressed));
  const update = () => {
    const open = order.filter(({ finding }) => !state.decisions.has(finding)).length;
    count.textContent = findings.length ? t("review.open", { n: open, all: findings.length }) : t("review.clean");
    list.replaceChildren(...order.map(({ finding, number }) => card(finding, number, state, text)));
  };
  return { element, update };
}

function card(finding, number, state, text) {
  const decision = state.decisions.get(finding);
  const decide = (kind, more = {}) => {
    state.decisions.set(finding, { kind, ...more });
    state.changed();
    document.getElementById(`finding-${number}`)?.querySelector("button")?.focus();
  };
  const undo = () => (state.decisions.delete(finding), state.changed());
  return h(
    "li",
    { class: `finding card is-${finding.severity} ${decision ? "is-settled" : ""}`, id: `finding-${number}` },
    h("p", { class: "finding-head small" }, icon("warn"), h("strong", null, t(`severities.${finding.severity}`)), h("code", null, finding.code), h("span", { class: "muted" }, tryText(`finding_kinds.${finding.kind}`) ?? finding.kind)),
    h("p", { dir: "auto" }, finding.message),
    h("ul", { class: "passages" }, finding.passages.map((passage, at) => passageItem(finding, passage, at, number, state, text))),
    finding.citations?.length > 0 && h("p", { class: "small" }, t("review.stored_says"), " ", finding.citations.map((citation) => [chip(citation, finding.citations), " "])),
    decision ? settled(decision, undo) : choices(finding, decide),
  );
}

function passageItem(finding, passage, at, number, state, text) {
  const { article } = state.review;
  const sentence = article.sentences.find((each) => each.id === passage.sentence_id);
  const words = (one) => slice(article.text, one.start, one.end);
  const other = finding.passages[at ? 0 : 1];
  const letters = other ? compareLetters(words(passage), words(other))[0] : [{ text: words(passage), differs: true }];
  const quote = cut(sentence.text, [{ start: passage.start - sentence.start, end: passage.end - sentence.start }]).map(({ text: piece, mark }) =>
    mark ? h("mark", { class: "differs" }, letters.map((each) => (each.differs ? h("b", null, each.text) : each.text))) : piece,
  );
  return h("li", null, h("button", { type: "button", class: "passage", dir: "auto", onclick: () => text.show(number, at) }, quote));
}

function choices(finding, decide) {
  const reason = h("input", { class: "field", required: true, "aria-label": t("review.reason"), placeholder: t("review.reason") });
  const dismissal = h(
    "form",
    {
      class: "row dismissal",
      hidden: true,
      onsubmit: (event) => {
        event.preventDefault();
        decide("dismissed", { reason: reason.value.trim() });
      },
    },
    reason,
    h("button", { type: "submit", class: "button" }, t("review.dismiss")),
  );
  const open = () => {
    dismissal.hidden = false;
    reason.focus();
  };
  return h(
    "div",
    { class: "choices" },
    h(
      "div",
      { class: "row" },
      finding.suggestion && button(t("review.apply", { words: finding.suggestion }), () => decide("applied"), { kind: "primary" }),
      button(t("review.accept"), () => decide("accepted")),
      button(t("review.dismiss_more"), open, { kind: "quiet" }),
    ),
    dismissal,
  );
}

function settled(decision, undo) {
  return h("p", { class: "row small" }, icon("tick"), t(`review.is_${decision.kind}`), decision.reason && h("q", { dir: "auto" }, decision.reason), button(t("review.undo"), undo, { kind: "quiet" }));
}

/* What the desk's options or notes silence is shown as well: nothing is dropped unseen. */
function kept(suppressed) {
  if (!suppressed?.length) return null;
  return h("details", null, h("summary", null, t("review.suppressed", { n: suppressed.length })), h("ul", { class: "small" }, suppressed.map(({ finding, reason, origin }) => h("li", { dir: "auto" }, `${finding.code} ${finding.message} `, h("em", null, `${reason} (${origin})`)))));
}
