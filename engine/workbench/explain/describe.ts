// What the verifier knows of a register, in words for people who do not read its notation yet.

import { toBigInt, toSignedBigInt } from "../../base/index.ts";
import {
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
	type RegView,
	SCALAR_VALUE,
} from "../../verifier/index.ts";

/** E.g. `a number from 0 to 255`, `a value of map counts (8 bytes), or NULL`. */
export function inWords(view: RegView): string {
	if (view.type === SCALAR_VALUE) return numberText(view);
	const what = pointerText(view);
	const where = view.type === PTR_TO_STACK ? "" : movedText(view);
	return `${what}${where}${view.mayBeNull ? ", or NULL" : ""}`;
}

const plain: Readonly<Record<number, string>> = {
	[PTR_TO_CTX]: "the context",
	[PTR_TO_PACKET_END]: "the end of the packet",
	[PTR_TO_FLOW_KEYS]: "the flow keys",
	[PTR_TO_SOCKET]: "a socket",
	[PTR_TO_SOCK_COMMON]: "a socket's common part",
	[PTR_TO_TCP_SOCK]: "a TCP socket",
	[PTR_TO_XDP_SOCK]: "an XDP socket",
	[PTR_TO_TP_BUFFER]: "the tracepoint's buffer",
	[PTR_TO_ARENA]: "memory of the arena",
	[PTR_TO_FUNC]: "a function of the program",
	[CONST_PTR_TO_DYNPTR]: "a dynptr",
};

function pointerText(view: RegView): string {
	const size = view.size === 1 ? "1 byte" : `${view.size} bytes`;
	switch (baseType(view.type)) {
		case CONST_PTR_TO_MAP:
			return `the map ${view.of}`;
		case PTR_TO_MAP_VALUE:
			return valueText(view, size);
		case PTR_TO_MAP_KEY:
			return `a key of map ${view.of}`;
		case PTR_TO_STACK:
			return stackText(view);
		case PTR_TO_PACKET:
		case PTR_TO_PACKET_META:
			return packetText(view);
		case PTR_TO_BTF_ID:
			return `${view.type & PTR_UNTRUSTED ? "an untrusted pointer" : "a pointer"} to the kernel's struct ${view.of}`;
		case PTR_TO_MEM:
			if (view.type & MEM_RINGBUF) return `a record of ${size} in a ring buffer`;
			return `${view.type & MEM_RDONLY ? "read-only memory" : "memory"} of ${size}`;
		case PTR_TO_BUF:
			return view.type & MEM_RDONLY ? "a read-only buffer" : "a buffer";
		default:
			return plain[baseType(view.type)] ?? "a pointer";
	}
}

/** Global variables are the one value of a map that the compiler makes. */
function valueText({ of }: RegView, size: string): string {
	const section = /\.(rodata|data|bss|kconfig)/.exec(of)?.[1];
	if (section === undefined) return `a value of map ${of} (${size})`;
	const what =
		section === "rodata" || section === "kconfig" ? "global constants" : "global variables";
	return `the program's ${what} (map ${of}, ${size})`;
}

function stackText(view: RegView): string {
	const fixed = view.mask[0] === 0 && view.mask[1] === 0;
	if (!fixed) return `an address on the stack that is not constant`;
	const off = (view.off + view.value[1]) | 0;
	return off === 0 ? "the frame's address" : `an address on the stack, ${-off} bytes below r10`;
}

function packetText({ range, type }: RegView): string {
	const what = type === PTR_TO_PACKET_META ? "the packet's metadata" : "the packet";
	if (range === 0) return `a pointer into ${what} with no byte behind it proven`;
	return `a pointer into ${what} with ${range === 1 ? "1 byte" : `${range} bytes`} behind it proven`;
}

/** How far a pointer was moved from where it was handed out. */
function movedText(view: RegView): string {
	const fixed = view.off === 0 ? "" : `${Math.abs(view.off)} bytes ${view.off < 0 ? "back" : "on"}`;
	const variable = view.mask[0] !== 0 || view.mask[1] !== 0;
	if (!variable) return fixed && `, moved ${fixed}`;
	const by = `by a number ${rangeText(view)}`.replace(
		"number by anything",
		"number that may be anything",
	);
	return `, moved ${fixed && `${fixed} and `}${by}`;
}

function numberText(view: RegView): string {
	if (view.mask[0] === 0 && view.mask[1] === 0)
		return `the number ${shown(toSignedBigInt(...view.value))}`;
	const range = rangeText(view);
	return range === UNKNOWN ? "a number that may be anything" : `a number ${range}`;
}

const UNKNOWN = "by anything";
const [LEAST, MOST] = [-(1n << 63n), (1n << 63n) - 1n];
const MOST_UNSIGNED = (1n << 64n) - 1n;

/** `from 0 to 255`; what bounds there are. */
function rangeText(view: RegView): string {
	const [low, high] = [toBigInt(...view.umin), toBigInt(...view.umax)];
	const [least, most] = [toSignedBigInt(...view.smin), toSignedBigInt(...view.smax)];
	if (high <= MOST) return `from ${shown(low)} to ${shown(high)}`;
	if (least > LEAST && most < MOST) return `from ${shown(least)} to ${shown(most)}`;
	if (low > 0n && high < MOST_UNSIGNED) return `from ${shown(low)} to ${shown(high)}`;
	if (least > LEAST) return `of at least ${shown(least)}`;
	if (low > 0n) return `of at least ${shown(low)} when read as unsigned`;
	if (most < MOST) return `of at most ${shown(most)}, perhaps negative`;
	return UNKNOWN;
}

/** Decimal as long as that is short, then hexadecimal as the kernel writes. */
function shown(n: bigint): string {
	const size = n < 0n ? -n : n;
	if (size < 100_000n) return `${n}`;
	return `${n < 0n ? "-" : ""}0x${size.toString(16)}`;
}

/** Whether nothing bounds the number from above, or from below. */
export function isUnbounded(view: RegView): boolean {
	return rangeText(view) === UNKNOWN;
}
