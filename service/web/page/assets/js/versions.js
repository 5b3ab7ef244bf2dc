/* Two versions of an article become one text: what went is struck out, what came is underlined. */

import { h } from "./dom.js";
import { compareWords, matched } from "./letters.js";
import { t } from "./strings.js";

/** Paragraphs of changes, with the unchanged sentences between them folded to their count. */
export function changes(older, newer) {
  const before = older.sentences.map((sentence) => sentence.text);
  const after = newer.sentences.map((sentence) => sentence.text);
  const pairs = [...matched(before, after), [before.length, after.length]];
  const shown = [];
  let [i, j, same] = [0, 0, 0];
  for (const [to, at] of pairs) {
    if (to > i || at > j) {
      if (same) shown.push(h("p", { class: "same small muted" }, t("archive.same", { n: same })));
      same = 0;
      shown.push(...changed(before.slice(i, to), after.slice(j, at)));
    }
    same += 1;
    [i, j] = [to + 1, at + 1];
  }
  if (same > 1) shown.push(h("p", { class: "same small muted" }, t("archive.same", { n: same - 1 })));
  return shown;
}

function changed(went, came) {
  const rewritten = went.length === came.length;
  if (rewritten) return went.map((text, at) => rewrite(text, came[at]));
  return [...went.map((text) => h("p", { dir: "auto" }, h("del", null, text))), ...came.map((text) => h("p", { dir: "auto" }, h("ins", null, text)))];
}

function rewrite(was, is) {
  return h("p", { dir: "auto" }, compareWords(was, is).map(({ text, side }) => (side === "both" ? text : h(side === "before" ? "del" : "ins", null, text))));
}
