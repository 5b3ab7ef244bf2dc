/* Texts become pieces: cut where something is marked in them, or where two of them differ. */

import { diffArrays } from "../vendor/diff-9.0.0/array.js";

/** `text[start:end]` in code points, as the service counts; a JavaScript string counts UTF-16 units. */
export const slice = (text, start, end) => [...text].slice(start, end).join("");

/** The text cut at marked ranges [{start, end, ...}] in code points: pieces [{text, mark?}]. Of two that overlap
 *  the earlier is kept. */
export function cut(text, ranges) {
  const points = [...text];
  const pieces = [];
  let at = 0;
  const add = (to, mark) => {
    if (to > at) pieces.push({ text: points.slice(at, to).join(""), mark });
    at = to;
  };
  for (const mark of ranges.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (mark.start < at || mark.end > points.length || mark.end <= mark.start) continue;
    add(mark.start);
    add(mark.end, mark);
  }
  add(points.length);
  return pieces;
}

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });
const lettersOf = (text) => Array.from(graphemes.segment(text), (each) => each.segment);
const wordsOf = (text) => text.split(/(\s+)/);

/** Two lists as runs [{side, units}] in order, where side is "both", "before" or "after". */
export const compare = (before, after) => diffArrays(before, after).map(({ value, added, removed }) => ({ side: added ? "after" : removed ? "before" : "both", units: value }));

/** Two texts as one: pieces [{side, text}] by words. */
export const compareWords = (before, after) => compare(wordsOf(before), wordsOf(after)).map(({ side, units }) => ({ side, text: units.join("") }));

/** The first of two spellings as pieces [{text, differs}]. Words that share too little ("seven", "five") differ as a
 *  whole: marking single letters of them would mislead the eye. */
export function compareLetters(left, right) {
  const [a, b] = [lettersOf(left), lettersOf(right)];
  const runs = compare(a, b);
  const alike = runs.reduce((n, { side, units }) => n + (side === "both" ? units.length : 0), 0);
  if (2 * alike < 0.6 * (a.length + b.length)) return [{ text: left, differs: true }];
  return runs.filter(({ side }) => side !== "after").map(({ side, units }) => ({ text: units.join(""), differs: side !== "both" }));
}
