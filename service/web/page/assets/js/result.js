/* What stands under a result: what a reader can take away from it, and how it was made. */

import { fetchText, post } from "./api.js";
import { button, facts, folded, h, linkButton } from "./dom.js";
import { copy, download } from "./files.js";
import { attempt } from "./problem.js";
import { day, percent, t } from "./strings.js";

/** `path` is the turn's address in the API, `place` its id on the page. */
export function footer(kind, result, path, place) {
  const buttons = h(
    "div.row.actions",
    button(t("actions.copy"), () => copy(asText(kind, result)), "quiet", "copy"),
    button(t("actions.link"), () => copy(`${location.origin}${location.pathname}#${place}`), "quiet", "link"),
    kind === "claim" && [
      button(t("actions.claim_review"), () => saveClaimReview(`${path}/claimreview`, problem), "quiet", "save"),
      button(t("actions.to_desk"), (event) => toDesk(result, event.currentTarget, problem), "quiet", "desk"),
    ],
  );
  const problem = h("div");
  return h("footer.turn-foot.row", buttons, made(result), problem);
}

/** Saves a ClaimReview that the service writes; a problem is shown in `place`. */
export const saveClaimReview = (path, place) => attempt(place, async () => download(await fetchText("GET", path), "claimreview.json"));

const toDesk = (report, control, place) =>
  attempt(place, async () => {
    const claim = await post("/v1/claims", { text: report.claim, origin: "chat" });
    const link = linkButton(t("actions.at_desk"), `/desk?claim=${encodeURIComponent(claim.id)}`, "quiet");
    control.replaceWith(link);
    link.focus();
  });

/** A result as plain text with its sources. */
function asText(kind, result) {
  const lines = kind === "question" ? [result.question, "", result.abstained ? t("answer.abstained") : result.answer] : verdictLines(result);
  if (result.citations.length) lines.push("", t("actions.sources"));
  for (const each of result.citations) {
    const from = [each.title ?? t("source.untitled"), each.published && day(each.published), each.url].filter(Boolean);
    lines.push(`[${each.number}] “${each.quote}” — ${from.join(", ")}`);
  }
  return `${lines.join("\n")}\n`;
}

function verdictLines(report) {
  const sure = report.abstained ? "" : ` (${t("verdict.confidence", { share: percent(report.confidence) })})`;
  const said = report.differences.map((each) => `${t("verdict.claim_says")}: ${each.claim_text}. ${t("verdict.source_says")}: ${each.evidence_text} [${each.citation.number}]`);
  const mended = report.corrected_claim ? [`${t("verdict.corrected")}: ${report.corrected_claim}`] : [];
  return [report.claim, "", `${t(`labels.${report.label}`)}${sure}`, ...said, ...mended];
}

function made({ backend, timings_ms: timings, usage }) {
  const steps = Object.entries(timings).map(([step, ms]) => [t(`steps.${step}`), t("made.ms", { ms: Math.round(ms) })]);
  const costs = Object.entries(usage ?? {}).map(([name, value]) => [name, String(value)]);
  return folded("made.small", t("made.title"), h("p", backend), facts([...steps, ...costs]));
}
