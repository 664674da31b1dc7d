/**
 * Drives openapi-fetch with the types that openapi-typescript makes of the document of the example
 * server, errors included: `openapi_client_cases.js http://127.0.0.1:4000`, once tsc has compiled it.
 */

import createClient, { type Client } from "openapi-fetch";

import type { components, paths } from "./openapi/api.js";
import { run, type Fields } from "./report.mjs";

type ErrorCode = components["schemas"]["ErrorCode"];
type ErrorType = components["schemas"]["ErrorType"];
type Part = components["schemas"]["Part"];

/** What every call gives: a result or an error of the document, and the response. */
interface Answer {
  error?: components["schemas"]["ErrorEnvelope"];
  response: Response;
}

type Call = (client: Client<paths>) => Promise<Answer>;

const listModels: Call = (client) => client.GET("/v1/models");

const chat =
  (model: string, content: string | Part[] = "Hello"): Call =>
  (client) =>
    client.POST("/v1/chat/completions", { body: { model, messages: [{ role: "user", content }] } });

const upload =
  (name: string, content: string, type: string): Call =>
  (client) =>
    client.POST("/v1/files", {
      // The document has a file as a text in binary; the form takes its place.
      body: { file: content, purpose: "assistants" },
      bodySerializer: ({ file, purpose }) => {
        const form = new FormData();
        form.set("purpose", purpose ?? "");
        form.set("file", new Blob([file], { type }), name);
        return form;
      },
    });

const retrieveFile =
  (file_id: string): Call =>
  (client) =>
    client.GET("/v1/files/{file_id}", { params: { path: { file_id } } });

const contact =
  (body: components["schemas"]["ContactForm"]): Call =>
  (client) =>
    client.POST("/v1/contact", { body });

const twoMebibytes = "x".repeat(2 << 20);
const audio: Part[] = [{ type: "input_audio", input_audio: { data: "UklGRg==", format: "wav" } }];

// The wire code of each case, or the status where the wire has no code; the key, or null to send
// no key at all; the call.
const cases: [ErrorCode | `${ErrorType}_${number}`, string | null, Call][] = [
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
  ["captcha_required", null, contact({ message: "Hello" })],
  ["captcha_failed", null, contact({ message: "Hello", captcha: "wrong" })],
  ["rate_limit_exceeded", "sk-busy", listModels],
  ["insufficient_credits", "sk-broke", chat("gpt-small")],
  ["audio_not_supported_by_model", "sk-demo", chat("claude-text", audio)],
  ["server_error_500", "sk-demo", chat("upstream-crash")],
  ["server_error_502", "sk-demo", chat("upstream-down")],
  ["server_error_503", "sk-demo", chat("upstream-busy")],
  ["server_error_504", "sk-demo", chat("upstream-slow")],
];

class Refused extends Error {
  constructor(
    readonly envelope: components["schemas"]["ErrorEnvelope"],
    readonly response: Response,
  ) {
    super(envelope.error.message);
  }
}

async function send(
  baseUrl: string,
  fetch: typeof globalThis.fetch,
  key: string | null,
  call: Call,
): Promise<void> {
  const headers: Record<string, string> = key === null ? {} : { Authorization: `Bearer ${key}` };
  const { error, response } = await call(createClient<paths>({ baseUrl, fetch, headers }));
  if (error !== undefined) throw new Refused(error, response);
}

// This compiles only where any text is a code and a type, so that those of a newer server are too.
const text: string = "of any server";
({ message: text, type: text, code: text }) satisfies components["schemas"]["ErrorObject"];

function read(error: unknown): Fields {
  if (!(error instanceof Refused)) return {};
  const { type } = error.envelope.error;
  const code = error.envelope.error.code ?? null;
  const param = error.envelope.error.param ?? null;
  const { status, headers } = error.response;
  return { status, code, type, param, request_id: headers.get("x-request-id") };
}

await run("openapi-typescript", "openapi-typescript", cases, send, read);
