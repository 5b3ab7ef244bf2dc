/* The sample article, taken in as any article would be. */

import { fetchText, post } from "./api.js";

export const SAMPLE = "sample: voa-japan-russia-ukraine.txt";

export const sampleText = () => fetchText("GET", new URL("../sample.txt", import.meta.url));

/** What the service says of it: an Ingested. */
export const takeSample = async () => post("/v1/articles", { text: await sampleText(), source: SAMPLE });
