/* The service counts code points, a JavaScript string counts UTF-16 units: these cut by the service's count. */

/** `text[start:end]` in code points. */
export const slice = (text, start, end) => [...text].slice(start, end).join("");

/** The text cut at marked ranges [{start, end, ...}] in code points: pieces [{text, mark?}], in order. Of two ranges
 *  that overlap the earlier one is kept. */
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
