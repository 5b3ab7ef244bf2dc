/* Copy becomes a review: the text with its findings in place, and the list of them beside it. */

import { call, get, post } from "./api.js";
import { byId, button, h } from "./dom.js";
import { claimsPanel } from "./claims.js";
import { findingsPanel } from "./findings.js";
import { problemBox } from "./problem.js";
import { copyTools } from "./reports.js";
import { reviewedText } from "./reviewed_text.js";
import { ready } from "./shell.js";
import { t } from "./strings.js";

const form = byId("hand-in");

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const stored = byId("stored").value;
  const address = byId("address").value.trim();
  const text = byId("copy").value;
  if (stored) return start({ article_id: stored });
  if (address) return start({ url: address });
  if (text.trim()) return start({ text });
  return byId("copy").focus();
});
byId("file").addEventListener("change", () => byId("file").files[0] && startWithFile(byId("file").files[0]));

for (const kind of ["dragover", "dragleave", "drop"])
  form.addEventListener(kind, (event) => {
    event.preventDefault();
    form.classList.toggle("is-over", kind === "dragover");
    if (kind === "drop" && event.dataTransfer.files[0]) startWithFile(event.dataTransfer.files[0]);
  });

/** Reviews what a ReviewBody names. */
const start = (body) => run(() => post("/v1/review", body), body);

function startWithFile(file) {
  const body = new FormData();
  body.append("file", file, file.name);
  return run(async () => {
    const { reviews } = await call("POST", "/v1/review/files", { body });
    return reviews[0];
  }, null);
}

async function run(ask, body) {
  const place = byId("reviewed");
  place.replaceChildren(h("p", { class: "muted", role: "status" }, t("review.reading")));
  try {
    show(await ask(), body);
  } catch (error) {
    place.replaceChildren(problemBox(error, () => run(ask, body)));
  }
}

/** Shows a review; `body` can be sent again for its report, or is null when the copy came as a file. */
function show(review, body) {
  form.hidden = true;
  const state = { review, decisions: new Map(), changed: () => {} };
  const text = reviewedText(state);
  const findings = findingsPanel(state, text);
  const claims = claimsPanel(state, text);
  state.changed = () => (text.update(), findings.update());
  byId("review-tools").replaceChildren(
    ...copyTools(state, body ?? { text: review.article.text, source: review.article.source }),
    button(t("review.another"), another, { glyph: "add" }),
  );
  byId("reviewed").replaceChildren(h("div", { class: "desk-and-list" }, text.element, h("div", { class: "beside" }, findings.element, claims.element)));
  state.changed();
  findings.element.querySelector("h2").focus();
}

function another() {
  form.hidden = false;
  byId("reviewed").replaceChildren();
  byId("review-tools").replaceChildren();
  form.reset();
  byId("copy").focus();
}

async function fillStored() {
  const { articles } = await get("/v1/articles?limit=100");
  byId("stored").append(...articles.map((article) => h("option", { value: article.id }, article.title ?? article.source)));
}

const wanted = new URLSearchParams(location.search).get("article");
fillStored().catch((error) => byId("reviewed").replaceChildren(problemBox(error, fillStored)));
if (wanted) start({ article_id: wanted });
ready();
