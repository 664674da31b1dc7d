/** Calls an operation with three TypeScript clients, and prints what each reads of the error. */

import * as openapiGenerator from "./openapi-generator";
import { client } from "./hey-api/client.gen";
import * as heyApi from "./hey-api";
import * as orval from "./orval";

declare const process: { argv: string[] };

const address = process.argv[2] ?? "";

interface Seen {
  status: number;
  code: unknown;
  type: unknown;
  member: unknown;
}

async function ofOpenapiGenerator(): Promise<Seen> {
  const configuration = new openapiGenerator.Configuration({ basePath: address });
  try {
    await new openapiGenerator.DefaultApi(configuration).listModels();
  } catch (error) {
    if (!(error instanceof openapiGenerator.ResponseError)) throw error;
    const envelope = openapiGenerator.ErrorEnvelopeFromJSON(await error.response.json());
    const { code, type } = envelope.error;
    return { status: error.response.status, code, type, member: envelope.error["member_of_tomorrow"] };
  }
  throw new Error("the call did not fail");
}

async function ofHeyApi(): Promise<Seen> {
  client.setConfig({ baseUrl: address });
  const { error, response } = await heyApi.listModels();
  if (error === undefined || response === undefined) throw new Error("the call did not fail");
  const { code, type } = error.error;
  return { status: response.status, code, type, member: error.error["member_of_tomorrow"] };
}

async function ofOrval(): Promise<Seen> {
  // The client calls paths without an address.
  const fetchOf = globalThis.fetch;
  globalThis.fetch = (path, init) => fetchOf(`${address}${String(path)}`, init);
  const answer = await orval.listModels();
  if (answer.status === 200) throw new Error("the call did not fail");
  const { code, type } = answer.data.error;
  return { status: answer.status, code, type, member: answer.data.error["member_of_tomorrow"] };
}

async function main(): Promise<void> {
  const clients = { openapiGenerator: ofOpenapiGenerator, heyApi: ofHeyApi, orval: ofOrval };
  for (const [name, call] of Object.entries(clients)) {
    const seen = await call().catch((error: unknown) => ({ problem: String(error) }));
    console.log(JSON.stringify({ client: name, ...seen }));
  }
}

void main();
