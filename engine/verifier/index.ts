export { asTarget } from "./loaded.ts";
export {
	PTR_TO_CTX,
	PTR_TO_MAP_VALUE,
	PTR_TO_MEM,
	PTR_TO_PACKET,
	PTR_TO_PACKET_END,
	PTR_TO_SOCKET,
	PTR_TO_STACK,
	SCALAR_VALUE,
} from "./reg.ts";
export type { Report, Stats, TraceView } from "./report.ts";
export type { FrameView, RegView, SlotView, StateView } from "./trace.ts";
export { EVENT_CHECKPOINT, EVENT_COVERED, EVENT_PUSH, EVENT_VISIT } from "./trace.ts";
export type { VerifyOptions } from "./verify.ts";
export { verify } from "./verify.ts";
