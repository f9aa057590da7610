export { asTarget } from "./loaded.ts";
export {
	baseType,
	CONST_PTR_TO_DYNPTR,
	CONST_PTR_TO_MAP,
	MEM_RDONLY,
	MEM_RINGBUF,
	PTR_TO_ARENA,
	PTR_TO_BTF_ID,
	PTR_TO_BUF,
	PTR_TO_CTX,
	PTR_TO_FLOW_KEYS,
	PTR_TO_FUNC,
	PTR_TO_MAP_KEY,
	PTR_TO_MAP_VALUE,
	PTR_TO_MEM,
	PTR_TO_PACKET,
	PTR_TO_PACKET_END,
	PTR_TO_PACKET_META,
	PTR_TO_SOCK_COMMON,
	PTR_TO_SOCKET,
	PTR_TO_STACK,
	PTR_TO_TCP_SOCK,
	PTR_TO_TP_BUFFER,
	PTR_TO_XDP_SOCK,
	PTR_UNTRUSTED,
	SCALAR_VALUE,
} from "./reg.ts";
export type { Report, Stats, TraceView } from "./report.ts";
export type { FrameView, RegView, SlotView, StateView } from "./trace.ts";
export { EVENT_CHECKPOINT, EVENT_COVERED, EVENT_PUSH, EVENT_VISIT } from "./trace.ts";
export type { VerifyOptions } from "./verify.ts";
export { verify } from "./verify.ts";
