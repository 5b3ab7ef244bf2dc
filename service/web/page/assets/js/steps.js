/* The steps that a claim is open to become buttons; those that need words ask for them. */

import { button, h } from "./dom.js";
import { formBox } from "./dialog.js";
import { t } from "./strings.js";

const LABELS = ["supported", "refuted", "conflicting_evidence", "not_enough_evidence"];
const NEXT = { queued: "check", assigned: "check", checked: "decide", awaiting_second: "second", decided: "publish" };
const QUIET = new Set(["dismiss", "reopen"]);

/** `take(step, working)` sends a step: the body of /steps, or "check". */
export function stepButtons({ claim, steps, verdicts }, take) {
  const act = {
    assign: () => ask(t("desk.do_assign"), [{ name: "to", label: t("desk.assign_to"), required: true, maxlength: 200, value: claim.assignee ?? "" }], (given) => take({ step: "assign", ...given })),
    check: () => take("check", t("desk.checking")),
    decide: () => ask(t("desk.do_decide"), decisionFields(verdicts.at(-1)?.report), (given) => take({ step: "decide", ...given })),
    second: () => ask(t("desk.do_second"), secondFields(), (given) => take({ step: "second", agrees: given.agrees === "yes", note: given.note })),
    publish: () => take({ step: "publish" }),
    dismiss: () => ask(t("desk.do_dismiss"), [reason()], (given) => take({ step: "dismiss", ...given })),
    reopen: () => ask(t("desk.do_reopen"), [reason()], (given) => take({ step: "reopen", ...given })),
  };
  const kind = (step) => (NEXT[claim.state] === step ? "primary" : QUIET.has(step) ? "quiet" : "");
  return h("div", { class: "row file-steps" }, steps.map((step) => button(t(`desk.do_${step}`), act[step], { kind: kind(step) })));
}

async function ask(title, fields, send) {
  const given = await formBox(title, fields);
  if (given) send(given);
}

const reason = () => ({ name: "reason", label: t("desk.reason"), kind: "textarea", required: true, maxlength: 2000 });

/* The machine's correction is at hand, its label is not chosen beforehand: the decision is a person's. */
function decisionFields(report) {
  return [
    { name: "label", label: t("desk.verdict"), kind: "choice", required: true, choices: LABELS.map((label) => [label, t(`labels.${label}`)]) },
    { name: "note", label: t("desk.note"), kind: "textarea", required: true, maxlength: 20000 },
    { name: "corrected_text", label: t("desk.corrected"), maxlength: 2000, value: report?.corrected_claim ?? "" },
  ];
}

function secondFields() {
  return [
    { name: "agrees", label: t("desk.agrees"), kind: "choice", required: true, choices: [["yes", t("desk.agree")], ["no", t("desk.disagree")]] },
    { name: "note", label: t("desk.second_note"), kind: "textarea", maxlength: 20000 },
  ];
}
