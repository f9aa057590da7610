export type { AccessLog } from "./core.ts";
export type { OpenSession, Vm, VmOptions } from "./executor.ts";
export { createVm } from "./executor.ts";
export type { FrameState, Loop } from "./frame.ts";
export type { FrameView, SessionOptions, SessionState } from "./session.ts";
export { Session } from "./session.ts";
export { FRAME_SIZE, MAX_FRAMES } from "./stack.ts";
