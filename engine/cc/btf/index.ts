export { attachTypes, type Origins, withoutTypes } from "./attach.ts";
export { TypeGraph } from "./graph.ts";
