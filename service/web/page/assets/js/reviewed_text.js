/* A reviewed article becomes its text, with what was found underlined where it stands; and the text as it was mended. */

import { paragraphs } from "./article.js";
import { byId, h } from "./dom.js";
import { cut, slice } from "./pieces.js";
import { t } from "./strings.js";

export function showText({ review: { article, findings, worth }, decisions }) {
  const marks = findings.flatMap((finding, number) => finding.passages.map((passage, at) => ({ ...passage, finding, number, at })));
  const worthy = new Set(worth.map((each) => each.sentence_id));
  const marksOf = ({ id, start }) => marks.filter((mark) => mark.sentence_id === id).map((mark) => ({ ...mark, start: mark.start - start, end: mark.end - start }));

  function sentence(each) {
    const pieces = cut(each.text, marksOf(each)).map(({ text, mark }) => (mark ? found(text, mark) : text));
    return worthy.has(each.id) ? h("span.worth", { title: t("claims.worth") }, pieces) : h("span", pieces);
  }

  function found(text, { finding, number, at }) {
    const kind = decisions.get(finding)?.kind;
    const isMended = kind === "applied" && at === 0;
    const props = { href: `#finding-${number}`, id: `mark-${number}-${at}`, "aria-label": t("review.mark", { text, n: number + 1, kind: t(`finding_kinds.${finding.kind}`) }) };
    return h(`a.found.is-${finding.severity}.${at ? "is-other" : ""}.${kind ? "is-settled" : ""}`, props, isMended ? [h("del", text), h("ins", finding.suggestion)] : text);
  }

  byId("text").lang = article.language ?? "";
  byId("text").replaceChildren(...paragraphs(article, { show: sentence, points: (each) => marksOf(each).length > 0, level: 2 }));
}

/** The article's text with every applied suggestion written in. */
export function correctedText({ review: { article, findings }, decisions }) {
  const applied = findings.filter((finding) => decisions.get(finding)?.kind === "applied");
  applied.sort((a, b) => b.passages[0].start - a.passages[0].start);
  return applied.reduce((text, { suggestion, passages: [{ start, end }] }) => slice(text, 0, start) + suggestion + slice(text, end), article.text);
}

/** A note for each dismissed finding, as the article itself may carry it: the next review then stays silent. */
export function notesOf({ review: { article }, decisions }) {
  const dismissed = [...decisions].filter(([, { kind }]) => kind === "dismissed");
  return dismissed.map(([{ code, passages: [{ start, end }] }, { reason }]) => `[desk: ignore ${code} ${slice(article.text, start, end)}: ${reason}]\n`).join("");
}
