/* What was typed becomes "question" or "claim", by its own words; the reader sees which, and can switch. */

const ENDS_IN_QUESTION_MARK = /[?？؟]["'”’»)\]]*\s*$/u;
const ASKS = /^(who|whom|whose|what|when|where|why|which|how|is|are|was|were|did|does|do|has|have|had|could|would|should|tell me|explain|list|describe|summari[sz]e)\b/i;
const ENDS_LIKE_A_STATEMENT = /[.!]["'”’»)\]]*\s*$/u;

export function kindOf(words) {
  const text = words.trim();
  if (ENDS_IN_QUESTION_MARK.test(text)) return "question";
  return ASKS.test(text) && !ENDS_LIKE_A_STATEMENT.test(text) ? "question" : "claim";
}
