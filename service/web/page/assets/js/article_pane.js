/* A stored article in the pane: open at a cited sentence, or with its versions and what can be done with it. */

import { call, get, pathOf, post } from "./api.js";
import { paragraphs, sectionName } from "./article.js";
import { confirmed } from "./dialog.js";
import { button, byId, facts, h, linkButton, outsideLink, toast } from "./dom.js";
import { attempt } from "./problem.js";
import { day, t } from "./strings.js";
import { changes } from "./versions.js";

const kept = new Map(); // a version never changes, so what was read once is kept: a citation opens at once

function read(id, version) {
  const path = `${pathOf("articles", id)}?version=${version}`;
  if (!kept.has(path)) {
    const reading = get(path);
    kept.set(path, reading);
    reading.catch(() => kept.delete(path));
  }
  return kept.get(path);
}

/** Reads articles before they are asked for. */
export function warm(citations) {
  for (const citation of citations) read(citation.article_id, citation.version).catch(() => {});
}

/** Opens a citation; `among` are those that the reader can step through, `from` gets the focus back in the end. */
export function openSource(citation, among, from) {
  const at = among.findIndex((each) => each.number === citation.number);
  const step = (by, label, glyph) => among.length > 1 && button(label, () => openSource(among[at + by], among, null), "quiet.square", glyph, { disabled: !among[at + by] });
  const bar = [
    h("span.cite.is-open", String(citation.number)),
    h("span.grow.small.muted", t("source.of", { at: at + 1, n: among.length })),
    step(-1, t("source.previous"), "up"),
    step(1, t("source.next"), "down"),
  ];
  return fill(from, bar, async () => {
    const article = await read(citation.article_id, citation.version);
    const cited = new Set(among.map((each) => each.sentence_id));
    const isCurrent = ({ id }) => id === citation.sentence_id;
    const show = (sentence) => {
      if (isCurrent(sentence)) return h("mark.is-current", { tabindex: "-1", "aria-label": `${t("source.cited")}: ${sentence.text}` }, sentence.text);
      return cited.has(sentence.id) ? h("mark", sentence.text) : sentence.text;
    };
    return { article, rows: [[t("source.section"), sectionName(citation.section)]], content: paragraphs(article, { show, points: isCurrent }) };
  });
}

/** Opens that version of an article, or the newest; `options`: changed() when it is read anew or withdrawn, and `from`. */
export function openArticle(id, options, version = null) {
  const bar = h("div.row.grow");
  return fill(options.from, [bar], async () => {
    const path = pathOf("articles", id);
    const [article, { versions }] = await Promise.all([get(version ? `${path}?version=${version}` : path), get(`${path}/versions`)]);
    bar.replaceChildren(...tools(article, options));
    return { article, rows: [], more: versions.length > 1 && versionPicker(article, versions, options), content: paragraphs(article) };
  });
}

let opener = null; // the control that asked for the pane: it gets the focus back

function closePane() {
  show(false);
  (opener?.isConnected ? opener : byId("main")).focus(); // a list may have been drawn anew
}

function show(is) {
  byId("pane").hidden = !is;
  document.body.classList.toggle("has-pane", is);
  document.querySelector("main .is-open")?.classList.remove("is-open");
}

document.addEventListener("keydown", ({ key }) => {
  if (key === "Escape" && !byId("pane").hidden && !document.querySelector("dialog[open]")) closePane();
});

let asked = 0; // the article that was asked for last is the one that is shown

async function fill(from, bar, ask) {
  const mine = ++asked;
  const place = h("div.column", h("p.muted", t("source.opening")));
  const head = h("header.pane-head", h("div.row", bar, button(t("source.close"), closePane, "quiet.square", "close")));
  opener = from ?? opener;
  show(true);
  from?.classList.add("is-open");
  byId("pane").replaceChildren(head, place);
  await attempt(place, async () => {
    const { article, rows, more, content } = await ask();
    if (mine !== asked) return;
    head.append(about(article, rows, more));
    place.replaceWith(h("article.paper", { lang: article.language }, content));
    const sentence = byId("pane").querySelector(".is-current");
    sentence?.scrollIntoView({ block: "center" });
    (sentence ?? head.querySelector("h2")).focus({ preventScroll: true });
  });
}

function about(article, rows, more) {
  const published = article.published ? `${day(article.published)} ${article.published_inferred ? t("source.inferred") : ""}` : t("source.no_date");
  return h(
    "div.stack",
    h("h2.clamped", { tabindex: "-1" }, article.title ?? t("source.untitled")),
    facts([
      ...rows,
      [t("source.published"), published],
      article.byline && [t("source.byline"), h("span", article.byline)],
      [t("source.from"), outsideLink(article.url ?? article.source, article.site ?? article.url ?? article.source)],
      [t("source.version"), String(article.version)],
      article.hidden_chars > 0 && [t("archive.hidden_label"), t("archive.hidden", { n: article.hidden_chars })],
    ]),
    more,
  );
}

function versionPicker(article, versions, options) {
  const option = (each) => h("option", { value: each.version, selected: each.version === article.version }, t("archive.version_at", { version: each.version, n: each.sentences }));
  const choose = () => openArticle(article.id, options, select.value);
  const select = h("select.field", { "aria-label": t("source.version"), onchange: choose }, versions.map(option));
  const before = versions.findLast((each) => each.version < article.version)?.version;
  const compare = async () => {
    const paper = byId("pane").querySelector(".paper");
    await attempt(paper, async () => paper.replaceChildren(...changes(await read(article.id, before), article)));
  };
  return h("div.row", select, before && button(t("archive.diff", { version: before }), compare, "quiet"));
}

function tools(article, options) {
  const act = (work) => attempt(byId("pane").querySelector(".paper"), work);
  const again = () =>
    act(async () => {
      const { articles } = await post(`${pathOf("articles", article.id)}/reprocess`);
      toast(t(`statuses.${articles[0].status}`));
      options.changed();
      await openArticle(article.id, options);
    });
  const withdraw = async () => {
    if (!(await confirmed(t("archive.delete_title"), t("archive.delete_more"), t("archive.delete")))) return;
    await act(async () => {
      await call("DELETE", pathOf("articles", article.id));
      closePane();
      toast(t("archive.deleted"));
      options.changed();
    });
  };
  return [
    linkButton(t("archive.review"), `/review?article=${encodeURIComponent(article.id)}`, "quiet", "review"),
    button(t("archive.again"), again, "quiet", "again"),
    button(t("archive.delete"), withdraw, "quiet", "bin"),
  ];
}
