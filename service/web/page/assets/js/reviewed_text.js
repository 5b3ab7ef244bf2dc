/* A reviewed article becomes its text, with what was found underlined where it stands. */

import { blocks, paragraphs, sectionName } from "./article.js";
import { cut, slice } from "./codepoints.js";
import { h } from "./dom.js";
import { t } from "./strings.js";

const SHOWN_AS = { headline: "h2", subhead: "h3" };

/** The text's element, `update()` after a decision, and `show(finding)` to point at one. */
export function reviewedText(state) {
  const { article, findings } = state.review;
  const element = h("article", { class: "paper card copy", lang: article.language, "aria-label": t("review.text") });
  const marks = findings.flatMap((finding, number) => finding.passages.map((passage, at) => ({ ...passage, finding, number, at })));
  const touched = new Set(marks.map((mark) => mark.sentence_id));
  let worth = new Set();

  const update = () => {
    const around = [];
    const shown = [];
    for (const sentences of blocks(article.sentences)) {
      const { section } = sentences[0];
      const own = ["headline", "subhead", "caption", "body"].includes(section) || sentences.some((each) => touched.has(each.id));
      if (!own) around.push(...sentences);
      else shown.push(h(SHOWN_AS[section] ?? "p", { class: `block is-${section}`, dir: "auto" }, sentences.map((sentence, at) => [at ? " " : null, sentencePiece(sentence)])));
    }
    element.replaceChildren(...shown, ...(around.length ? paragraphs({ sentences: around }) : []));
  };

  function sentencePiece(sentence) {
    const here = marks.filter((mark) => mark.sentence_id === sentence.id).map((mark) => ({ ...mark, start: mark.start - sentence.start, end: mark.end - sentence.start }));
    const pieces = cut(sentence.text, here).map(({ text, mark }) => (mark ? found(text, mark) : text));
    return h("span", { id: `s-${sentence.index}`, class: worth.has(sentence.id) ? "worth" : null, title: worth.has(sentence.id) ? t("claims.worth") : null }, pieces);
  }

  function found(text, { finding, number, at }) {
    const decision = state.decisions.get(finding);
    const words = decision?.kind === "applied" && at === 0 ? [h("del", null, text), h("ins", null, finding.suggestion)] : [text];
    return h("a", { href: `#finding-${number}`, id: `mark-${number}-${at}`, class: `found is-${finding.severity} ${at ? "is-other" : ""} ${decision ? `is-${decision.kind}` : ""}`, "aria-label": t("review.mark", { text, n: number + 1, section: sectionName(finding.kind) }) }, words);
  }

  return {
    element,
    update,
    markWorth(ids) {
      worth = new Set(ids);
      update();
    },
    show(number, at = 0) {
      const mark = document.getElementById(`mark-${number}-${at}`);
      for (const each of element.querySelectorAll(".is-current")) each.classList.remove("is-current");
      mark?.classList.add("is-current");
      mark?.scrollIntoView({ block: "center" });
      mark?.focus({ preventScroll: true });
    },
  };
}

/** The article's text with every applied suggestion written in. */
export function correctedText(state) {
  const { article, findings } = state.review;
  let text = article.text;
  const applied = findings.filter((finding) => state.decisions.get(finding)?.kind === "applied");
  for (const finding of applied.sort((a, b) => b.passages[0].start - a.passages[0].start)) {
    const { start, end } = finding.passages[0];
    text = slice(text, 0, start) + finding.suggestion + slice(text, end);
  }
  return text;
}
