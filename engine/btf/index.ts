export { decodeBtf, references } from "./decode.ts";
export { BtfBuilder, type BtfEncoding, type EncodableType, encodeBtf } from "./encode.ts";
export { type CoreRecord, type ExtRecords, encodeBtfExt, type LineRecord } from "./encodeext.ts";
export type { ExtSection } from "./ext.ts";
export { decodeBtfExt, extRecords } from "./ext.ts";
export { alignOf, findTypes, resolveType, sizeOf } from "./layout.ts";
export { BtfStrings } from "./strings.ts";
export type { Btf, BtfMember, BtfType, FuncLinkage } from "./types.ts";
