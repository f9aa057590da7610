export type { BpfAnswer, BpfRequest } from "./bpfrequests.ts";
export { BpfRequests } from "./bpfrequests.ts";
export type { Shape } from "./generate.ts";
export { insn, PACKET_SIZE, pick, randomPacket, randomProgram } from "./generate.ts";
export type { Guest, ProgramOptions } from "./guest.ts";
export { newGuest, packetBytes, programOf, runOn, setPacket } from "./guest.ts";
export { askLibbpf, type LibbpfKernel, type LibbpfRow } from "./libbpf.ts";
export type { LinuxBatched, LinuxLoad, LinuxRun } from "./linux.ts";
export { Linux } from "./linux.ts";
