/* The service counts code points, a JavaScript string counts UTF-16 units: these cut by the service's count. */

const BEYOND = /[\ud800-\udbff][\udc00-\udfff]/;

/** `text[start:end]` in code points. */
export function slice(text, start, end = undefined) {
  if (!BEYOND.test(text)) return text.slice(start, end);
  return [...text].slice(start, end).join("");
}

/** The text cut at marked ranges [{start, end, ...}] in code points: pieces [{text, mark|null}], in order.
 *  Of two ranges that overlap the earlier one is kept. */
export function cut(text, ranges) {
  const points = BEYOND.test(text) ? [...text] : null;
  const piece = (start, end) => (points ? points.slice(start, end).join("") : text.slice(start, end));
  const length = points ? points.length : text.length;
  const pieces = [];
  let at = 0;
  for (const mark of [...ranges].sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (mark.start < at || mark.end > length || mark.end <= mark.start) continue;
    if (mark.start > at) pieces.push({ text: piece(at, mark.start), mark: null });
    pieces.push({ text: piece(mark.start, mark.end), mark });
    at = mark.end;
  }
  if (at < length) pieces.push({ text: piece(at, length), mark: null });
  return pieces;
}
