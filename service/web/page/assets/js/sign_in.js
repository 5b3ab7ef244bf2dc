/* A desk that wants a key gets one from its reader: once, however many requests wait for it. */

import { formBox } from "./dialog.js";
import { t } from "./strings.js";

let asking = null;

/** The key that the reader gives; `why` is what the service says. Dismissing the question asks again. */
export function askForKey(why) {
  asking ??= ask(why).finally(() => (asking = null));
  return asking;
}

async function ask(why) {
  const given = await formBox(t("sign_in.title"), [{ name: "key", label: why, type: "password", required: true }], t("sign_in.go"));
  return given ? given.key : ask(why);
}
