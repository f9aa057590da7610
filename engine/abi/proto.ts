// The shape of a helper's row: prototype, licence, where it may be called. Short names for the argument kinds that the
// tables in helpers/ are written with. Knows no helper.

import type { ProgName } from "./names.ts";

/** The kernel's enum bpf_arg_type, flags taken apart into the fields of {@link Arg}. */
export type ArgKind =
	| "ARG_CONST_MAP_PTR"
	| "ARG_PTR_TO_MAP_KEY"
	| "ARG_PTR_TO_MAP_VALUE"
	| "ARG_PTR_TO_MEM"
	| "ARG_PTR_TO_ARENA"
	| "ARG_CONST_SIZE"
	| "ARG_CONST_SIZE_OR_ZERO"
	| "ARG_PTR_TO_CTX"
	| "ARG_ANYTHING"
	| "ARG_PTR_TO_SPIN_LOCK"
	| "ARG_PTR_TO_SOCK_COMMON"
	| "ARG_PTR_TO_SOCKET"
	| "ARG_PTR_TO_BTF_ID"
	| "ARG_PTR_TO_RINGBUF_MEM"
	| "ARG_CONST_ALLOC_SIZE_OR_ZERO"
	| "ARG_PTR_TO_BTF_ID_SOCK_COMMON"
	| "ARG_PTR_TO_PERCPU_BTF_ID"
	| "ARG_PTR_TO_FUNC"
	| "ARG_PTR_TO_STACK"
	| "ARG_PTR_TO_CONST_STR"
	| "ARG_PTR_TO_TIMER"
	| "ARG_KPTR_XCHG_DEST"
	| "ARG_PTR_TO_DYNPTR";

/** One argument of a helper. */
export interface Arg {
	readonly kind: ArgKind;
	/** PTR_MAYBE_NULL: the constant 0 (or a pointer that may be null) is fine. */
	readonly orNull?: boolean;
	/** MEM_RDONLY: the helper only reads it, so read-only memory is fine. */
	readonly rdonly?: boolean;
	/** MEM_UNINIT: it need not be initialised; the helper fills it. */
	readonly uninit?: boolean;
	/** MEM_WRITE: the helper writes it, so read-only memory is refused. */
	readonly write?: boolean;
	/** MEM_ALIGNED: must be aligned to its size. */
	readonly aligned?: boolean;
	/** MEM_FIXED_SIZE: bytes that must be accessible; no size argument follows. */
	readonly size?: number;
	/** OBJ_RELEASE: the reference is given up by the call. */
	readonly release?: boolean;
	/** DYNPTR_TYPE_*: the only kind of dynptr that is taken; absent for any. */
	readonly dynptr?: "local" | "ringbuf";
	/** Name of the kernel struct an ARG_PTR_TO_BTF_ID must point to. */
	readonly btf?: string;
}

/** The kernel's enum bpf_return_type, flags taken apart into the fields of {@link Ret}. */
export type RetKind =
	| "RET_INTEGER"
	| "RET_VOID"
	| "RET_PTR_TO_MAP_VALUE"
	| "RET_PTR_TO_SOCKET"
	| "RET_PTR_TO_TCP_SOCK"
	| "RET_PTR_TO_SOCK_COMMON"
	| "RET_PTR_TO_MEM"
	| "RET_PTR_TO_MEM_OR_BTF_ID"
	| "RET_PTR_TO_BTF_ID";

/** What a helper leaves in R0. */
export interface Ret {
	readonly kind: RetKind;
	/** PTR_MAYBE_NULL: must be compared with 0 before use. */
	readonly orNull?: boolean;
	/** MEM_RDONLY. */
	readonly rdonly?: boolean;
	/** MEM_RINGBUF: a ring buffer record, to be submitted or discarded. */
	readonly ringbuf?: boolean;
	/** PTR_TRUSTED. */
	readonly trusted?: boolean;
	/** Name of the kernel struct that a RET_PTR_TO_BTF_ID points to. */
	readonly btf?: string;
}

/** One struct bpf_func_proto. */
export interface Proto {
	readonly ret: Ret;
	/** At most five. */
	readonly args: readonly Arg[];
	/** Program types that get this prototype. */
	readonly types: readonly ProgName[];
	/** Further restriction: of these types only with one of these BPF_ATTACH_TYPE values. */
	readonly attach?: Partial<Record<ProgName, readonly number[]>>;
	/** Not with one of these BPF_ATTACH_TYPE values, whatever the program type. */
	readonly exceptAttach?: readonly number[];
	/** gpl_only: the program's licence must be GPL-compatible. */
	readonly gplOnly?: boolean;
	/** pkt_access: memory arguments may point into the packet. */
	readonly pktAccess?: boolean;
	/** might_sleep: only in sleepable programs. */
	readonly mightSleep?: boolean;
	/** allow_fastcall: clobbers R0 only, when the JIT inlines it. */
	readonly fastcall?: boolean;
}

/** One helper function (bpf-helpers(7)). */
export interface Helper {
	/** Number in the call instruction's immediate (enum bpf_func_id). */
	readonly id: number;
	/** With the prefix `bpf_`. */
	readonly name: string;
	/** First Linux release that has it. */
	readonly since: string;
	/** C prototype. */
	readonly signature: string;
	/** One paragraph. */
	readonly doc: string;
	/** Mostly one; several where the kernel gives program types different ones. */
	readonly protos: readonly Proto[];
	/** In bpf_helper_changes_pkt_data: a call invalidates all packet pointers. */
	readonly changesPacket?: boolean;
	/** What the kernel that the tables were checked with lacks to offer this helper (a configuration option, say). */
	readonly needs?: string;
}

export const ANYTHING: Arg = { kind: "ARG_ANYTHING" };
export const CTX: Arg = { kind: "ARG_PTR_TO_CTX" };
export const CTX_OR_NULL: Arg = { kind: "ARG_PTR_TO_CTX", orNull: true };
export const MAP: Arg = { kind: "ARG_CONST_MAP_PTR" };
export const KEY: Arg = { kind: "ARG_PTR_TO_MAP_KEY" };
export const VALUE: Arg = { kind: "ARG_PTR_TO_MAP_VALUE" };
export const VALUE_OR_NULL: Arg = { kind: "ARG_PTR_TO_MAP_VALUE", orNull: true };
export const VALUE_OUT: Arg = { kind: "ARG_PTR_TO_MAP_VALUE", uninit: true, write: true };
/** Memory that the helper reads; its size is the next argument. */
export const MEM_IN: Arg = { kind: "ARG_PTR_TO_MEM", rdonly: true };
export const MEM_IN_OR_NULL: Arg = { kind: "ARG_PTR_TO_MEM", rdonly: true, orNull: true };
/** Memory that the helper fills; its size is the next argument. */
export const MEM_OUT: Arg = { kind: "ARG_PTR_TO_MEM", uninit: true, write: true };
/** Memory that the helper reads and writes. */
export const MEM_INOUT: Arg = { kind: "ARG_PTR_TO_MEM", write: true };
export const MEM_INOUT_OR_NULL: Arg = { kind: "ARG_PTR_TO_MEM", write: true, orNull: true };
/** `size` bytes that the helper reads. */
export const fixedIn = (size: number): Arg => ({
	kind: "ARG_PTR_TO_MEM",
	size,
	rdonly: true,
});
/** An aligned number of `size` bytes that the helper writes. */
export const numberOut = (size: number): Arg => ({
	kind: "ARG_PTR_TO_MEM",
	size,
	uninit: true,
	write: true,
	aligned: true,
});
/** An aligned number of `size` bytes that the helper reads and writes. */
export const numberInOut = (size: number): Arg => ({
	kind: "ARG_PTR_TO_MEM",
	size,
	write: true,
	aligned: true,
});
export const SIZE: Arg = { kind: "ARG_CONST_SIZE" };
export const SIZE_OR_ZERO: Arg = { kind: "ARG_CONST_SIZE_OR_ZERO" };
export const ALLOC_SIZE: Arg = { kind: "ARG_CONST_ALLOC_SIZE_OR_ZERO" };
export const SPIN_LOCK: Arg = { kind: "ARG_PTR_TO_SPIN_LOCK" };
export const TIMER: Arg = { kind: "ARG_PTR_TO_TIMER" };
export const FUNC: Arg = { kind: "ARG_PTR_TO_FUNC" };
export const STACK_OR_NULL: Arg = { kind: "ARG_PTR_TO_STACK", orNull: true };
export const CONST_STR: Arg = { kind: "ARG_PTR_TO_CONST_STR" };
export const SOCK_COMMON: Arg = { kind: "ARG_PTR_TO_SOCK_COMMON" };
export const SOCKET_OR_NULL: Arg = { kind: "ARG_PTR_TO_SOCKET", orNull: true };
export const BTF_SOCK: Arg = { kind: "ARG_PTR_TO_BTF_ID_SOCK_COMMON" };
export const BTF_SOCK_OR_NULL: Arg = { kind: "ARG_PTR_TO_BTF_ID_SOCK_COMMON", orNull: true };
export const BTF_SOCK_RELEASE: Arg = { kind: "ARG_PTR_TO_BTF_ID_SOCK_COMMON", release: true };
export const PERCPU: Arg = { kind: "ARG_PTR_TO_PERCPU_BTF_ID" };
export const RECORD_RELEASE: Arg = { kind: "ARG_PTR_TO_RINGBUF_MEM", release: true };
export const KPTR_DEST: Arg = { kind: "ARG_KPTR_XCHG_DEST" };
export const KPTR_RELEASE: Arg = { kind: "ARG_PTR_TO_BTF_ID", orNull: true, release: true };
export const DYNPTR_IN: Arg = { kind: "ARG_PTR_TO_DYNPTR", rdonly: true };
export const DYNPTR_LOCAL_OUT: Arg = {
	kind: "ARG_PTR_TO_DYNPTR",
	dynptr: "local",
	uninit: true,
	write: true,
};
export const DYNPTR_RINGBUF_OUT: Arg = {
	kind: "ARG_PTR_TO_DYNPTR",
	dynptr: "ringbuf",
	uninit: true,
	write: true,
};
export const DYNPTR_RINGBUF_RELEASE: Arg = {
	kind: "ARG_PTR_TO_DYNPTR",
	dynptr: "ringbuf",
	release: true,
};
export const btf = (name: string): Arg => ({ kind: "ARG_PTR_TO_BTF_ID", btf: name });
export const btfOrNull = (name: string): Arg => ({
	kind: "ARG_PTR_TO_BTF_ID",
	btf: name,
	orNull: true,
});

export const INTEGER: Ret = { kind: "RET_INTEGER" };
export const VOID: Ret = { kind: "RET_VOID" };
export const RET_VALUE: Ret = { kind: "RET_PTR_TO_MAP_VALUE" };
export const RET_VALUE_OR_NULL: Ret = { kind: "RET_PTR_TO_MAP_VALUE", orNull: true };
export const RET_SOCKET_OR_NULL: Ret = { kind: "RET_PTR_TO_SOCKET", orNull: true };
export const RET_TCP_SOCK_OR_NULL: Ret = { kind: "RET_PTR_TO_TCP_SOCK", orNull: true };
export const RET_SOCK_COMMON_OR_NULL: Ret = { kind: "RET_PTR_TO_SOCK_COMMON", orNull: true };
export const RET_RECORD_OR_NULL: Ret = { kind: "RET_PTR_TO_MEM", orNull: true, ringbuf: true };
export const RET_MEM_OR_NULL: Ret = { kind: "RET_PTR_TO_MEM", orNull: true };
export const RET_PERCPU: Ret = { kind: "RET_PTR_TO_MEM_OR_BTF_ID", rdonly: true };
export const RET_PERCPU_OR_NULL: Ret = {
	kind: "RET_PTR_TO_MEM_OR_BTF_ID",
	rdonly: true,
	orNull: true,
};
export const RET_KPTR_OR_NULL: Ret = { kind: "RET_PTR_TO_BTF_ID", orNull: true };
export const retBtf = (name: string): Ret => ({ kind: "RET_PTR_TO_BTF_ID", btf: name });
export const retBtfTrusted = (name: string): Ret => ({
	kind: "RET_PTR_TO_BTF_ID",
	btf: name,
	trusted: true,
});
export const retBtfOrNull = (name: string): Ret => ({
	kind: "RET_PTR_TO_BTF_ID",
	btf: name,
	orNull: true,
});
