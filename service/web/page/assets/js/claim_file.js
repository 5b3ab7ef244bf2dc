/* A claim's file: what the machine said last beside what the desk decides, what can be done next, and all that was done. */

import { get, pathOf, post } from "./api.js";
import { ask } from "./dialog.js";
import { button, byId, facts, h, meta, onPress, outsideLink, status } from "./dom.js";
import { copy } from "./files.js";
import { attempt, problemBox } from "./problem.js";
import { saveClaimReview } from "./result.js";
import { day, moment, t } from "./strings.js";
import { badge, verdictCard } from "./verdict.js";

const NEXT = { queued: "check", assigned: "check", checked: "decide", awaiting_second: "second", decided: "publish" };
const QUIET = new Set(["note", "dismiss", "reopen"]);
const SAID_BY_THE_ROW = new Set(["by", "claim", "digest", "text", "number", "origin"]);

export const stateMark = (state) => h(`span.state.is-${state}`, t(`claim_states.${state}`));

let open = null; // the claim whose file is shown: a check that ends late may be another's

/** Opens the file of a claim, or none; `changed` is called after each step. */
export function openFile(id, changed) {
  open = id;
  byId("opened").hidden = true;
  byId("file-problem").replaceChildren();
  const path = pathOf("claims", id);
  const redraw = () =>
    attempt(byId("file-problem"), async () => {
      const file = await get(path);
      if (open === id) show(file, take);
    });

  async function take(body) {
    byId("steps").replaceChildren(status(t(body.step === "check" ? "desk.checking" : "desk.working")));
    let failure = "";
    try {
      await (body.step === "check" ? post(`${path}/check`) : post(`${path}/steps`, body));
      changed();
    } catch (error) {
      failure = problemBox(error);
    }
    if (open !== id) return;
    byId("file-problem").replaceChildren(failure);
    await redraw();
    byId("steps").querySelector("button")?.focus();
  }

  return id && redraw();
}

onPress("file-link", () => copy(location.href));
onPress("file-review", () => saveClaimReview(`${pathOf("claims", open)}/claimreview`, byId("file-problem")));

function show({ claim, steps, verdicts, history }, take) {
  const newest = verdicts.at(-1);
  const begin = async (step) => {
    const values = { assign: { to: claim.assignee ?? "" }, decide: { corrected_text: newest?.report.corrected_claim ?? "" } };
    const given = byId(`do-${step}`) ? await ask(`do-${step}`, values[step]) : {};
    if (given) await take({ step, ...given, ...(given.agrees && { agrees: given.agrees === "yes" }) });
  };
  const look = (step) => (NEXT[claim.state] === step ? "primary" : QUIET.has(step) ? "quiet" : "");
  const fill = (name, ...content) => byId(name).replaceChildren(...content);
  byId("opened").hidden = false;
  byId("file-review").hidden = !claim.published;
  fill("file-state", stateMark(claim.state));
  fill("file-claim", claim.text);
  fill("file-facts", aboutClaim(claim));
  fill("steps", ...steps.map((step) => button(t(`desk.do_${step}`), () => begin(step), look(step))));
  fill("machine", newest ? machine(newest) : h("p.muted", t("desk.unchecked")));
  fill("person", claim.decision ? person(claim.decision) : h("p.muted", t("desk.undecided")));
  fill("timeline", ...history.map(entry));
}

const aboutClaim = (claim) =>
  facts([
    claim.claimant && [t("desk.claimant"), claim.claimant],
    claim.said && [t("desk.said"), day(claim.said)],
    claim.source_url && [t("desk.source_url"), outsideLink(claim.source_url, claim.source_url)],
    [t("desk.assignee"), claim.assignee ?? t("desk.nobody")],
    [t("desk.received"), `${moment(claim.received)}, ${claim.received_by}, ${t(`origins.${claim.origin}`)}`],
  ]);

const machine = ({ checked, report }) => h("div", h("p.small.muted", moment(checked)), verdictCard(report));

const person = (each) =>
  h(
    "div.decision.card.stack",
    badge(each.label),
    h("p.note", each.note),
    each.corrected_text && h("p", h("span.small.muted", `${t("desk.corrected")}: `), each.corrected_text),
    h("p.small.muted", `${each.decided_by}, ${moment(each.decided)}`, each.seconded_by && ` · ${t("desk.seconded_by", { who: each.seconded_by })}`),
  );

function entry({ payload, action, at, seq, hash }) {
  const { by, ...told } = JSON.parse(payload);
  const words = Object.entries(told).filter(([name, value]) => !SAID_BY_THE_ROW.has(name) && value !== null);
  return h(
    "li",
    h("p.row", h("strong", t(`audit.${action.replace(".", "_")}`)), meta(by, moment(at))),
    words.map(([name, value]) => h("p.small", `${t(`audit_words.${name}`)}: `, t(`labels.${value}`))),
    h("code.muted", { title: t("desk.hash") }, `${seq} · ${hash.slice(0, 12)}`),
  );
}
