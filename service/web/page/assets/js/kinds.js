/* What was typed becomes "question" or "claim", by its own words. */

const ASKS = /^(who|whom|whose|what|when|where|why|which|how|is|are|was|were|did|does|do|has|have|had|could|would|should|tell me|explain|list|describe|summari[sz]e)\b/i;
const endsIn = (mark, text) => new RegExp(`[${mark}][^\\p{L}\\p{N}]*$`, "u").test(text); // a quotation mark may follow

export function kindOf(words) {
  const text = words.trim();
  return endsIn("?？؟", text) || (ASKS.test(text) && !endsIn(".!", text)) ? "question" : "claim";
}
