/* A report becomes a card: the label, its confidence, what differs letter by letter, and the passages. */

import { get } from "./api.js";
import { button, h, icon, s, toast } from "./dom.js";
import { chip, sourceList, sourceMeta } from "./citations.js";
import { cut } from "./codepoints.js";
import { compareLetters, newWords } from "./letters.js";
import { percent, t, tryText } from "./strings.js";

export function verdictCard(report) {
  return h(
    "section",
    { class: `verdict card is-${report.label}`, "aria-label": t(`labels.${report.label}`) },
    h("header", { class: "verdict-head" }, badge(report.label), confidence(report)),
    h("blockquote", { class: "claim", dir: "auto" }, markedClaim(report)),
    h("p", { class: "meaning" }, meaning(report)),
    report.differences.length ? differences(report) : null,
    report.corrected_claim && correction(report),
    passages(report),
    report.parts.length > 1 ? parts(report) : null,
    disagreements(report),
  );
}

/** The label in words and in a shape of its own. */
export function badge(label) {
  return h("strong", { class: `badge is-${label}` }, icon(label, "v"), t(`labels.${label}`));
}

function confidence(report) {
  const share = Math.max(0, Math.min(1, report.confidence));
  const track = s("svg", { class: "gauge", viewBox: "0 0 100 6", preserveAspectRatio: "none", "aria-hidden": "true" });
  track.append(s("rect", { class: "track", width: 100, height: 6, rx: 3 }), s("rect", { class: "fill", width: 100 * share, height: 6, rx: 3 }));
  const held = h("span", null);
  return h(
    "details",
    { class: "confidence", ontoggle: (event) => event.currentTarget.open && howOftenHeld(share).then((words) => held.replaceChildren(words)) },
    h("summary", null, track, t("verdict.confidence", { share: percent(share) })),
    h("p", { class: "small" }, t("verdict.confidence_means"), " ", held, " ", h("a", { href: "/quality" }, t("verdict.see_quality"))),
  );
}

/* What was measured of verdicts as sure as this one, so that the number is not taken on faith. */
async function howOftenHeld(share) {
  try {
    const { measured } = await get("/v1/quality");
    const bin = measured?.reliability.find((each) => share >= each.low && (share < each.high || each.high === 1));
    return bin ? t("verdict.held", { right: percent(bin.right), n: bin.n }) : t("verdict.unmeasured");
  } catch (error) {
    return error.message || t("problem.offline");
  }
}

function meaning(report) {
  if (report.abstained && !report.parts.some((part) => part.nearest?.length)) return t("verdict.why_silent");
  if (report.abstained) return t("verdict.why_undecided");
  return t(`meanings.${report.label}`);
}

function markedClaim(report) {
  const seen = report.differences.map((each) => ({ start: each.claim_start, end: each.claim_end, each }));
  return cut(report.claim, seen).map(({ text, mark }) => (mark ? h("mark", { class: "differs" }, letters(mark.each, text, mark.each.evidence_text, 0)) : text));
}

const SPELT = new Set(["name", "place"]); // one letter makes another name; of a number it says nothing

/** One side of a difference, with the letters that differ set apart where spelling is what differs. */
function letters({ kind }, left, right, side) {
  if (!SPELT.has(kind)) return h("b", null, side ? right : left);
  return compareLetters(left, right)[side].map(({ text, differs }) => (differs ? h("b", null, text) : text));
}

function differences(report) {
  return h(
    "div",
    { class: "differences" },
    h("h3", null, t("verdict.differences")),
    h(
      "ul",
      null,
      unique(report.differences).map((each) =>
        h(
          "li",
          null,
          h("span", { class: "kind" }, tryText(`kinds.${each.kind}`) ?? each.kind),
          side(t("verdict.claim_says"), letters(each, each.claim_text, each.evidence_text, 0)),
          side(t("verdict.source_says"), letters(each, each.claim_text, each.evidence_text, 1), chip(each.citation, report.citations)),
        ),
      ),
    ),
  );
}

const side = (name, words, ...more) => h("span", { class: "side" }, h("span", { class: "hush" }, `${name} `), h("mark", { class: "differs", dir: "auto" }, words), ...more);

/** Two copies of a sentence that differ alike are one difference to the reader. */
function unique(found) {
  const seen = new Set();
  return found.filter((each) => {
    const key = [each.kind, each.claim_start, each.claim_end, each.evidence_text].join("\n");
    return !seen.has(key) && seen.add(key);
  });
}

function correction(report) {
  return h(
    "div",
    { class: "correction" },
    h("h3", null, t("verdict.corrected")),
    h("p", { class: "corrected", dir: "auto" }, newWords(report.claim, report.corrected_claim).map(({ text, differs }) => (differs ? h("ins", null, text) : text))),
    h(
      "div",
      { class: "row" },
      report.corrected_label && badge(report.corrected_label),
      button(t("verdict.copy_corrected"), () => navigator.clipboard.writeText(report.corrected_claim).then(() => toast(t("actions.copied"))), { kind: "quiet", glyph: "copy" }),
    ),
  );
}

/** Citations for and against the claim, by the stance that each part's verdict gives its own. */
export function sides(report) {
  const found = { supports: new Map(), refutes: new Map() };
  for (const part of report.parts)
    part.citations.forEach((citation, at) => {
      const stance = part.stances?.[at] ?? { supported: "supports", refuted: "refutes" }[part.label];
      found[stance]?.set(citation.number, citation);
    });
  return { supports: [...found.supports.values()], refutes: [...found.refutes.values()] };
}

function passages(report) {
  const { supports, refutes } = sides(report);
  const nearest = report.parts.flatMap((part) => part.nearest ?? []);
  const column = (name, citations) =>
    citations.length > 0 && h("div", { class: `side-column is-${name}` }, h("h3", null, t(`verdict.${name}`, { n: citations.length })), h("ol", { class: "sources" }, citations.map((citation) => passage(citation, report))));
  if (supports.length || refutes.length) return h("div", { class: "for-against" }, column("refutes", refutes), column("supports", supports));
  if (report.citations.length) return sourceList(report.citations);
  return nearest.length ? h("div", { class: "nearest" }, h("h3", null, t("verdict.nearest")), sourceList(nearest)) : null;
}

/** A passage with the words that differ from the claim marked in it. */
function passage(citation, report) {
  const marks = report.differences
    .filter((each) => each.citation.number === citation.number)
    .map((each) => ({ start: each.evidence_start, end: each.evidence_end, each }));
  const quote = cut(citation.quote, marks).map(({ text, mark }) => (mark ? h("mark", { class: "differs" }, letters(mark.each, mark.each.claim_text, text, 1)) : text));
  return h("li", { class: "source" }, chip(citation, report.citations), h("div", null, h("blockquote", { dir: "auto" }, quote), sourceMeta(citation)));
}

function parts(report) {
  return h(
    "div",
    { class: "parts" },
    h("h3", null, t("verdict.parts", { n: report.parts.length })),
    h("ol", null, report.parts.map((part) => h("li", null, badge(part.label), h("span", { dir: "auto" }, part.text), part.citations.map((citation) => chip(citation, report.citations))))),
  );
}

function disagreements(report) {
  if (!report.disagreements?.length) return null;
  return h(
    "details",
    { class: "disagreements" },
    h("summary", null, t("verdict.disagreements", { n: report.disagreements.length })),
    h(
      "ul",
      null,
      report.disagreements.map((each) =>
        h("li", { class: "small" }, t("verdict.read_as", { model: t(`relations.${each.model}`), local: t(`relations.${each.local}`) }), " ", chip(each.citation), each.rationale && h("p", { dir: "auto" }, each.rationale)),
      ),
    ),
  );
}
