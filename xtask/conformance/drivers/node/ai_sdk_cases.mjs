/** Drives the AI SDK of Vercel against a server: `ai_sdk_cases.mjs http://127.0.0.1:4000`. */

import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { generateText, RetryError, streamText } from "ai";

import { run } from "./report.mjs";

// The notes that it prints otherwise would stand among the rows.
globalThis.AI_SDK_LOG_WARNINGS = false;

const audio = [{ type: "file", mediaType: "audio/wav", data: "UklGRg==" }];

// The wire code of each case, or the status where the wire has no code; the key, or null to send
// no key at all; the model; the content of the message if it matters.
const cases = [
  ["missing_api_key", null, "gpt-small"],
  ["invalid_api_key", "sk-unknown", "gpt-small"],
  ["expired_api_key", "sk-expired", "gpt-small"],
  ["model_not_found", "sk-demo", "no-such-model"],
  ["model_not_supported", "sk-free", "gpt-large"],
  ["rate_limit_exceeded", "sk-busy", "gpt-small"],
  ["insufficient_credits", "sk-broke", "gpt-small"],
  ["audio_not_supported_by_model", "sk-demo", "claude-text", audio],
  ["server_error_500", "sk-demo", "upstream-crash"],
  ["server_error_502", "sk-demo", "upstream-down"],
  ["server_error_503", "sk-demo", "upstream-busy"],
  ["server_error_504", "sk-demo", "upstream-slow"],
];

const streams = [
  ["server_error_502_in_stream", "sk-demo", "upstream-breaks", "Hello", true],
  ["cut_stream", "sk-demo", "upstream-hangs-up", "Hello", true],
];

async function* chunksOf(fullStream) {
  for await (const part of fullStream) {
    if (part.type === "error") throw part.error;
    if (part.type === "text-delta") yield part;
  }
}

function send(address, fetch, key, model, content = "Hello", isStream = false) {
  const baseURL = `${address}/v1`;
  const gateway = createOpenAICompatible({ name: "gateway", baseURL, apiKey: key ?? undefined, fetch });
  const request = { model: gateway(model), messages: [{ role: "user", content }] };
  if (!isStream) return generateText(request);
  // The default handler prints the error.
  return chunksOf(streamText({ ...request, onError() {} }).fullStream);
}

function read(error) {
  // A call that was tried again and again throws the list of its failures.
  const last = RetryError.isInstance(error) ? error.lastError : error;
  // The error of a stream has the members itself.
  const wire = last.data?.error ?? last;
  return {
    class: last.constructor.name,
    status: last.statusCode,
    code: wire.code,
    type: wire.type,
    param: wire.param,
    request_id: last.responseHeaders?.["x-request-id"] ?? wire.request_id,
  };
}

await run("ai-sdk", "ai", cases, send, read, streams);
