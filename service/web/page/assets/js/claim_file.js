/* A claim's file: what the machine said beside what the desk decided, what can be done next, and all that was done. */

import { get, post } from "./api.js";
import { ask } from "./dialog.js";
import { button, byId, facts, folded, h, outsideLink, section } from "./dom.js";
import { copy } from "./files.js";
import { attempt, problemBox } from "./problem.js";
import { saveClaimReview } from "./result.js";
import { day, moment, t, tryText } from "./strings.js";
import { badge, verdictCard } from "./verdict.js";

const NEXT = { queued: "check", assigned: "check", checked: "decide", awaiting_second: "second", decided: "publish" };
const QUIET = new Set(["note", "dismiss", "reopen"]);
const SAID_BY_THE_ROW = new Set(["by", "claim", "digest", "text", "number", "origin"]);

/** Where a claim stands, in words. */
export const stateMark = (state) => h(`span.state.is-${state}`, t(`claim_states.${state}`));

let opened = 0; // a check takes a while: its claim may no longer be the one that is open

/** Opens the file of a claim; `changed` is called after each step, `back` closes it on a small screen. */
export function openFile(id, changed, back) {
  const mine = ++opened;
  const path = `/v1/claims/${encodeURIComponent(id)}`;
  const place = byId("file");
  const steps = h("div.row.file-steps");
  const problem = h("div");
  const redraw = () =>
    attempt(place, async () => {
      const file = await get(path);
      if (mine !== opened) return;
      const act = (step) => button(t(`desk.do_${step}`), () => begin(step, file), NEXT[file.claim.state] === step ? "primary" : QUIET.has(step) ? "quiet" : "");
      steps.replaceChildren(...file.steps.map(act));
      const opinions = h("div.opinions", machine(file), person(file));
      place.replaceChildren(head(file.claim, back, () => saveClaimReview(`${path}/claimreview`, problem)), steps, problem, opinions, timeline(file.history));
    });

  /* A step that needs words has a dialog of its own. */
  async function begin(step, { claim, verdicts }) {
    const values = { assign: { to: claim.assignee ?? "" }, decide: { corrected_text: verdicts.at(-1)?.report.corrected_claim ?? "" } };
    const given = byId(`do-${step}`) ? await ask(`do-${step}`, values[step]) : {};
    if (given) await take({ step, ...given, ...(given.agrees && { agrees: given.agrees === "yes" }) });
  }

  async function take(body) {
    steps.replaceChildren(h("p.small.muted", { role: "status" }, t(body.step === "check" ? "desk.checking" : "desk.working")));
    let failure = "";
    try {
      await (body.step === "check" ? post(`${path}/check`) : post(`${path}/steps`, body));
      changed();
    } catch (error) {
      failure = problemBox(error);
    }
    problem.replaceChildren(failure);
    await redraw();
    if (mine === opened) steps.querySelector("button")?.focus();
  }

  return redraw();
}

function head(claim, back, save) {
  return h(
    "header.file-head.stack",
    h(
      "div.row",
      button(t("desk.back"), back, "quiet.back"),
      stateMark(claim.state),
      h("span.grow"),
      button(t("actions.link"), () => copy(location.href), "quiet", "link"),
      claim.published && button(t("actions.claim_review"), save, "quiet", "save"),
    ),
    h("h2.claim", claim.text),
    facts([
      claim.claimant && [t("desk.claimant"), claim.claimant],
      claim.said && [t("desk.said"), day(claim.said)],
      claim.source_url && [t("desk.source_url"), outsideLink(claim.source_url, claim.source_url)],
      [t("desk.assignee"), claim.assignee ?? t("desk.nobody")],
      [t("desk.received"), `${moment(claim.received)}, ${claim.received_by}, ${t(`origins.${claim.origin}`)}`],
    ]),
  );
}

function machine({ verdicts }) {
  const newest = verdicts.at(-1);
  const older = verdicts.slice(0, -1).reverse().map((each) => h("li.row", badge(each.report.label), moment(each.checked), h("span.muted", each.report.backend)));
  return section(
    "machine",
    t("desk.machine_says"),
    newest ? [h("p.small.muted", moment(newest.checked)), verdictCard(newest.report)] : h("p.muted", t("desk.unchecked")),
    older.length > 0 && folded("small", t("desk.older", { n: older.length }), h("ul", older)),
  );
}

function person({ claim: { decision: standing }, decisions }) {
  const past = decisions.filter((each) => each.number !== standing?.number).reverse();
  return section(
    "person",
    t("desk.desk_says"),
    standing ? decision(standing) : h("p.muted", t("desk.undecided")),
    past.length > 0 && folded("small", t("desk.past", { n: past.length }), past.map(decision)),
  );
}

const decision = (each) =>
  h(
    "div.decision.card.stack",
    badge(each.label),
    h("p.note", each.note),
    each.corrected_text && h("p", h("span.small.muted", `${t("desk.corrected")}: `), each.corrected_text),
    h("p.small.muted", `${each.decided_by}, ${moment(each.decided)}`, each.seconded_by && ` · ${t("desk.seconded_by", { who: each.seconded_by })}`),
  );

/** Every step with its place in the audit log. */
const timeline = (entries) => section("timeline", t("desk.timeline"), h("ol", entries.map(entry)));

function entry({ payload, action, at, seq, hash }) {
  const { by, ...told } = JSON.parse(payload);
  const words = Object.entries(told).filter(([name, value]) => !SAID_BY_THE_ROW.has(name) && value !== null);
  return h(
    "li",
    h("p.row", h("strong", tryText(`audit.${action.replace(".", "_")}`, action)), h("span.meta", h("span", by), h("time", { datetime: at }, moment(at)))),
    words.map(([name, value]) => h("p.small", `${tryText(`audit_words.${name}`, name)}: `, tryText(`labels.${value}`, String(value)))),
    h("code.muted", { title: t("desk.hash") }, `${seq} · ${hash.slice(0, 12)}`),
  );
}
