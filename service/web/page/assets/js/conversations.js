/* The reader's conversations in the rail: opened, renamed, deleted; and the one that is open. */

import { call, get, post } from "./api.js";
import { confirmBox, promptBox } from "./dialog.js";
import { button, byId, h } from "./dom.js";
import { problemBox } from "./problem.js";
import { t } from "./strings.js";

const OPEN = /^\/c\/([^/]+)$/;
const LONGEST_TITLE = 200;

/** The id of the conversation that the address names, or null on a new page. */
export const openId = () => OPEN.exec(location.pathname)?.[1] ?? null;

/** The open conversation's id; a new one is begun with its first words as the title. */
export async function ensureOpen(words) {
  if (openId()) return openId();
  const begun = await post("/v1/conversations", { title: [...words].slice(0, LONGEST_TITLE).join("") });
  history.pushState(null, "", `/c/${begun.id}`);
  list();
  return begun.id;
}

/** Lists them: in the rail, or on a small screen on the welcome page. */
export async function list() {
  const place = matchMedia("(width < 62rem)").matches ? byId("recent-here") : byId("rail-more");
  try {
    const { conversations } = await get("/v1/conversations?limit=50");
    place.replaceChildren(h("div", { class: "recent" }, h("a", { class: "button", href: "/" }, t("talks.new")), conversations.length > 0 && h("h2", null, t("talks.title")), h("ul", null, conversations.map(row))));
  } catch (error) {
    place.replaceChildren(problemBox(error, list));
  }
}

function row(conversation) {
  const path = `/v1/conversations/${encodeURIComponent(conversation.id)}`;
  const rename = async () => {
    const title = await promptBox(t("talks.rename"), t("talks.name"), conversation.title);
    if (title && (await attempt(() => call("PATCH", path, { body: { title } })))) list();
  };
  const remove = async () => {
    if (!(await confirmBox(t("talks.delete_title"), conversation.title, t("talks.delete")))) return;
    if (!(await attempt(() => call("DELETE", path)))) return;
    if (openId() === conversation.id) location.assign("/");
    else list();
  };
  return h(
    "li",
    null,
    h("a", { href: `/c/${encodeURIComponent(conversation.id)}`, "aria-current": openId() === conversation.id ? "page" : null, dir: "auto", title: conversation.title }, h("span", null, conversation.title)),
    button(`${t("talks.rename")}: ${conversation.title}`, rename, { kind: "quiet", glyph: "pen", square: true }),
    button(`${t("talks.delete")}: ${conversation.title}`, remove, { kind: "quiet", glyph: "bin", square: true }),
  );
}

async function attempt(action) {
  try {
    await action();
    return true;
  } catch (error) {
    byId("rail-more").prepend(problemBox(error));
    return false;
  }
}
