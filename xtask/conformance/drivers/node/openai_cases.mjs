/** Drives the official `openai` client against a server: `openai_cases.mjs http://127.0.0.1:4000`. */

import OpenAI, { toFile } from "openai";

import { run } from "./report.mjs";

const listModels = (client) => client.models.list();

const chat =
  (model, content = "Hello", stream = false) =>
  (client) =>
    client.chat.completions.create({ model, messages: [{ role: "user", content }], stream });

const upload = (name, content, type) => async (client) =>
  client.files.create({ file: await toFile(Buffer.from(content), name, { type }), purpose: "assistants" });

const retrieveFile = (file) => (client) => client.files.retrieve(file);

const contact = (body) => (client) => client.post("/contact", { body });

const twoMebibytes = "x".repeat(2 << 20);
const audio = [{ type: "input_audio", input_audio: { data: "UklGRg==", format: "wav" } }];

// The errors of chats.
const chats = (stream) => [
  ["model_not_found", "sk-demo", chat("no-such-model", "Hello", stream)],
  ["model_not_supported", "sk-free", chat("gpt-large", "Hello", stream)],
  ["insufficient_credits", "sk-broke", chat("gpt-small", "Hello", stream)],
  ["audio_not_supported_by_model", "sk-demo", chat("claude-text", audio, stream)],
  ["server_error_500", "sk-demo", chat("upstream-crash", "Hello", stream)],
  ["server_error_502", "sk-demo", chat("upstream-down", "Hello", stream)],
  ["server_error_503", "sk-demo", chat("upstream-busy", "Hello", stream)],
  ["server_error_504", "sk-demo", chat("upstream-slow", "Hello", stream)],
  // A number as content, and a body above the limit, do not reach the handler.
  ["invalid_request_error_400", "sk-demo", chat("gpt-small", 7, stream)],
  ["invalid_request_error_413", "sk-demo", chat("gpt-small", "x".repeat(3 << 20), stream)],
];

// The wire code of each case, or the type and the status if it has none; the key, or null to send
// no key at all; the request.
const cases = [
  ["missing_api_key", null, listModels],
  ["invalid_api_key", "sk-unknown", listModels],
  ["expired_api_key", "sk-expired", listModels],
  ["file_too_large", "sk-demo", upload("big.txt", twoMebibytes, "text/plain")],
  ["file_count_quota_exceeded", "sk-many-files", upload("note.txt", "Hello", "text/plain")],
  ["storage_quota_exceeded", "sk-full", upload("note.txt", "Hello", "text/plain")],
  ["unsupported_file_type", "sk-demo", upload("setup.exe", "MZ", "application/x-msdownload")],
  ["mime_mismatch", "sk-demo", upload("photo.png", "This is plain text.", "image/png")],
  ["file_not_found", "sk-demo", retrieveFile("file-missing")],
  ["captcha_required", "sk-demo", contact({ message: "Hello" })],
  ["captcha_failed", "sk-demo", contact({ message: "Hello", captcha: "wrong" })],
  ["rate_limit_exceeded", "sk-busy", listModels],
  ...chats(false),
  ["invalid_request_error_404", "sk-demo", (client) => client.batches.list()],
  ["invalid_request_error_405", "sk-demo", (client) => client.models.delete("gpt-small")],
];

const streams = [
  ["missing_api_key", null, chat("gpt-small", "Hello", true)],
  ["invalid_api_key", "sk-unknown", chat("gpt-small", "Hello", true)],
  ["expired_api_key", "sk-expired", chat("gpt-small", "Hello", true)],
  ["rate_limit_exceeded", "sk-busy", chat("gpt-small", "Hello", true)],
  ...chats(true),
  ["server_error_502_in_stream", "sk-demo", chat("upstream-breaks", "Hello", true)],
  ["cut_stream", "sk-demo", chat("upstream-hangs-up", "Hello", true)],
];

function send(address, fetch, key, request) {
  // The client insists on a key, so a request without one must take the header out again.
  const defaultHeaders = key === null ? { Authorization: null } : {};
  return request(new OpenAI({ baseURL: `${address}/v1`, apiKey: key ?? "none", defaultHeaders, fetch }));
}

function read(error) {
  if (!(error instanceof OpenAI.APIError) || error instanceof OpenAI.APIConnectionError) return {};
  const { status, code, type, param, requestID } = error;
  return { status, code, type, param, request_id: requestID };
}

await run("openai-node", "openai", cases, send, read, streams);
