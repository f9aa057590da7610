export { decodeBtf, references } from "./decode.ts";
export { type EncodableType, encodeBtf } from "./encode.ts";
export type { ExtSection } from "./ext.ts";
export { decodeBtfExt } from "./ext.ts";
export { alignOf, findTypes, resolveType, sizeOf } from "./layout.ts";
export type { Btf, BtfMember, BtfType, FuncLinkage } from "./types.ts";
