export type { AttachName } from "./attach.ts";
export { attachType } from "./attach.ts";
export type { IteratorArgument } from "./btfargs.ts";
export { iteratorArguments, nullableTracepointArguments } from "./btfargs.ts";
export type { Constant } from "./constants.ts";
export { constant, constants } from "./constants.ts";
export type {
	AccessMode,
	ContextAccess,
	ContextField,
	ContextKind,
	ContextLayout,
} from "./context.ts";
export { acquires, callsBack, castsPointer } from "./effects.ts";
export type { ErrnoName } from "./errno.ts";
export { errno, errnoName } from "./errno.ts";
export {
	allowed,
	allowedAtAttach,
	helperById,
	helperByName,
	helpers,
	protoFor,
} from "./helpers.ts";
export { kernelBtf } from "./kernelbtf/load.ts";
export * from "./kfuncs.ts";
export type { MapAttributes } from "./maps.ts";
export { helperTakesMap, mapCreateError, mapType } from "./maps.ts";
export type { MapType, SizeRule, SpecialField } from "./maptypes.ts";
export { mapFlags, mapTypes, updateFlags } from "./maptypes.ts";
export type { ProgName } from "./names.ts";
export { progNames } from "./names.ts";
export type { SocketKind } from "./programs.ts";
export {
	acceptsAttach,
	contextAccess,
	progType,
	returnNames,
	returnRange,
	socketAccess,
} from "./programs.ts";
export type { ProgramType } from "./progtypes.ts";
export { programTypes } from "./progtypes.ts";
export type { Arg, ArgKind, Helper, Proto, Ret, RetKind } from "./proto.ts";
export type { ReturnNames, ReturnRange } from "./returns.ts";
export type { SectionRule, SectionType } from "./sections.ts";
export { loadFlags, sectionRules, sectionType } from "./sections.ts";
export { attachSince, kfuncSince } from "./since.ts";
export type { Struct, StructField } from "./structs.ts";
export { structField, structNamed, structs } from "./structs.ts";
