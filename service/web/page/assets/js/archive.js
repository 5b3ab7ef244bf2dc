/* The archive: what is stored, found as you type; and new articles taken in, one by one, with what became of each. */

import { get } from "./api.js";
import { openArticle } from "./article_pane.js";
import { button, byId, h } from "./dom.js";
import { problemBox } from "./problem.js";
import { ready } from "./shell.js";
import { day, t } from "./strings.js";
import { listenForArticles } from "./taking.js";

const PAGE = 50;
const TYPING_MS = 150; // a pause in typing, after which the list follows

let latest = 0;

async function list(cursor = null) {
  const asked = ++latest;
  const words = byId("search").value.trim();
  const query = new URLSearchParams({ limit: PAGE, ...(words && { q: words }), ...(cursor && { cursor }) });
  try {
    const page = await get(`/v1/articles?${query}`);
    if (asked === latest) show(page, words, cursor);
  } catch (error) {
    if (asked === latest) byId("stored-list").replaceChildren(problemBox(error, () => list(cursor)));
  }
}

function show({ articles, next }, words, cursor) {
  const place = byId("stored-list");
  const rows = articles.map(row);
  if (!cursor) place.replaceChildren(articles.length ? h("ul", { class: "stored" }, rows) : nothing(words));
  else {
    place.querySelector(".more").remove();
    place.querySelector(".stored").append(...rows);
  }
  if (next) place.append(button(t("archive.more"), () => list(next), { kind: "more" }));
  const n = place.querySelectorAll(".stored > li").length;
  byId("stored-count").textContent = n ? t(words ? "archive.found" : "archive.count", { n, more: next ? "+" : "" }) : "";
}

function row(article) {
  const open = () => openArticle(article.id, { changed: () => list(), from: title });
  const title = h("button", { type: "button", class: "stored-title", dir: "auto", onclick: open }, article.title ?? t("source.untitled"));
  return h(
    "li",
    null,
    title,
    h(
      "span",
      { class: "meta" },
      h("span", { dir: "auto" }, article.url ?? article.source),
      article.published && h("time", { datetime: article.published }, day(article.published)),
      h("span", null, t("archive.sentences", { n: article.sentences })),
      article.version > 1 && h("span", null, t("archive.version", { version: article.version })),
    ),
  );
}

const nothing = (words) => h("div", { class: "empty" }, h("h3", null, words ? t("archive.none_found") : t("archive.empty")), h("p", null, words ? t("archive.none_found_more") : t("archive.empty_more")));

let typing = 0;
byId("search").addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(() => list(), TYPING_MS);
});

listenForArticles(() => list());
list().then(() => {
  const wanted = new URLSearchParams(location.search).get("article");
  if (wanted) openArticle(wanted, { changed: () => list(), from: null });
});
ready();
