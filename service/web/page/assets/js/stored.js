/* Stored articles become a list that is searched as you type. */

import { h, meta } from "./dom.js";
import { followTyping, listOf } from "./pages.js";
import { day, t } from "./strings.js";

/** A `listOf` of what holds the words of the box `search`; `choose(article, control)` hears which one is pressed. */
export function listStored(place, search, choose, told) {
  function row(article) {
    const title = h("button.stored-title.tile", { value: "yes", onclick: () => choose(article, title) }, h("span.clamped", article.title ?? t("source.untitled")));
    const version = article.version > 1 && t("archive.version", { version: article.version });
    return h("li", title, meta(article.url ?? article.source, article.published && day(article.published), t("archive.sentences", { n: article.sentences }), version));
  }
  const list = listOf(place, "/v1/articles", "articles", { query: () => ({ q: search.value.trim() }), row, told });
  followTyping(search, list);
  return list;
}
