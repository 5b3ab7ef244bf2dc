/* A review becomes files and text to take away: the report, the corrected copy, the desk's notes. */

import { fetchText } from "./api.js";
import { button, h, toast } from "./dom.js";
import { correctedText } from "./reviewed_text.js";
import { slice } from "./codepoints.js";
import { t } from "./strings.js";

/** The buttons. `body` is the ReviewBody whose report the service writes. */
export function copyTools(state, body) {
  return [
    button(t("review.copy_corrected"), () => copy(correctedText(state)), { kind: "quiet", glyph: "copy" }),
    button(t("review.copy_notes"), () => copy(notes(state)), { kind: "quiet", glyph: "pen" }),
    button(t("review.save_html"), () => save("html", body), { kind: "quiet", glyph: "save" }),
    button(t("review.save_sarif"), () => save("sarif", body), { kind: "quiet", glyph: "save" }),
  ];
}

const copy = (text) => navigator.clipboard.writeText(text).then(() => toast(t("actions.copied")));

/** A note for each dismissed finding, as the article itself may carry it: the next review then stays silent. */
function notes({ review, decisions }) {
  return [...decisions]
    .filter(([, decision]) => decision.kind === "dismissed")
    .map(([finding, { reason }]) => {
      const { start, end } = finding.passages[0];
      return `[desk: ignore ${finding.code} ${slice(review.article.text, start, end)}: ${reason}]\n`;
    })
    .join("");
}

async function save(format, body) {
  try {
    const text = await fetchText("POST", `/v1/review/report?format=${format}`, { body });
    download(text, format === "html" ? "review.html" : "review.sarif", format === "html" ? "text/html" : "application/sarif+json");
  } catch (error) {
    toast(error.message);
  }
}

/** Hands text to the browser as a file. */
export function download(text, name, type) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  h("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
