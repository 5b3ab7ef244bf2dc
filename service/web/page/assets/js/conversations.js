/* The reader's conversations in the rail: opened, renamed, deleted; and the one that is open. */

import { call, pathOf, post } from "./api.js";
import { ask, confirmed } from "./dialog.js";
import { button, byId, h, linkButton } from "./dom.js";
import { listOf } from "./pages.js";
import { attempt } from "./problem.js";
import { t } from "./strings.js";

/** The id of the conversation at this address, or null. */
export const openId = () => /^\/c\/([^/]+)$/.exec(location.pathname)?.[1] ?? null;

/** The open conversation's id; a new one is begun with its first words as the title, cut by the service. */
export async function ensureOpen(words) {
  if (openId()) return openId();
  const begun = await post("/v1/conversations", { title: words });
  history.pushState(null, "", `/c/${begun.id}`);
  list();
  return begun.id;
}

const place = h("div");
const title = h("h2", t("talks.title"));
byId(matchMedia("(width < 62rem)").matches ? "recent-here" : "rail-more").append(h("div.recent", linkButton(t("talks.new"), "/"), title, place));

/** Lists them: in the rail, or on a small screen on the welcome page. */
export const list = listOf(place, "/v1/conversations", "conversations", { query: () => ({}), row, told: (n) => (title.hidden = !n) });

function row({ id, title }) {
  const isOpen = openId() === id;
  const rename = async () => {
    const given = await ask("rename", { title });
    if (given) await attempt(place, () => call("PATCH", pathOf("conversations", id), { body: given }).then(() => list()));
  };
  const remove = async () => {
    if (!(await confirmed(t("talks.delete_title"), title, t("talks.delete")))) return;
    await attempt(place, async () => {
      await call("DELETE", pathOf("conversations", id));
      if (isOpen) location.assign("/");
      else await list();
    });
  };
  const act = (name, does, glyph) => button(`${t(`talks.${name}`)}: ${title}`, does, "quiet.square", glyph);
  return h("li", h("a", { href: `/c/${encodeURIComponent(id)}`, "aria-current": isOpen && "page", title }, h("span", title)), act("rename", rename, "pen"), act("delete", remove, "bin"));
}
