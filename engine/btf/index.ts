export { CPrinter, printC, printDeclaration } from "./cprint.ts";
export { decodeBtf, references } from "./decode.ts";
export { type Deduplicated, dedupBtf } from "./dedup.ts";
export { dumpC, type RawRow, rawRows } from "./dump.ts";
export {
	BtfBuilder,
	type BtfEncoding,
	type EncodableType,
	encodeBtf,
	headOf,
} from "./encode.ts";
export { type CoreRecord, type ExtRecords, encodeBtfExt, type LineRecord } from "./encodeext.ts";
export type { ExtSection } from "./ext.ts";
export { decodeBtfExt, extRecords } from "./ext.ts";
export { alignOf, findTypes, resolveType, sizeOf } from "./layout.ts";
export { remap } from "./remap.ts";
export type { Btf, BtfMember, BtfType, FuncLinkage } from "./types.ts";
