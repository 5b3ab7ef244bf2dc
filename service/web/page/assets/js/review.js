/* Copy becomes a review: the text with its findings in place, the list of them beside it, and files to take away. */

import { call, fetchText, get, post } from "./api.js";
import { claimsPanel } from "./claims.js";
import { button, byId, h } from "./dom.js";
import { copy, download, formOf, listenForFiles } from "./files.js";
import { findingsPanel } from "./findings.js";
import { attempt } from "./problem.js";
import { correctedText, notesOf, reviewedText } from "./reviewed_text.js";
import { ready } from "./shell.js";
import { t } from "./strings.js";

const form = byId("hand-in");
const place = byId("reviewed");
const MEDIA_TYPES = { html: "text/html", sarif: "application/sarif+json" };

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const [stored, url, text] = ["stored", "address", "copy"].map((id) => byId(id).value.trim());
  if (stored) start({ article_id: stored });
  else if (url) start({ url });
  else if (text) start({ text: byId("copy").value });
  else byId("copy").focus();
});
listenForFiles(form, ["file"], ([file]) => file && run(() => call("POST", "/v1/review/files", { body: formOf(file) }).then(({ reviews }) => reviews[0])));

/** Reviews what a ReviewBody names. */
const start = (body) => run(() => post("/v1/review", body), body);

/* `body` can be sent again for its report; copy that came as a file is sent as its text. */
function run(ask, body = null) {
  place.replaceChildren(h("p.muted", { role: "status" }, t("review.reading")));
  return attempt(place, async () => {
    const review = await ask();
    show(review, body ?? { text: review.article.text, source: review.article.source });
  });
}

function show(review, body) {
  form.hidden = true;
  const state = { review, decisions: new Map(), changed: () => {} };
  const text = reviewedText(state);
  const findings = findingsPanel(state, text.show);
  state.changed = () => (text.update(), findings.update());
  const problem = h("div");
  const save = (format) => attempt(problem, async () => download(await fetchText("POST", `/v1/review/report?format=${format}`, { body }), `review.${format}`, MEDIA_TYPES[format]));
  byId("review-tools").replaceChildren(
    button(t("review.copy_corrected"), () => copy(correctedText(state)), "quiet", "copy"),
    button(t("review.copy_notes"), () => copy(notesOf(state)), "quiet", "pen"),
    button("HTML", () => save("html"), "quiet", "save"),
    button("SARIF", () => save("sarif"), "quiet", "save"),
    button(t("review.another"), another, "", "add"),
  );
  place.replaceChildren(problem, h("div.desk-and-list", text.element, h("div.beside", findings.element, claimsPanel(review))));
  state.changed();
  byId("findings-title").focus();
}

function another() {
  form.hidden = false;
  place.replaceChildren();
  byId("review-tools").replaceChildren();
  form.reset();
  byId("copy").focus();
}

attempt(place, async () => {
  const { articles } = await get("/v1/articles?limit=100");
  byId("stored").append(...articles.map((article) => h("option", { value: article.id }, article.title ?? article.source)));
});
const wanted = new URLSearchParams(location.search).get("article");
if (wanted) start({ article_id: wanted });
ready();
