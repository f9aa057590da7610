export type { Alias, CoreUse, LowerOptions } from "./symbols.ts";
export { type Lowered, lower } from "./unit.ts";
