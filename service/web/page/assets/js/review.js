/* Copy becomes a review: the text with its findings in place, the list of them beside it, and files to take away. */

import { call, fetchText, post } from "./api.js";
import { showClaims } from "./claims.js";
import { ask } from "./dialog.js";
import { byId, onPress, status } from "./dom.js";
import { copy, download, formOf, listenForFiles } from "./files.js";
import { showFindings } from "./findings.js";
import { attempt } from "./problem.js";
import { correctedText, notesOf, showText } from "./reviewed_text.js";
import { SAMPLE, sampleText } from "./sample.js";
import { ready } from "./shell.js";
import { listStored } from "./stored.js";
import { t } from "./strings.js";

const form = byId("hand-in");
const place = byId("review-problem");

let state = null; // {review, decisions by finding, changed()}
let again = null; // what asks for the same review

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const [url, text] = [byId("address").value.trim(), byId("copy").value];
  if (url) start({ url });
  else if (text.trim()) start({ text });
  else byId("copy").focus();
});
listenForFiles(form, ["file"], ([file]) => file && run(() => call("POST", "/v1/review/files", { body: formOf(file) }).then(({ reviews }) => reviews[0])));

const start = (body) => run(() => post("/v1/review", body), body);

/* `body` is the ReviewBody that names the copy; what came as a file is sent as its text when its report is asked for. */
function run(send, body) {
  place.replaceChildren(status(t("review.reading")));
  return attempt(place, async () => {
    const review = await send();
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

onPress("copy-text", () => copy(correctedText(state)));
onPress("copy-notes", () => copy(notesOf(state)));
for (const format of ["html", "sarif"])
  onPress(`save-${format}`, () => attempt(place, async () => download(await fetchText("POST", `/v1/review/report?format=${format}`, { body: again }), `review.${format}`)));
onPress("another", () => {
  turn(false);
  form.reset();
  byId("copy").focus();
});

const list = listStored(byId("stored-list"), byId("search"), ({ id }) => (byId("picked").value = id));
onPress("stored", async () => {
  list();
  const picked = await ask("pick");
  if (picked) start({ article_id: picked.article_id });
});
onPress("sample", () => run(async () => post("/v1/review", { text: await sampleText(), source: SAMPLE })));
const wanted = new URLSearchParams(location.search).get("article");
if (wanted) start({ article_id: wanted });
ready();
