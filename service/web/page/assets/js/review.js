/* Copy becomes a review: the text with its findings in place, the list of them beside it, and files to take away. */

import { call, fetchText, get, post } from "./api.js";
import { showClaims } from "./claims.js";
import { byId, h, status } from "./dom.js";
import { copy, download, formOf, listenForFiles } from "./files.js";
import { showFindings } from "./findings.js";
import { attempt } from "./problem.js";
import { correctedText, notesOf, showText } from "./reviewed_text.js";
import { ready } from "./shell.js";
import { t } from "./strings.js";

const form = byId("hand-in");
const place = byId("review-problem");
const MEDIA_TYPES = { html: "text/html", sarif: "application/sarif+json" };

let state = null; // {review, decisions by finding, changed()}
let again = null; // the ReviewBody that names the copy

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

/* Copy that came as a file is sent as its text when its report is asked for. */
function run(ask, body = null) {
  place.replaceChildren(status(t("review.reading")));
  return attempt(place, async () => {
    const review = await ask();
    place.replaceChildren();
    again = body ?? { text: review.article.text, source: review.article.source };
    state = { review, decisions: new Map(), changed: () => (showText(state), showFindings(state)) };
    turn(true);
    state.changed();
    showClaims(review);
    byId("findings-title").focus();
  });
}

function turn(isReviewed) {
  form.hidden = isReviewed;
  byId("reviewed").hidden = byId("review-tools").hidden = !isReviewed;
}

byId("copy-text").addEventListener("click", () => copy(correctedText(state)));
byId("copy-notes").addEventListener("click", () => copy(notesOf(state)));
for (const [format, type] of Object.entries(MEDIA_TYPES))
  byId(`save-${format}`).addEventListener("click", () =>
    attempt(place, async () => download(await fetchText("POST", `/v1/review/report?format=${format}`, { body: again }), `review.${format}`, type)),
  );
byId("another").addEventListener("click", () => {
  turn(false);
  form.reset();
  byId("copy").focus();
});

attempt(place, async () => {
  const { articles } = await get("/v1/articles?limit=100");
  byId("stored").append(...articles.map((article) => h("option", { value: article.id }, article.title ?? article.source)));
});
const wanted = new URLSearchParams(location.search).get("article");
if (wanted) start({ article_id: wanted });
ready();
