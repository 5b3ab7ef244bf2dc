/* What a reader can take away from a result: its text with sources, its page, its ClaimReview. */

import { post } from "./api.js";
import { button, h, toast } from "./dom.js";
import { problemBox } from "./problem.js";
import { day, percent, t } from "./strings.js";

export function actions(kind, result, place) {
  const write = (text) => navigator.clipboard.writeText(text).then(() => toast(t("actions.copied")));
  return h(
    "div",
    { class: "row actions" },
    button(t("actions.copy"), () => write(asText(kind, result)), { kind: "quiet", glyph: "copy" }),
    button(t("actions.link"), () => write(`${location.origin}${location.pathname}#${place}`), { kind: "quiet", glyph: "link" }),
    kind === "claim" && button(t("actions.to_desk"), (event) => toDesk(result, event.currentTarget), { kind: "quiet", glyph: "desk" }),
  );
}

/* The verdict here is the machine's: it can be published as a ClaimReview once a person has decided. */
async function toDesk(report, control) {
  try {
    const claim = await post("/v1/claims", { text: report.claim, origin: "chat" });
    control.replaceWith(h("a", { class: "button quiet", href: `/desk?claim=${encodeURIComponent(claim.id)}` }, t("actions.at_desk")));
  } catch (error) {
    control.replaceWith(problemBox(error));
  }
}

/** A result as plain text with its sources, to be pasted into copy or a mail. */
export function asText(kind, result) {
  const lines = kind === "question" ? [result.question, "", result.abstained ? t("answer.abstained") : result.answer] : verdictLines(result);
  if (result.citations.length) lines.push("", t("actions.sources"));
  for (const each of result.citations) {
    const from = [each.title ?? t("source.untitled"), each.published && day(each.published), each.url].filter(Boolean).join(", ");
    lines.push(`[${each.number}] “${each.quote}” — ${from}`);
  }
  return `${lines.join("\n")}\n`;
}

function verdictLines(report) {
  const lines = [report.claim, "", `${t(`labels.${report.label}`)} (${t("verdict.confidence", { share: percent(report.confidence) })})`];
  for (const each of report.differences) lines.push(`${t("verdict.claim_says")}: ${each.claim_text}. ${t("verdict.source_says")}: ${each.evidence_text} [${each.citation.number}]`);
  if (report.corrected_claim) lines.push(`${t("verdict.corrected")}: ${report.corrected_claim}`);
  return lines;
}
