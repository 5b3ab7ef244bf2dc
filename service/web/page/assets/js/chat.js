/* Words in the box become a turn: a question's answer or a claim's verdict, with what happened on the way. */

import { follow, get, pathOf } from "./api.js";
import { answerBody } from "./answer.js";
import { warm } from "./article_pane.js";
import { citedText } from "./citations.js";
import { ensureOpen, list, openId } from "./conversations.js";
import { button, byId, h } from "./dom.js";
import { kindOf } from "./kinds.js";
import { attempt, problemBox } from "./problem.js";
import { footer } from "./result.js";
import { ready, setDegraded } from "./shell.js";
import { t } from "./strings.js";
import { partRow, verdictCard } from "./verdict.js";
import { welcome } from "./welcome.js";

const words = byId("words");
const composer = byId("composer");
let chosen = null; // the reader's own choice of question or claim, until the words are sent
let running = null;

const kindNow = () => chosen ?? kindOf(words.value);

const showKind = () => (composer.elements.kind.value = kindNow());

words.addEventListener("input", showKind);
words.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  composer.requestSubmit();
});
composer.addEventListener("change", ({ target }) => {
  if (target.name === "kind") chosen = target.value;
  showKind();
});
composer.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = words.value.trim();
  if (!text || running) return words.focus();
  send(text, kindNow(), byId("as-of").value || null);
  words.value = "";
  chosen = null;
  showKind();
});

async function send(text, kind, asOf = null) {
  byId("welcome").hidden = true;
  const turn = openTurn(text, kind, asOf);
  running = new AbortController();
  const stages = h("ol.stages.row.grow", { role: "status" }, h("li", t("stages.sent")));
  const parts = h("ol.parts");
  turn.body.replaceChildren(h("div.row", stages, button(t("chat.stop"), () => running.abort(), "quiet")), parts);
  const hear = {
    stage: ({ stage, count }) => stages.append(h("li", t(`stages.${stage}`, { n: count ?? 0 }))),
    part: ({ part }) => parts.append(partRow(part, part.citations)),
    sentence: (sentence) => {
      if (!turn.said) turn.body.append((turn.said = h("p.answer-text")));
      turn.said.append(...citedText(sentence.text, sentence.citations), " ");
      warm(sentence.citations);
    },
  };
  try {
    const path = `${pathOf("conversations", await ensureOpen(text))}/turns`;
    const body = { kind, said: text, ...(asOf && { as_of: asOf }) };
    showResult(turn, kind, await follow(path, body, (event, data) => hear[event]?.(data), running.signal));
  } catch (error) {
    const again = () => (turn.element.remove(), send(text, kind, asOf));
    turn.body.replaceChildren(error.name === "AbortError" ? h("p.muted", t("chat.stopped")) : problemBox(error, again));
  } finally {
    running = null;
  }
}

function openTurn(text, kind, asOf) {
  const body = h("div");
  const other = kind === "claim" ? "question" : "claim";
  const turnInto = h("button.link", { onclick: () => running || send(text, other, asOf) }, t(`chat.as_${other}`));
  const told = h("p.small.muted", t(`chat.took_${kind}`), asOf && ` · ${t("chat.judged_as_of", { day: asOf })}`, turnInto);
  const element = h(`li.turn.is-${kind}`, told, h("h2.asked", text), body);
  byId("turns").append(element);
  element.scrollIntoView({ block: "start" });
  return { element, body };
}

function showResult({ element, body }, kind, { number, answer, report }) {
  const result = answer ?? report;
  setDegraded(result.problems?.some(({ code }) => code === "index_unavailable"));
  warm(result.citations);
  element.id = `turn-${number}`;
  element.classList.add("is-done"); // a verdict shows the claim itself, marked
  const problems = result.problems?.map((problem) => h("p.small.note", problem.message)) ?? [];
  body.replaceChildren(answer ? answerBody(answer) : verdictCard(report), ...problems, footer(kind, result, `${pathOf("conversations", openId())}/turns/${number}`, element.id));
}

async function showKept(id) {
  byId("welcome").hidden = true;
  const kept = await attempt(byId("turns"), () => get(pathOf("conversations", id)));
  for (const turn of kept?.turns ?? []) showResult(openTurn(turn.said, turn.kind, turn.as_of), turn.kind, turn);
  if (location.hash) byId(location.hash.slice(1))?.scrollIntoView({ block: "start" });
}

if (openId()) await showKept(openId());
else welcome(send);
list();
addEventListener("popstate", () => location.reload());
showKind();
ready();
