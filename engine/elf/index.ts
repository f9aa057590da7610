export { type Target, targetOf } from "./core/relocate.ts";
export { writeRelocatable } from "./emit.ts";
export { readObject } from "./read.ts";
export { readRelocatable } from "./relocatable.ts";
export { writeObject } from "./write.ts";
