export { type Target, targetOf } from "./core/relocate.ts";
export { writeRelocatable } from "./emit.ts";
export { coreKinds, dataSections, type Feature, mapMembers, relocationTypes } from "./features.ts";
export { type KernelProfile, parseConfig, parseSymbols, simulatedKernel } from "./kernel.ts";
export { type LoadOptions, loadRelocatable, readObject } from "./read.ts";
export { readRelocatable } from "./relocatable.ts";
export { relocatableOf, type WriteOptions, writeObject } from "./write.ts";
