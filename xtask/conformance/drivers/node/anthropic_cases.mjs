/** Drives the official client of Anthropic against a server: `anthropic_cases.mjs http://127.0.0.1:4000`. */

import Anthropic from "@anthropic-ai/sdk";

import { run } from "./report.mjs";

const hello = [{ role: "user", content: "Hello" }];

const large = [{ role: "user", content: "x".repeat(3 << 20) }];

const message =
  (model, stream, messages = hello) =>
  (client) =>
    client.messages.create({ model, max_tokens: 9, messages, stream });

const countTokens = (client) => client.messages.countTokens({ model: "gpt-small", messages: hello });

// The wire code of each case, or the type and the status if it has none; the key, or null to send
// no key at all; the request.
const messages = (stream) => [
  ["missing_api_key", null, message("gpt-small", stream)],
  ["invalid_api_key", "sk-unknown", message("gpt-small", stream)],
  ["expired_api_key", "sk-expired", message("gpt-small", stream)],
  ["model_not_found", "sk-demo", message("no-such-model", stream)],
  ["model_not_supported", "sk-free", message("gpt-large", stream)],
  ["rate_limit_exceeded", "sk-busy", message("gpt-small", stream)],
  ["insufficient_credits", "sk-broke", message("gpt-small", stream)],
  ["server_error_500", "sk-demo", message("upstream-crash", stream)],
  ["server_error_502", "sk-demo", message("upstream-down", stream)],
  ["server_error_503", "sk-demo", message("upstream-busy", stream)],
  ["server_error_504", "sk-demo", message("upstream-slow", stream)],
  // A message without content, and a body above the limit, do not reach the handler.
  ["invalid_request_error_400", "sk-demo", message("gpt-small", stream, [{ role: "user" }])],
  ["invalid_request_error_413", "sk-demo", message("gpt-small", stream, large)],
];

const cases = [
  ...messages(false),
  ["invalid_request_error_404", "sk-demo", countTokens],
  ["invalid_request_error_404", "sk-demo", (client) => client.messages.batches.list()],
  ["invalid_request_error_405", "sk-demo", (client) => client.get("/v1/messages")],
];

const streams = [
  ...messages(true),
  ["server_error_502_in_stream", "sk-demo", message("upstream-breaks", true)],
  ["cut_stream", "sk-demo", message("upstream-hangs-up", true)],
];

function send(baseURL, fetch, key, request) {
  // The client insists on a key, so a request without one must take the header out again.
  const defaultHeaders = key === null ? { Authorization: null } : {};
  return request(new Anthropic({ baseURL, apiKey: key ?? "none", defaultHeaders, fetch }));
}

function read(error) {
  if (!(error instanceof Anthropic.APIError) || error instanceof Anthropic.APIConnectionError) return {};
  const { status, type, error: body } = error;
  // The attribute for the request id is from a header that only Anthropic's own API has.
  return { status, type, request_id: body?.request_id };
}

await run("anthropic-node", "@anthropic-ai/sdk", cases, send, read, streams);
