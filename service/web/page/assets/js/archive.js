/* The archive: what is stored, found as you type; and new articles taken in, one by one, with what became of each. */

import { openArticle } from "./article_pane.js";
import { byId } from "./dom.js";
import { listFeeds } from "./feeds.js";
import { ready } from "./shell.js";
import { listStored } from "./stored.js";
import { t } from "./strings.js";
import { listenForArticles } from "./taking.js";

const open = ({ id }, from) => openArticle(id, { changed: list, from });
const count = (n, more, { q }) => (byId("stored-count").textContent = n ? t(q ? "archive.found" : "archive.count", { n, more: more ? "+" : "" }) : "");
const list = listStored(byId("stored-list"), byId("search"), open, count);

listenForArticles(list);
list();
listFeeds();
addEventListener("focus", listFeeds); // workers look at feeds while the page is away
ready();
