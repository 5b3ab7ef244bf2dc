/* Two versions of an article become one text: what went is struck out, what came is underlined. */

import { h } from "./dom.js";
import { compare, compareWords } from "./pieces.js";
import { t } from "./strings.js";

const textsOf = ({ sentences }) => sentences.map((sentence) => sentence.text);
const marked = ({ side, text }) => (side === "both" ? text : h(side === "before" ? "del" : "ins", text));

/** Paragraphs of changes; of unchanged sentences between them, their count. */
export function changes(older, newer) {
  const shown = [];
  let went = []; // sentences that may have been rewritten as those that follow
  const flush = (came) => {
    if (went.length + came.length) shown.push(h("p.block", compareWords(went.join(" "), came.join(" ")).map(marked)));
    went = [];
  };
  for (const { side, units } of [...compare(textsOf(older), textsOf(newer)), { side: "end" }]) {
    if (side === "before") went = units;
    else flush(side === "after" ? units : []);
    if (side === "both") shown.push(h("p.same.small.muted", t("archive.same", { n: units.length })));
  }
  return shown;
}
