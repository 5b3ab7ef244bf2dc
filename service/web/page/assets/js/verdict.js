/* A report becomes a card: the label, its confidence, what differs letter by letter, and the passages. */

import { get } from "./api.js";
import { chip, sourceList } from "./citations.js";
import { button, folded, h, icon } from "./dom.js";
import { copy } from "./files.js";
import { compareLetters, compareWords, cut } from "./pieces.js";
import { percent, t } from "./strings.js";

export function verdictCard(report) {
  const label = t(`labels.${report.label}`);
  return h(
    `section.verdict.card.is-${report.label}`,
    { "aria-label": label },
    h("header.row", badge(report.label), confidence(report)),
    h("blockquote.claim", marked(report.claim, report.differences, 0)),
    h("p.meaning", meaning(report)),
    differences(report),
    correction(report),
    passages(report),
    report.parts.length > 1 && h("div", h("h3", t("verdict.parts", { n: report.parts.length })), h("ol.parts", report.parts.map((part) => partRow(part, report.citations)))),
    disagreements(report),
  );
}

export const badge = (label) => h(`strong.badge.is-${label}`, icon(label), t(`labels.${label}`));

export const partRow = (part, citations) => h("li", badge(part.label), h("span", part.text, " ", part.citations.map((citation) => chip(citation, citations))));

/* Where no side is taken there is nothing to be sure of: what the number says then is told in words. */
function confidence({ label, abstained, confidence: share }) {
  const held = h("span");
  const more = h("p.small", t(`sure.${label}`, { share: percent(share) }), " ", held, " ", h("a", { href: "/quality" }, t("verdict.see_quality")));
  const element = folded("confidence", t(abstained ? "verdict.no_side" : "verdict.confidence", { share: percent(share) }), more);
  element.addEventListener("toggle", async () => held.replaceChildren(element.open && !abstained ? await howOftenHeld(share) : ""));
  return element;
}

/* What was measured of verdicts as sure as this one. */
async function howOftenHeld(share) {
  try {
    const { measured } = await get("/v1/quality");
    const bin = measured?.reliability.find((each) => share >= each.low && (share < each.high || each.high === 1));
    return bin ? t("verdict.held", { right: percent(bin.right), n: bin.n }) : t("verdict.unmeasured");
  } catch (error) {
    return error.message;
  }
}

function meaning({ abstained, label, parts }) {
  if (!abstained) return t(`meanings.${label}`);
  return t(parts.some((part) => part.nearest?.length) ? "verdict.why_undecided" : "verdict.why_silent");
}

const SPELT = new Set(["name", "place"]); // one letter makes another name; of a number it says nothing

/** One side of a difference (0: the claim, 1: the source), the letters that differ set apart where spelling differs. */
function letters({ kind, claim_text: claim, evidence_text: evidence }, side) {
  const [own, other] = side ? [evidence, claim] : [claim, evidence];
  const pieces = SPELT.has(kind) ? compareLetters(own, other) : [{ text: own, differs: true }];
  return h("mark.differs", pieces.map(({ text, differs }) => (differs ? h("b", text) : text)));
}

/** Text with the differences marked where they stand on that side of it. */
function marked(text, found, side) {
  const ends = side ? ["evidence_start", "evidence_end"] : ["claim_start", "claim_end"];
  const ranges = found.map((each) => ({ start: each[ends[0]], end: each[ends[1]], each }));
  return cut(text, ranges).map((piece) => (piece.mark ? letters(piece.mark.each, side) : piece.text));
}

function differences({ differences: found, citations }) {
  const keyOf = (each) => [each.kind, each.claim_start, each.claim_end, each.evidence_text].join("\n");
  const unique = found.filter((each, at) => found.findIndex((other) => keyOf(other) === keyOf(each)) === at); // two copies of a sentence differ alike
  const side = (name, ...words) => h("span.side", h("span.hush", `${t(name)} `), words);
  const row = (each) =>
    h("li.row", h("span.kind", t(`kinds.${each.kind}`)), side("verdict.claim_says", letters(each, 0)), side("verdict.source_says", letters(each, 1), chip(each.citation, citations)));
  return unique.length > 0 && h("div.differences", h("h3", t("verdict.differences")), h("ul", unique.map(row)));
}

function correction({ claim, corrected_claim: corrected, corrected_label: label }) {
  if (!corrected) return null;
  const pieces = compareWords(claim, corrected).filter(({ side }) => side !== "before");
  const words = pieces.map(({ side, text }) => (side === "after" ? h("ins", text) : text));
  return h("div.correction", h("h3", t("verdict.corrected")), h("p.corrected", words), h("div.row", label && badge(label), button(t("verdict.copy_corrected"), () => copy(corrected), "quiet", "copy")));
}

/** The passages against and for the claim, by the stance that each part's verdict gives its own; else the nearest. */
function passages({ parts, citations, differences: found }) {
  const sides = { refutes: new Map(), supports: new Map() };
  for (const part of parts)
    part.citations.forEach((citation, at) => {
      const stance = part.stances?.[at] ?? { supported: "supports", refuted: "refutes" }[part.label];
      sides[stance]?.set(citation.number, citation);
    });
  const quoteOf = (citation) => marked(citation.quote, found.filter((each) => each.citation.number === citation.number), 1);
  const columns = Object.entries(sides).filter(([, cited]) => cited.size);
  const column = ([name, cited]) => h("div", h("h3", t(`verdict.${name}`, { n: cited.size })), sourceList([...cited.values()], citations, quoteOf));
  if (columns.length) return h("div.for-against", columns.map(column));
  if (citations.length) return sourceList(citations);
  const nearest = parts.flatMap((part) => part.nearest ?? []);
  return nearest.length > 0 && h("div", h("h3", t("verdict.nearest")), sourceList(nearest));
}

function disagreements({ disagreements: found = [] }) {
  const row = (each) => h("li", t("verdict.read_as", { model: t(`relations.${each.model}`), local: t(`relations.${each.local}`) }), " ", chip(each.citation), each.rationale && h("p", each.rationale));
  return found.length > 0 && folded("disagreements.small", t("verdict.disagreements", { n: found.length }), h("ul", found.map(row)));
}
