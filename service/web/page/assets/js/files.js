/* Files come in by choosing or dropping, and text goes out: to the clipboard, or to be kept as a file. */

import { byId, h, toast } from "./dom.js";
import { t } from "./strings.js";

/** Calls `take(files)` with what those inputs are given, and with what is dropped on the form. */
export function listenForFiles(form, ids, take) {
  for (const id of ids)
    byId(id).addEventListener("change", () => {
      take([...byId(id).files]);
      byId(id).value = "";
    });
  for (const kind of ["dragover", "dragleave", "drop"])
    form.addEventListener(kind, (event) => {
      event.preventDefault();
      form.classList.toggle("is-over", kind === "dragover");
      if (kind === "drop") filesOf(event.dataTransfer).then(take);
    });
}

export function formOf(file) {
  const body = new FormData();
  body.append("file", file, file.webkitRelativePath || file.name);
  return body;
}

/** The files of a drop, those in folders with their paths. */
async function filesOf(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  return entries.length ? (await Promise.all(entries.map(filesIn))).flat() : [...transfer.files];
}

async function filesIn(entry) {
  const asked = (ask) => new Promise((resolve, reject) => ask(resolve, reject));
  if (entry.isFile) return [await asked((...told) => entry.file(...told))];
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    const batch = await asked((...told) => reader.readEntries(...told)); // a hundred at a time
    if (!batch.length) return (await Promise.all(found.map(filesIn))).flat();
    found.push(...batch);
  }
}

export const copy = (text) => navigator.clipboard.writeText(text).then(() => toast(t("actions.copied")));

/** Hands text to the browser as a file. */
export function download(text, name) {
  const address = URL.createObjectURL(new Blob([text]));
  h("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
