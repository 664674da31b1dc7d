/** Drives the AI SDK of Vercel against a server: `ai_sdk_cases.mjs http://127.0.0.1:4000`. */

import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { generateText, RetryError } from "ai";

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

function send(baseURL, fetch, key, model, content = "Hello") {
  const gateway = createOpenAICompatible({ name: "gateway", baseURL, apiKey: key ?? undefined, fetch });
  return generateText({ model: gateway(model), messages: [{ role: "user", content }] });
}

function read(error) {
  // A call that was tried again and again throws the list of its failures.
  const last = RetryError.isInstance(error) ? error.lastError : error;
  const wire = last.data?.error;
  return {
    class: last.constructor.name,
    status: last.statusCode,
    code: wire?.code,
    type: wire?.type,
    param: wire?.param,
    request_id: last.responseHeaders?.["x-request-id"],
  };
}

await run("ai-sdk", "ai", cases, send, read);
