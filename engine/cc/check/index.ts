// The semantic checks that the parser calls while it reads: what C demands of declarations, expressions and initialisers.

export { call, element, member, noMember } from "./access.ts";
export { checkAsm } from "./asm.ts";
export { assignTo } from "./assign.ts";
export type { Attribute } from "./attribute.ts";
export {
	alignedOf,
	attributedType,
	checkKnown,
	declarationAttributes,
	declTagsOf,
	has,
	noAttributes,
} from "./attribute.ts";
export type { Call } from "./builtin.ts";
export { builtinCall, isBuiltin, isImplemented } from "./builtin.ts";
export { castTo } from "./cast.ts";
export { conditional } from "./conditional.ts";
export type { Probe, Settings, Target } from "./context.ts";
export { bad, Context, isBad } from "./context.ts";
export { bitField, condition, convert, discard, isLvalue, promote, rvalue } from "./convert.ts";
export type { Declared, StorageClass } from "./declare.ts";
export {
	declareFunction,
	declareLocal,
	declareTypedef,
	declareVariable,
	placeOfEntity,
	requireComplete,
} from "./declare.ts";
export { fallsThrough } from "./flow.ts";
export { headerNote } from "./headers.ts";
export {
	noteSet,
	warnLabels,
	warnNeverUsed,
	warnParameters,
	warnStatics,
} from "./idle.ts";
export type { Designator, Init, InitItem } from "./initial.ts";
export { initialize } from "./initial.ts";
export { characterLiteral, numberLiteral, stringLiteral, stringText } from "./literal.ts";
export {
	address,
	assign,
	binary,
	comma,
	compound,
	dereference,
	increment,
	logical,
	unary,
} from "./operator.ts";
export type { TagKind } from "./record.ts";
export { checkField, completeEnum, completeRecord, declareTag, enumeratorType } from "./record.ts";
export { suggest } from "./report.ts";
export type { Entity, Enumerator, SavedScopes, TagEntity } from "./scope.ts";
export { checkSections } from "./section.ts";
export { libraryFunction } from "./signatures.ts";
export { warnArraySize } from "./sizes.ts";
export { warnAlwaysTrue, warnParentheses } from "./suspect.ts";
export { warnUninitialized } from "./uninitialized.ts";
export {
	warnAssignment,
	warnCases,
	warnDeprecated,
	warnReturned,
	warnUnhandled,
	warnUnused,
} from "./unused.ts";
