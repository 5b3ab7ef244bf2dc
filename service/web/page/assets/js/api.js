/* Requests to the service: JSON in, JSON or a stream of events out, and an error that says what to do. */

import { EventSourceParserStream } from "../vendor/eventsource-parser-3.1.1/stream.js";
import { t } from "./strings.js";

/** A problem document (RFC 9457), or the network's failure as one. */
export class Problem extends Error {
  constructor({ detail, title, code = "unknown" }) {
    super(detail ?? title ?? "");
    this.code = code;
  }
}

const NEEDS_KEY = new Set(["key_required", "unknown_key"]);

/* A desk with keys asks its reader for one, and keeps it as long as the tab. */
async function request(method, path, options = {}) {
  try {
    return await send(method, path, options);
  } catch (error) {
    if (!NEEDS_KEY.has(error.code)) throw error;
    const { askForKey } = await import("./dialog.js"); // most desks never need it
    sessionStorage.setItem("key", await askForKey(error.message));
    return request(method, path, options);
  }
}

async function send(method, path, { body, accept = "application/json", signal }) {
  const isJson = body && !(body instanceof FormData);
  const key = sessionStorage.getItem("key");
  const headers = { Accept: accept, ...(isJson && { "Content-Type": "application/json" }), ...(key && { Authorization: `Bearer ${key}` }) };
  const response = await fetch(path, { method, signal, headers, body: isJson ? JSON.stringify(body) : body }).catch((error) => {
    if (error.name === "AbortError") throw error;
    dispatchEvent(new Event("offline"));
    throw new Problem({ code: "offline", detail: t("problem.offline") });
  });
  dispatchEvent(new Event("online"));
  if (response.ok) return response;
  const isTold = response.headers.get("Content-Type")?.includes("json");
  throw new Problem({ code: `http_${response.status}`, detail: response.statusText, ...(isTold && (await response.json())) });
}

/** The JSON that a path answers with; null for an empty answer. */
export const call = (...asked) => request(...asked).then((response) => (response.status === 204 ? null : response.json()));

export const pathOf = (kind, id) => `/v1/${kind}/${encodeURIComponent(id)}`;
export const get = (path) => call("GET", path);
export const post = (path, body) => call("POST", path, { body });

export const fetchText = async (method, path, options) => (await request(method, path, { accept: "*/*", ...options })).text();

/** Posts, tells `listen(kind, data)` of every event, and returns the result. */
export async function follow(path, body, listen, signal) {
  const response = await request("POST", path, { body, accept: "text/event-stream", signal });
  for await (const { event, data } of response.body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream())) {
    if (event === "result") return JSON.parse(data);
    if (event === "problem") throw new Problem(JSON.parse(data));
    listen(event, JSON.parse(data));
  }
  throw new Problem({ code: "offline", detail: t("problem.offline") });
}
