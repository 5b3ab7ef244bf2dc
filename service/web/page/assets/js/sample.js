/* The sample article, taken in as any article would be. */

import { fetchText, post } from "./api.js";

export const SAMPLE = "sample: voa-japan-russia-ukraine.txt";

/** What the service says of it: an Ingested. */
export async function takeSample() {
  const text = await fetchText("GET", new URL("../sample.txt", import.meta.url));
  return post("/v1/articles", { text, source: SAMPLE });
}
