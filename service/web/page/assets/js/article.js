/* A stored article becomes its paragraphs; what is not evidence is folded away, and named. */

import { folded, h } from "./dom.js";
import { t } from "./strings.js";

const LEVELS = { headline: 0, subhead: 1 }; // of headings, below the one that the article stands under
const SHOWN = new Set(["headline", "subhead", "caption", "body"]);

export const sectionName = (section) => t(`sections.${section}`);

/** How many sentences of which sections, in words: "comments (6), teasers (56)". */
export const countsOf = (counts) => Object.entries(counts).map(([section, n]) => t("source.some_of", { n, section: sectionName(section) })).join(", ");

/** The article's blocks in order. `show(sentence)` gives what stands for a sentence; where `points(sentence)`, its fold
 *  is open. `level` is that of the headline. */
export function paragraphs({ sentences }, { show = (sentence) => sentence.text, points = () => false, level = 3 } = {}) {
  const block = (run) => {
    const { section } = run[0];
    const tag = section in LEVELS ? `h${level + LEVELS[section]}` : "p";
    return h(`${tag}.block.is-${section}`, run.map((sentence, at) => [at > 0 && " ", show(sentence)]));
  };
  const isShown = (sentence) => SHOWN.has(sentence.section);
  return runs(sentences, isShown).flatMap((run) => {
    const blocks = runs(run, (sentence) => sentence.paragraph).map(block);
    if (isShown(run[0])) return blocks;
    const counts = {};
    for (const { section } of run) counts[section] = (counts[section] ?? 0) + 1;
    const fold = folded("left-out.dashed", t("source.left_out", { kinds: countsOf(counts) }), blocks);
    fold.open = run.some(points);
    return fold;
  });
}

/* A list cut where `keyOf` its members changes. */
function runs(list, keyOf) {
  const found = [];
  for (const each of list) {
    if (found.length && keyOf(found.at(-1)[0]) === keyOf(each)) found.at(-1).push(each);
    else found.push([each]);
  }
  return found;
}
