/* A citation becomes its article in the pane, open at the cited sentence. */

import { get } from "./api.js";
import { paragraphs, sectionName } from "./article.js";
import { byId, button, h, outsideLink } from "./dom.js";
import { closePane, openPane } from "./pane.js";
import { problemBox } from "./problem.js";
import { day, t } from "./strings.js";

const kept = new Map(); // a version never changes, so what was read once is kept: the second click is instant

function read(id, version) {
  const key = `${id}@${version}`;
  if (!kept.has(key)) {
    const reading = get(`/v1/articles/${encodeURIComponent(id)}?version=${version}`);
    kept.set(key, reading);
    reading.catch(() => kept.delete(key));
  }
  return kept.get(key);
}

/** Reads the articles of citations before they are asked for. */
export function warm(citations) {
  for (const citation of citations) read(citation.article_id, citation.version).catch(() => {});
}

let asked = 0; // the citation pressed last is the one that is shown

/** Opens the pane at a citation; `from` gets the focus back when the pane is closed. */
export async function openSource(citation, among, from) {
  const mine = ++asked;
  openPane(from);
  const pane = byId("pane");
  if (!kept.has(`${citation.article_id}@${citation.version}`)) pane.replaceChildren(head(citation, among), h("p", { class: "pane-wait muted" }, t("source.opening")));
  try {
    const article = await read(citation.article_id, citation.version);
    if (mine === asked) show(pane, article, citation, among);
  } catch (error) {
    if (mine === asked) pane.replaceChildren(head(citation, among), problemBox(error));
  }
}

function show(pane, article, citation, among) {
  const cited = new Set(among.filter((each) => each.article_id === article.id && each.version === article.version).map((each) => each.sentence_id));
  const body = h("article", { class: "paper", lang: article.language }, paragraphs(article, { current: citation.sentence_id, cited }));
  pane.replaceChildren(head(citation, among, about(article, citation)), body);
  const sentence = body.querySelector(".is-current");
  sentence?.scrollIntoView({ block: "center" });
  sentence?.focus({ preventScroll: true });
}

function head(citation, among, details = null) {
  const at = among.findIndex((each) => each.number === citation.number);
  const step = (by) => () => openSource(among[at + by], among, null);
  const bar = h(
    "div",
    { class: "pane-bar" },
    h("span", { class: "cite is-label" }, String(citation.number)),
    h("span", { class: "pane-count small muted" }, t("source.of", { at: at + 1, n: among.length })),
    among.length > 1 && button(t("source.previous"), step(-1), { kind: "quiet", glyph: "up", square: true, disabled: at <= 0 }),
    among.length > 1 && button(t("source.next"), step(1), { kind: "quiet", glyph: "down", square: true, disabled: at >= among.length - 1 }),
    button(t("source.close"), closePane, { kind: "quiet", glyph: "close", square: true }),
  );
  return h("header", { class: "pane-head" }, bar, details);
}

function about(article, citation) {
  const inferred = article.published_inferred ? ` ${t("source.inferred")}` : "";
  const rows = [
    [t("source.section"), sectionName(citation.section)],
    [t("source.published"), article.published ? day(article.published) + inferred : t("source.no_date")],
    article.byline && [t("source.byline"), h("span", { dir: "auto" }, article.byline)],
    [t("source.from"), article.url ? outsideLink(article.url, article.site ?? article.url) : h("span", { dir: "auto" }, article.source)],
    [t("source.version"), t("source.version_of", { version: article.version })],
  ];
  return h(
    "div",
    { class: "pane-about" },
    h("h2", { dir: "auto" }, article.title ?? t("source.untitled")),
    h("dl", { class: "facts" }, rows.filter(Boolean).map(([name, value]) => h("div", null, h("dt", null, name), h("dd", null, value)))),
  );
}
