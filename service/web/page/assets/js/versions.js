/* Two versions of an article become one text: what went is struck out, what came is underlined. */

import { h } from "./dom.js";
import { compare, compareWords } from "./letters.js";
import { t } from "./strings.js";

const textsOf = ({ sentences }) => sentences.map((sentence) => sentence.text);

/** Paragraphs of changes; the unchanged sentences between them are folded to their count. */
export function changes(older, newer) {
  const runs = compare(textsOf(older), textsOf(newer));
  return runs.flatMap(({ side, units }, at) => {
    if (side === "both") return h("p.same.small.muted", t("archive.same", { n: units.length }));
    const came = runs[at + 1];
    if (side === "before" && came?.side === "after" && came.units.length === units.length) return units.map((text, i) => rewritten(text, came.units[i]));
    const went = runs[at - 1];
    if (side === "after" && went?.side === "before" && went.units.length === units.length) return []; // shown as rewritten
    return units.map((text) => h("p", marked(side, text)));
  });
}

const rewritten = (was, is) => h("p", compareWords(was, is).map(({ side, text }) => marked(side, text)));

const marked = (side, text) => (side === "both" ? text : h(side === "before" ? "del" : "ins", text));
