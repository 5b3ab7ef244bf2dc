/* The archive: what is stored, found as you type; and new articles taken in, one by one, with what became of each. */

import { openArticle } from "./article_pane.js";
import { byId, h } from "./dom.js";
import { followTyping, listOf } from "./pages.js";
import { ready } from "./shell.js";
import { day, t } from "./strings.js";
import { listenForArticles } from "./taking.js";

const nothing = ({ q }) => h("div.empty.dashed.stack", h("h3", t(q ? "archive.none_found" : "archive.empty")), h("p", t(q ? "archive.none_found_more" : "archive.empty_more")));

const list = listOf(byId("stored-list"), "/v1/articles", "articles", {
  query: () => ({ q: byId("search").value.trim() }),
  row,
  nothing,
  told: (n, more, { q }) => (byId("stored-count").textContent = n ? t(q ? "archive.found" : "archive.count", { n, more: more ? "+" : "" }) : ""),
});

const open = (id, from) => openArticle(id, { changed: () => list(), from });

function row(article) {
  const title = h("button.stored-title.tile", { onclick: () => open(article.id, title) }, article.title ?? t("source.untitled"));
  const meta = h(
    "span.meta",
    h("span", article.url ?? article.source),
    article.published && h("time", { datetime: article.published }, day(article.published)),
    h("span", t("archive.sentences", { n: article.sentences })),
    article.version > 1 && h("span", t("archive.version", { version: article.version })),
  );
  return h("li", title, meta);
}

followTyping(byId("search"), () => list());
listenForArticles(() => list());
list();
const wanted = new URLSearchParams(location.search).get("article");
if (wanted) open(wanted, null);
ready();
