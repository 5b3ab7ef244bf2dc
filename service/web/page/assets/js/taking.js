/* Files, folders, addresses and feeds become stored articles, one after another: each row says what became of its own. */

import { call, post } from "./api.js";
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

async function takeFile(file) {
  const name = file.webkitRelativePath || file.name;
  const send = (part) => call("POST", "/v1/articles", { body: formOf(part) });
  if (!/\.jsonl$/i.test(name)) return enqueue(name, () => send(file));
  const lines = (await file.text()).trimEnd().split("\n");
  for (let at = 0; at < lines.length; at += LINES) {
    const part = new File(["\n".repeat(at), lines.slice(at, at + LINES).join("\n")], file.name); // its lines keep their numbers
    enqueue(`${name} (${at + 1}–${Math.min(at + LINES, lines.length)})`, () => send(part));
  }
}

const takeFeed = (url) =>
  enqueue(url, async () => {
    const { entries } = await post("/v1/feeds", { url, watch: true });
    listFeeds();
    const fresh = entries.filter((entry) => !entry.is_stored);
    for (const entry of fresh) takeAddress(entry.url);
    return h("p", t("archive.feed_read", { n: entries.length }), " ", t("archive.feed_known", { n: entries.length - fresh.length }));
  });

/* `send()` gives an Ingested, or an element that says what came of it. */
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
  outcome.replaceChildren(status(t("archive.reading")));
  return attempt(outcome, async () => {
    const result = await send();
    outcome.replaceChildren(...(result.articles ? became(result) : [result]));
  });
}

const became = ({ articles, failed }) => [...articles.map(taken), ...failed.map(({ source, message }) => h("p.failed.row", icon("warn"), h("span", `${source}: ${message}`)))];

function taken({ sections, hidden_chars: hidden, status, title }) {
  const [own, left] = [{}, {}];
  for (const [section, n] of Object.entries(sections)) (EVIDENCE.has(section) ? own : left)[section] = n;
  const words = [t("archive.evidence", { n: Object.values(own).reduce((sum, n) => sum + n, 0) })];
  if (Object.keys(left).length) words.push(t("archive.left_out", { kinds: countsOf(left) }));
  if (hidden) words.push(t("archive.hidden", { n: hidden }));
  return h("p", h(`span.status.is-${status}`, icon("tick"), t(`statuses.${status}`)), " ", h("span", title ?? t("source.untitled")), h("span.muted", ` · ${words.join(" · ")}`));
}
