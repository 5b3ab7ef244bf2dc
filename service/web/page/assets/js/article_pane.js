/* A stored article in the pane: its text, its versions and what changed between them, and what can be done with it. */

import { call, get, post } from "./api.js";
import { paragraphs } from "./article.js";
import { confirmBox } from "./dialog.js";
import { button, byId, h, icon, outsideLink, toast } from "./dom.js";
import { openPane, closePane } from "./pane.js";
import { problemBox } from "./problem.js";
import { day, t } from "./strings.js";
import { changes } from "./versions.js";

let asked = 0; // the article pressed last is the one that is shown

/** Opens the newest version of an article; `changed` is called when it was fetched again or withdrawn. */
export async function openArticle(id, { changed, from, version = null }) {
  const mine = ++asked;
  openPane(from);
  const path = `/v1/articles/${encodeURIComponent(id)}`;
  const pane = byId("pane");
  try {
    const [article, { versions }] = await Promise.all([get(version ? `${path}?version=${version}` : path), get(`${path}/versions`)]);
    if (mine !== asked) return;
    pane.replaceChildren(head(article, versions, { changed, from }), h("article", { class: "paper", lang: article.language }, paragraphs(article)));
  } catch (error) {
    if (mine !== asked) return;
    pane.replaceChildren(h("header", { class: "pane-head" }, bar()), problemBox(error, () => openArticle(id, { changed, from, version })));
  }
  pane.querySelector("h2, button")?.focus();
}

const bar = (...more) => h("div", { class: "pane-bar" }, ...more, h("span", { class: "grow" }), button(t("source.close"), closePane, { kind: "quiet", glyph: "close", square: true }));

function head(article, versions, options) {
  const facts = [
    [t("source.published"), article.published ? day(article.published) + (article.published_inferred ? ` ${t("source.inferred")}` : "") : t("source.no_date")],
    article.byline && [t("source.byline"), h("span", { dir: "auto" }, article.byline)],
    [t("source.from"), article.url ? outsideLink(article.url, article.url) : h("span", { dir: "auto" }, article.source)],
    article.hidden_chars > 0 && [t("archive.hidden_label"), t("archive.hidden", { n: article.hidden_chars })],
  ].filter(Boolean);
  return h(
    "header",
    { class: "pane-head" },
    bar(...tools(article, options)),
    h(
      "div",
      { class: "pane-about" },
      h("h2", { dir: "auto", tabindex: "-1" }, article.title ?? t("source.untitled")),
      h("dl", { class: "facts" }, facts.map(([name, value]) => h("div", null, h("dt", null, name), h("dd", null, value)))),
      versions.length > 1 && versionPicker(article, versions, options),
    ),
  );
}

function versionPicker(article, versions, options) {
  const select = h(
    "select",
    { class: "field small", "aria-label": t("source.version"), onchange: () => openArticle(article.id, { ...options, version: Number(select.value) }) },
    versions.map((each) => h("option", { value: each.version, selected: each.version === article.version }, t("archive.version_at", { version: each.version, n: each.sentences }))),
  );
  const before = versions.map((each) => each.version).filter((each) => each < article.version).at(-1);
  return h("div", { class: "row" }, select, before && button(t("archive.diff", { version: before }), (event) => showChanges(article, before, event.currentTarget), { kind: "quiet" }));
}

async function showChanges(article, before, control) {
  const older = await get(`/v1/articles/${encodeURIComponent(article.id)}?version=${before}`).catch((error) => (control.replaceWith(problemBox(error)), null));
  if (older) byId("pane").querySelector(".paper").replaceChildren(...changes(older, article));
}

function tools(article, { changed, from }) {
  const isAddress = /^https?:/i.test(article.source);
  const again = button(t("archive.again"), () => reprocess(article, { changed, from }), { kind: "quiet", glyph: "again", disabled: !isAddress, title: isAddress ? null : t("archive.again_file") });
  const review = h("a", { class: "button quiet", href: `/review?article=${encodeURIComponent(article.id)}` }, icon("review"), t("archive.review"));
  return [review, again, button(t("archive.delete"), () => withdraw(article, changed), { kind: "quiet", glyph: "bin" })];
}

async function reprocess(article, options) {
  try {
    const { articles } = await post("/v1/articles", { url: article.source });
    toast(t(`statuses.${articles[0].status}`));
    options.changed();
    openArticle(article.id, options);
  } catch (error) {
    byId("pane").querySelector(".pane-head").after(problemBox(error));
  }
}

async function withdraw(article, changed) {
  if (!(await confirmBox(t("archive.delete_title"), t("archive.delete_more"), t("archive.delete")))) return;
  try {
    await call("DELETE", `/v1/articles/${encodeURIComponent(article.id)}`);
    closePane();
    toast(t("archive.deleted"));
    changed();
  } catch (error) {
    byId("pane").querySelector(".pane-head").after(problemBox(error));
  }
}
