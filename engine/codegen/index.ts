export type { PlacedDiagnostic } from "./context.ts";
export type {
	Generated,
	GeneratedFunction,
	GenerateOutcome,
	KeptCode,
	Options as GenerateOptions,
} from "./generate.ts";

export { generate } from "./generate.ts";
export type { Variable } from "./variables.ts";
