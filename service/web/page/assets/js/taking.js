/* Files, folders and addresses become stored articles, one after another: each row says what became of its own. */

import { fetchText, post } from "./api.js";
import { sectionName } from "./article.js";
import { byId, h, icon } from "./dom.js";
import { problemBox } from "./problem.js";
import { t } from "./strings.js";

const EVIDENCE = new Set(["headline", "caption", "body"]);
const queue = [];
let working = false;
let done = 0;
let changed = () => {};

/** Listens to the form; `told` is called when something was stored. */
export function listenForArticles(told) {
  changed = told;
  const form = byId("take-in");
  for (const id of ["files", "folder"])
    byId(id).addEventListener("change", () => {
      takeFiles([...byId(id).files]);
      byId(id).value = "";
    });
  for (const kind of ["dragover", "dragleave", "drop"])
    form.addEventListener(kind, (event) => {
      event.preventDefault();
      form.classList.toggle("is-over", kind === "dragover");
      if (kind === "drop") filesOf(event.dataTransfer).then(takeFiles);
    });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    for (const address of byId("addresses").value.split(/\s+/).filter(Boolean)) enqueue(address, () => post("/v1/articles", { url: address }));
    byId("addresses").value = "";
  });
  byId("sample").addEventListener("click", takeSample);
  byId("taking-close").addEventListener("click", () => {
    byId("taking").hidden = true;
    byId("taking-list").replaceChildren();
  });
}

function takeFiles(files) {
  for (const file of files) {
    const body = new FormData();
    body.append("file", file, file.webkitRelativePath || file.name);
    enqueue(file.webkitRelativePath || file.name, () => post("/v1/articles", body));
  }
}

function takeSample() {
  enqueue(t("archive.sample"), async () => {
    const text = await fetchText("GET", new URL("../sample.txt", import.meta.url));
    return post("/v1/articles", { text, source: "sample: voa-japan-russia-ukraine.txt" });
  });
}

function enqueue(name, send) {
  const outcome = h("div", { class: "small" }, t("archive.waiting"));
  byId("taking-list").append(h("li", null, h("strong", { dir: "auto" }, name), outcome));
  byId("taking").hidden = false;
  queue.push({ send, outcome });
  work();
}

async function work() {
  if (working) return;
  working = true;
  for (let next = queue.shift(); next; next = queue.shift()) {
    next.outcome.replaceChildren(t("archive.reading"));
    await takeOne(next);
    done += 1;
    byId("taking-count").textContent = t("archive.progress", { done, n: done + queue.length });
  }
  working = false;
}

async function takeOne({ send, outcome }) {
  try {
    const result = await send();
    outcome.replaceChildren(...result.articles.map(became), ...result.failed.map((failure) => h("p", { class: "failed" }, icon("warn"), h("span", { dir: "auto" }, `${failure.source}: ${failure.message}`))));
    changed();
  } catch (error) {
    outcome.replaceChildren(problemBox(error, () => takeOne({ send, outcome })));
  }
}

/** What became of an article, and what of it is no evidence. */
function became(article) {
  const count = (kinds) => kinds.reduce((sum, [, n]) => sum + n, 0);
  const sections = Object.entries(article.sections);
  const left = sections.filter(([section]) => !EVIDENCE.has(section));
  const words = [t("archive.evidence", { n: count(sections.filter(([section]) => EVIDENCE.has(section))) })];
  if (left.length) words.push(t("archive.left_out", { kinds: left.map(([section, n]) => t("source.some_of", { n, section: sectionName(section) })).join(", ") }));
  if (article.hidden_chars) words.push(t("archive.hidden", { n: article.hidden_chars }));
  return h("p", null, h("span", { class: `status is-${article.status}` }, icon("tick"), t(`statuses.${article.status}`)), " ", h("span", { dir: "auto" }, article.title ?? t("source.untitled")), h("span", { class: "muted" }, ` · ${words.join(" · ")}`));
}

/** The files of a drop, those in folders with their paths. */
async function filesOf(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.length) return [...transfer.files];
  return (await Promise.all(entries.map(filesIn))).flat();
}

async function filesIn(entry) {
  if (entry.isFile) return [await new Promise((resolve, reject) => entry.file(resolve, reject))];
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    const batch = await new Promise((resolve, reject) => reader.readEntries(resolve, reject)); // a hundred at a time
    if (!batch.length) return (await Promise.all(found.map(filesIn))).flat();
    found.push(...batch);
  }
}
