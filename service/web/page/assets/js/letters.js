/* Two spellings become the letters that differ: Kushida, Kishida -> u, i. */

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });
const split = (text) => Array.from(graphemes.segment(text), (each) => each.segment);

/** The pairs of positions at which two lists hold the same, as the longest common subsequence has them. */
export function matched(left, right) {
  let head = 0;
  while (head < left.length && head < right.length && left[head] === right[head]) head++;
  const rest = common(left.slice(head), right.slice(head)); // most of two versions is the same from the start
  return [...Array.from({ length: head }, (_, at) => [at, at]), ...rest.map(([i, j]) => [i + head, j + head])];
}

/** The longest common subsequence of two lists, as pairs of positions. */
function common(left, right) {
  const best = Array.from({ length: left.length + 1 }, () => new Uint16Array(right.length + 1));
  for (let i = left.length - 1; i >= 0; i--)
    for (let j = right.length - 1; j >= 0; j--)
      best[i][j] = left[i] === right[j] ? best[i + 1][j + 1] + 1 : Math.max(best[i + 1][j], best[i][j + 1]);
  const pairs = [];
  for (let i = 0, j = 0; i < left.length && j < right.length; ) {
    if (left[i] === right[j]) pairs.push([i++, j++]);
    else if (best[i + 1][j] >= best[i][j + 1]) i++;
    else j++;
  }
  return pairs;
}

const words = (text) => text.split(/(\s+)/);

/** The second text as pieces [{text, differs}]: the words that the first does not have. */
export function newWords(before, after) {
  const b = words(after);
  return runs(b, new Set(matched(words(before), b).map(([, j]) => j)));
}

/** Both texts as one: pieces [{text, side}], where side is "both", "before" or "after". */
export function compareWords(before, after) {
  const [a, b] = [words(before), words(after)];
  const pieces = [];
  let [i, j] = [0, 0];
  const add = (list, side) => list.length && pieces.push({ text: list.join(""), side });
  for (const [to, at] of [...matched(a, b), [a.length, b.length]]) {
    add(a.slice(i, to), "before");
    add(b.slice(j, at), "after");
    add(a.slice(to, to + 1), "both");
    [i, j] = [to + 1, at + 1];
  }
  return pieces;
}

function runs(units, kept) {
  const pieces = [];
  units.forEach((unit, at) => {
    const differs = !kept.has(at);
    const last = pieces.at(-1);
    if (last && last.differs === differs) last.text += unit;
    else pieces.push({ text: unit, differs });
  });
  return pieces;
}

/** Both texts as pieces [{text, differs}]. Words that share too little ("seven", "five") differ as a whole:
 *  marking single letters of them would mislead the eye. */
export function compareLetters(left, right) {
  const a = split(left);
  const b = split(right);
  const pairs = a.length * b.length > 40_000 ? [] : common(a, b);
  const alike = (2 * pairs.length) / (a.length + b.length || 1);
  if (alike < 0.6) return [[{ text: left, differs: true }], [{ text: right, differs: true }]];
  return [runs(a, new Set(pairs.map(([i]) => i))), runs(b, new Set(pairs.map(([, j]) => j)))];
}
