/* A claim's file: what the machine said beside what the desk decided, what can be done next, and all that was done. */

import { get, post } from "./api.js";
import { button, byId, h, icon, outsideLink, toast } from "./dom.js";
import { problemBox } from "./problem.js";
import { stepButtons } from "./steps.js";
import { day, moment, t, tryText } from "./strings.js";
import { badge, verdictCard } from "./verdict.js";

/** Where a claim stands, in words. */
export const stateMark = (state) => h("span", { class: `state is-${state}` }, t(`claim_states.${state}`));

let opened = 0; // a check takes a while: its claim may no longer be the one that is open

/** Opens the file of a claim; `changed` is called after each step, `back` closes it on a small screen. */
export async function openFile(id, { changed, back }) {
  const mine = ++opened;
  const place = byId("file");
  const path = `/v1/claims/${encodeURIComponent(id)}`;
  const redraw = async () => {
    try {
      const file = await get(path);
      if (mine === opened) show(file);
    } catch (error) {
      if (mine === opened) place.replaceChildren(problemBox(error, redraw));
    }
  };
  const take = async (step, working) => {
    const waiting = h("p", { class: "small muted", role: "status" }, working ?? t("desk.working"));
    place.querySelector(".file-steps").replaceChildren(waiting);
    try {
      await (step === "check" ? post(`${path}/check`) : post(`${path}/steps`, step));
      changed();
      await redraw();
      if (mine === opened) place.querySelector(".file-steps button")?.focus();
    } catch (error) {
      await redraw();
      if (mine === opened) place.querySelector(".file-steps")?.after(problemBox(error));
    }
  };

  function show(file) {
    place.replaceChildren(head(file.claim, back), stepButtons(file, take), h("div", { class: "opinions" }, machine(file), desk(file)), timeline(file.history));
  }
  await redraw();
}

function head(claim, back) {
  const facts = [
    claim.claimant && [t("desk.claimant"), h("span", { dir: "auto" }, claim.claimant)],
    claim.said && [t("desk.said"), day(claim.said)],
    claim.source_url && [t("desk.source_url"), outsideLink(claim.source_url, claim.source_url)],
    [t("desk.assignee"), claim.assignee ? h("span", { dir: "auto" }, claim.assignee) : t("desk.nobody")],
    [t("desk.received"), `${moment(claim.received)}, ${claim.received_by}, ${t(`origins.${claim.origin}`)}`],
  ].filter(Boolean);
  const link = () => navigator.clipboard.writeText(location.href).then(() => toast(t("actions.copied")));
  return h(
    "header",
    { class: "file-head" },
    h("div", { class: "row" }, button(t("desk.back"), back, { kind: "quiet back" }), stateMark(claim.state), h("span", { class: "grow" }), button(t("actions.link"), link, { kind: "quiet", glyph: "link" }), claim.published && exportLink(claim)),
    h("h2", { class: "claim", dir: "auto" }, claim.text),
    h("dl", { class: "facts" }, facts.map(([name, value]) => h("div", null, h("dt", null, name), h("dd", null, value)))),
  );
}

const exportLink = (claim) => h("a", { class: "button quiet", href: `/fact-checks/${encodeURIComponent(claim.id)}`, download: `claimreview-${claim.id}.json` }, icon("save"), t("desk.claim_review"));

function machine({ verdicts }) {
  const newest = verdicts.at(-1);
  const older = verdicts.slice(0, -1).reverse();
  return h(
    "section",
    { "aria-labelledby": "machine-title" },
    h("h3", { id: "machine-title" }, t("desk.machine_says")),
    newest ? h("p", { class: "small muted" }, moment(newest.checked)) : h("p", { class: "muted" }, t("desk.unchecked")),
    newest && verdictCard(newest.report),
    older.length > 0 && h("details", null, h("summary", null, t("desk.older", { n: older.length })), h("ul", { class: "small" }, older.map((each) => h("li", { class: "row" }, badge(each.report.label), moment(each.checked), h("span", { class: "muted" }, each.report.backend))))),
  );
}

function desk({ claim, decisions }) {
  const standing = claim.decision;
  const past = decisions.filter((each) => each.number !== standing?.number).reverse();
  return h(
    "section",
    { "aria-labelledby": "desk-title" },
    h("h3", { id: "desk-title" }, t("desk.desk_says")),
    standing ? decision(standing) : h("p", { class: "muted" }, t("desk.undecided")),
    past.length > 0 && h("details", null, h("summary", null, t("desk.past", { n: past.length })), past.map(decision)),
  );
}

function decision(each) {
  return h(
    "div",
    { class: "decision card" },
    badge(each.label),
    h("p", { class: "note", dir: "auto" }, each.note),
    each.corrected_text && h("p", { dir: "auto" }, h("span", { class: "small muted" }, `${t("desk.corrected")}: `), each.corrected_text),
    h("p", { class: "small muted" }, t("desk.decided_by", { who: each.decided_by, at: moment(each.decided) }), each.seconded_by && ` · ${t("desk.seconded_by", { who: each.seconded_by })}`),
  );
}

/** Every step with its place in the audit log. */
function timeline(entries) {
  return h(
    "section",
    { class: "timeline", "aria-labelledby": "timeline-title" },
    h("h3", { id: "timeline-title" }, t("desk.timeline")),
    h("ol", null, entries.map(entry)),
  );
}

const SAID_BY_THE_ROW = new Set(["by", "claim", "digest", "text", "number", "origin"]);

function entry(each) {
  const { by, ...told } = JSON.parse(each.payload);
  const words = Object.entries(told).filter(([name, value]) => !SAID_BY_THE_ROW.has(name) && value !== null);
  return h(
    "li",
    null,
    h("p", null, h("strong", null, tryText(`audit.${each.action.replace(".", "_")}`) ?? each.action), h("span", { class: "meta" }, h("span", { dir: "auto" }, by), h("time", { datetime: each.at }, moment(each.at)))),
    words.map(([name, value]) => h("p", { class: "small", dir: "auto" }, `${tryText(`audit_words.${name}`) ?? name}: `, tryText(`labels.${value}`) ?? String(value))),
    h("code", { class: "hash", title: t("desk.hash") }, `${each.seq} · ${each.hash.slice(0, 12)}`),
  );
}
