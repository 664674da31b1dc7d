/** Drives the official `openai` client against a server: `openai_cases.mjs http://127.0.0.1:4000`. */

import OpenAI, { toFile } from "openai";

import { run } from "./report.mjs";

const listModels = (client) => client.models.list();

const chat = (model, content = "Hello") => (client) =>
  client.chat.completions.create({ model, messages: [{ role: "user", content }] });

const upload = (name, content, type) => async (client) =>
  client.files.create({ file: await toFile(Buffer.from(content), name, { type }), purpose: "assistants" });

const retrieveFile = (file) => (client) => client.files.retrieve(file);

const contact = (body) => (client) => client.post("/contact", { body });

const twoMebibytes = "x".repeat(2 << 20);
const audio = [{ type: "input_audio", input_audio: { data: "UklGRg==", format: "wav" } }];

// The wire code of each case, or the status where the wire has no code; the key, or null to send
// no key at all; the request.
const cases = [
  ["missing_api_key", null, listModels],
  ["invalid_api_key", "sk-unknown", listModels],
  ["expired_api_key", "sk-expired", listModels],
  ["model_not_found", "sk-demo", chat("no-such-model")],
  ["model_not_supported", "sk-free", chat("gpt-large")],
  ["file_too_large", "sk-demo", upload("big.txt", twoMebibytes, "text/plain")],
  ["file_count_quota_exceeded", "sk-many-files", upload("note.txt", "Hello", "text/plain")],
  ["storage_quota_exceeded", "sk-full", upload("note.txt", "Hello", "text/plain")],
  ["unsupported_file_type", "sk-demo", upload("setup.exe", "MZ", "application/x-msdownload")],
  ["mime_mismatch", "sk-demo", upload("photo.png", "This is plain text.", "image/png")],
  ["file_not_found", "sk-demo", retrieveFile("file-missing")],
  ["captcha_required", "sk-demo", contact({ message: "Hello" })],
  ["captcha_failed", "sk-demo", contact({ message: "Hello", captcha: "wrong" })],
  ["rate_limit_exceeded", "sk-busy", listModels],
  ["insufficient_credits", "sk-broke", chat("gpt-small")],
  ["audio_not_supported_by_model", "sk-demo", chat("claude-text", audio)],
  ["server_error_500", "sk-demo", chat("upstream-crash")],
  ["server_error_502", "sk-demo", chat("upstream-down")],
  ["server_error_503", "sk-demo", chat("upstream-busy")],
  ["server_error_504", "sk-demo", chat("upstream-slow")],
];

function send(baseURL, fetch, key, request) {
  // The client insists on a key, so a request without one must take the header out again.
  const defaultHeaders = key === null ? { Authorization: null } : {};
  return request(new OpenAI({ baseURL, apiKey: key ?? "none", defaultHeaders, fetch }));
}

function read(error) {
  return {
    class: error.constructor.name,
    status: error.status,
    code: error.code,
    type: error.type,
    param: error.param,
    request_id: error.requestID,
  };
}

await run("openai-node", "openai", cases, send, read);
