/* An empty chat becomes a way in: take in the sample, or try what the archive can answer. */

import { get } from "./api.js";
import { byId, onPress } from "./dom.js";
import { attempt } from "./problem.js";
import { SAMPLE, takeSample } from "./sample.js";

const holds = async (query) => (await get(`/v1/articles?limit=1&${query}`)).articles.length > 0;

/** Shows the way that fits the archive; `send(text, kind)` is called when an example is taken. */
export function welcome(send) {
  const show = () =>
    attempt(byId("welcome-problem"), async () => {
      // The examples speak of the sample: they stand only where it was taken in.
      const shown = !(await holds("")) ? "empty" : (await holds(`source=${encodeURIComponent(SAMPLE)}`)) ? "examples" : "filled";
      for (const id of ["empty", "examples", "filled"]) byId(id).hidden = id !== shown;
    });
  onPress("sample", () => attempt(byId("welcome-problem"), () => takeSample().then(show)));
  onPress("examples", ({ target }) => {
    const starter = target.closest("button");
    if (starter) send(starter.lastChild.textContent.trim(), starter.dataset.kind);
  });
  return show();
}
