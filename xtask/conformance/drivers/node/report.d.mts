/** What a driver tells of an error that it was answered with. */
export interface Fields {
  class?: string;
  status?: number;
  code?: string | null;
  type?: string;
  param?: string | null;
  request_id?: string | null;
}

/** Sends all cases at once and prints their rows in the order of the lists. */
export function run<Rest extends unknown[]>(
  client: string,
  name: string,
  cases: [string, ...Rest][],
  send: (address: string, fetch: typeof globalThis.fetch, ...rest: Rest) => Promise<unknown>,
  read: (error: unknown) => Fields,
  streams?: [string, ...Rest][],
): Promise<void>;
