/* Watched feeds become a list: when each was looked at, what came of it, and a way to let it go. */

import { call, get, pathOf } from "./api.js";
import { button, byId, h, icon, meta, outsideLink } from "./dom.js";
import { attempt } from "./problem.js";
import { moment, t } from "./strings.js";

export const listFeeds = () =>
  attempt(byId("feed-list"), async () => {
    const { feeds } = await get("/v1/feeds");
    byId("feeds").hidden = !feeds.length;
    byId("feed-list").replaceChildren(...feeds.map(row));
  });

function row({ id, url, looked, taken, failing, problem }) {
  const stop = () => attempt(byId("feed-list"), () => call("DELETE", pathOf("feeds", id)).then(listFeeds));
  const told = meta(t("feeds.looked", { at: moment(looked) }), t("feeds.taken", { n: taken }), failing > 0 && t("feeds.failing", { n: failing }));
  return h("li.row", h("div.grow", outsideLink(url, url), told, problem && h("p.failed.row.small", icon("warn"), problem)), button(`${t("feeds.stop")}: ${url}`, stop, "quiet.square", "bin"));
}
