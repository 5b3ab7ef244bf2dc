/* Files, folders, addresses and feeds become stored articles, one after another: each row says what became of its own. */

import { post, call } from "./api.js";
import { countsOf } from "./article.js";
import { byId, h, icon, onPress, status } from "./dom.js";
import { listFeeds } from "./feeds.js";
import { formOf, listenForFiles } from "./files.js";
import { attempt } from "./problem.js";
import { takeSample } from "./sample.js";
import { t } from "./strings.js";

const EVIDENCE = new Set(["headline", "caption", "body"]);
const LINES = 8; // of a JSONL file sent at once: what became of each is soon seen
const queue = [];
let isWorking = false;
let done = 0;
let changed = () => {};

/** Listens to the form; `told` is called when something was stored. */
export function listenForArticles(told) {
  changed = told;
  listenForFiles(byId("take-in"), ["files", "folder"], (files) => files.forEach(takeFile));
  byId("take-in").addEventListener("submit", (event) => {
    event.preventDefault();
    for (const address of byId("addresses").value.split(/\s+/).filter(Boolean)) takeAddress(address);
    if (byId("feed").value) takeFeed(byId("feed").value);
    byId("addresses").value = byId("feed").value = "";
  });
  onPress("sample", () => enqueue(t("archive.sample"), takeSample));
  onPress("taking-close", () => {
    byId("taking").hidden = true;
    byId("taking-list").replaceChildren();
  });
}

const takeAddress = (url) => enqueue(url, () => post("/v1/articles", { url }));

const takeFeed = (url) =>
  enqueue(url, async (tell) => {
    const { entries } = await post("/v1/feeds", { url, watch: true });
    listFeeds();
    for (const entry of entries) if (!entry.is_stored) takeAddress(entry.url);
    tell(h("p", t("archive.feed_read", { n: entries.length }), " ", t("archive.feed_known", { n: entries.filter((entry) => entry.is_stored).length })));
  });

function takeFile(file) {
  const send = (part) => call("POST", "/v1/articles", { body: formOf(part) });
  const name = file.webkitRelativePath || file.name;
  enqueue(name, async (tell) => {
    if (!/\.jsonl$/i.test(file.name)) return send(file);
    const lines = (await file.text()).trimEnd().split("\n");
    for (let at = 0; at < lines.length; at += LINES) {
      const row = h("div");
      const part = new File(["\n".repeat(at), lines.slice(at, at + LINES).join("\n")], file.name); // its lines keep their numbers
      tell(row);
      await attempt(row, async () => row.replaceChildren(...became(await send(part))));
    }
    return null;
  });
}

/* `send(tell)` gives an Ingested, or tells what becomes of each article as it goes. */
function enqueue(name, send) {
  const outcome = h("div.small", t("archive.waiting"));
  byId("taking-list").append(h("li", h("strong", name), outcome));
  byId("taking").hidden = false;
  queue.push({ send, outcome });
  work();
}

async function work() {
  if (isWorking) return;
  isWorking = true;
  for (let next = queue.shift(); next; next = queue.shift()) {
    await takeOne(next);
    done += 1;
    byId("taking-count").textContent = t("archive.progress", { done, n: done + queue.length });
    if (!queue.length || done % 10 === 0) changed();
  }
  isWorking = false;
}

function takeOne({ send, outcome }) {
  const waiting = status(t("archive.reading"));
  outcome.replaceChildren(waiting);
  return attempt(outcome, async () => {
    const result = await send((...rows) => waiting.before(...rows));
    if (result) waiting.before(...became(result));
    waiting.remove();
  });
}

/** What became of each article, what of it is no evidence, and what could not be read. */
const became = ({ articles, failed }) => [...articles.map(taken), ...failed.map(({ source, message }) => h("p.failed.row", icon("warn"), h("span", `${source}: ${message}`)))];

function taken({ sections, hidden_chars: hidden, status, title }) {
  const [own, left] = [{}, {}];
  for (const [section, n] of Object.entries(sections)) (EVIDENCE.has(section) ? own : left)[section] = n;
  const words = [t("archive.evidence", { n: Object.values(own).reduce((sum, n) => sum + n, 0) })];
  if (Object.keys(left).length) words.push(t("archive.left_out", { kinds: countsOf(left) }));
  if (hidden) words.push(t("archive.hidden", { n: hidden }));
  return h("p", h(`span.status.is-${status}`, icon("tick"), t(`statuses.${status}`)), " ", h("span", title ?? t("source.untitled")), h("span.muted", ` · ${words.join(" · ")}`));
}
