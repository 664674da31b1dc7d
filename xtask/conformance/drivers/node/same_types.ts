// Compiles where each of two sets of types admits what the other does, but for the list of codes, which has
// a new one.

import type * as after from "./after";
import type * as before from "./before";

type Code<Components extends { schemas: { ErrorCode: string } }> = Components["schemas"]["ErrorCode"];
type Others<Components extends { schemas: { ErrorCode: string } }> = Omit<Components, "schemas"> & {
  schemas: Omit<Components["schemas"], "ErrorCode">;
};

interface Before {
  operations: before.operations;
  paths: before.paths;
  components: Others<before.components>;
}

interface After {
  operations: after.operations;
  paths: after.paths;
  components: Others<after.components>;
}

declare const old: Before;
declare const grown: After;
export const newer: After = old;
export const older: Before = grown;

declare const added: Exclude<Code<after.components>, Code<before.components>>;
export const isTheNewOne: "code_of_tomorrow" = added;
export const isThere: typeof added = "code_of_tomorrow";
declare const gone: Exclude<Code<before.components>, Code<after.components>>;
export const nothing: never = gone;
