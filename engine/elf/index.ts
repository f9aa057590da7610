export { type Target, targetOf } from "./core/relocate.ts";
export { readObject } from "./read.ts";
export { writeObject } from "./write.ts";
