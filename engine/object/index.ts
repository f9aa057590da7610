export type { LoadRequest } from "./load.ts";
export { loadRequest } from "./load.ts";
export type {
	FunctionSpec,
	KernelFunction,
	LineSpec,
	MapEntry,
	MapSpec,
	ObjectFile,
	ProgramSpec,
	Relocation,
	VariableSpec,
} from "./object.ts";
export { dataMapName } from "./object.ts";
export type {
	Relocatable,
	SectionData,
	SymbolData,
	SymbolRelocation,
} from "./relocatable.ts";
export type { AttachTarget, TargetFunction } from "./target.ts";
