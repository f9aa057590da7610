export type { Jit, JitOptions, JitRunner } from "./executor.ts";
export { createJit } from "./executor.ts";
export type { Listing, ListingFunction, ListingLine } from "./listing.ts";
