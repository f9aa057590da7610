export type { ErrnoName } from "./errno.ts";
export { errno, errnoName } from "./errno.ts";
export { allowed, helperById, helperByName, helpers, protoFor } from "./helpers.ts";
export type { ProgName } from "./names.ts";
export type { Arg, ArgKind, Helper, Proto, Ret, RetKind } from "./proto.ts";
