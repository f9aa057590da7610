// The checked tree and its types: what the parser makes and everything after it reads.

export * from "./basic.ts";
export { compatible, composite } from "./compare.ts";
export type { Constant } from "./constant.ts";
export {
	constantOf,
	exactBinary,
	foldBinary,
	foldedOf,
	foldUnary,
	numberOf,
	wrap,
} from "./constant.ts";
export { dumpUnit } from "./dump.ts";
export type { Field, Layout, LayoutOptions } from "./layout.ts";
export { layout } from "./layout.ts";
export { quoteType, typeText } from "./print.ts";
export type { CoreType, Qualifiers } from "./query.ts";
export {
	alignOf,
	canonical,
	elementType,
	findMember,
	functionTypeOf,
	isAtomic,
	isBoolean,
	isCharacter,
	isComplete,
	isFloat,
	isInteger,
	isPointer,
	isScalar,
	isVoid,
	pointeeOf,
	qualifiersOf,
	qualify,
	recordOf,
	sizeOf,
	underlying,
	unqualified,
} from "./query.ts";
export { armsOf, behindLabels, commasOf } from "./rows.ts";
export type * from "./tree.ts";
export type * from "./type.ts";
