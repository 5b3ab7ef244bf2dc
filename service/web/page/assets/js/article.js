/* A stored article becomes its paragraphs; what is not evidence is folded away, and named. */

import { h } from "./dom.js";
import { t, tryText } from "./strings.js";

const EVIDENCE = new Set(["headline", "caption", "body", "subhead"]);
const SHOWN_AS = { headline: "h3", subhead: "h4" };

export const sectionName = (section) => tryText(`sections.${section}`) ?? section;

/** The article's blocks in order. `current`: id of the sentence to point at; `cited`: ids of marked ones. */
export function paragraphs(article, { current = null, cited = new Set() } = {}) {
  const shown = [];
  let folded = [];
  const unfold = () => {
    if (folded.length) shown.push(fold(folded, current, cited));
    folded = [];
  };
  for (const sentences of blocks(article.sentences)) {
    if (EVIDENCE.has(sentences[0].section)) {
      unfold();
      shown.push(block(sentences, current, cited));
    } else folded.push(sentences);
  }
  unfold();
  return shown;
}

/** Runs of sentences of one paragraph. */
export function blocks(sentences) {
  const runs = [];
  for (const sentence of sentences) {
    const last = runs.at(-1);
    if (last && last[0].paragraph === sentence.paragraph) last.push(sentence);
    else runs.push([sentence]);
  }
  return runs;
}

function block(sentences, current, cited) {
  const { section } = sentences[0];
  return h(
    SHOWN_AS[section] ?? "p",
    { class: `block is-${section}`, dir: "auto" },
    sentences.flatMap((sentence, at) => [at ? " " : null, mark(sentence, current, cited)]),
  );
}

function mark(sentence, current, cited) {
  if (sentence.id === current) return h("mark", { class: "is-current", tabindex: "-1", "aria-label": `${t("source.cited")}: ${sentence.text}` }, sentence.text);
  return cited.has(sentence.id) ? h("mark", null, sentence.text) : sentence.text;
}

function fold(run, current, cited) {
  const counts = new Map();
  for (const { section } of run.flat()) counts.set(section, (counts.get(section) ?? 0) + 1);
  const kinds = [...counts].map(([section, n]) => t("source.some_of", { n, section: sectionName(section) })).join(", ");
  const holds = run.flat().some((sentence) => sentence.id === current);
  return h(
    "details",
    { class: "left-out", open: holds },
    h("summary", null, t("source.left_out", { kinds })),
    run.map((sentences) => block(sentences, current, cited)),
  );
}
