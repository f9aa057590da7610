// Stores to structs of the kernel: which types of program may change which fields (btf_struct_access of bpf_verifier_ops, for
// congestion control, the test struct_ops, and connection tracking).

import type { Btf } from "../btf/index.ts";
import { resolveType, sizeOf } from "../btf/index.ts";
import type { Env } from "./env.ts";
import { EACCES } from "./env.ts";
import { kernelStruct } from "./kfuncs.ts";
import type { Reg } from "./reg.ts";

/** Fields of a TCP socket, with the struct that they are declared in; all of those begin where the socket does. */
const socketFields: readonly (readonly [string, string])[] = [
	["sock", "sk_pacing_rate"],
	["sock", "sk_pacing_status"],
	["inet_connection_sock", "icsk_ca_priv"],
	["inet_connection_sock", "icsk_ack.pending"],
	["tcp_sock", "snd_cwnd"],
	["tcp_sock", "snd_cwnd_cnt"],
	["tcp_sock", "snd_cwnd_stamp"],
	["tcp_sock", "snd_ssthresh"],
	["tcp_sock", "ecn_flags"],
	["tcp_sock", "app_limited"],
];
/** The only one of them that may be written from its middle. */
const ANYWHERE = "icsk_ca_priv";

interface Extent {
	readonly start: number;
	readonly end: number;
}

/** Bytes of a field; anonymous members are looked through, a dot leads into a named one. */
function extent(btf: Btf, id: number, path: string): Extent | undefined {
	const [first = "", ...rest] = path.split(".");
	const type = resolveType(btf, id)?.type;
	if (type?.kind !== "struct" && type?.kind !== "union") return undefined;
	for (const member of type.members) {
		const start = member.bitOffset >> 3;
		const inner =
			member.name === ""
				? extent(btf, member.type, path)
				: member.name === first && rest.length > 0
					? extent(btf, member.type, rest.join("."))
					: undefined;
		if (inner) return { start: start + inner.start, end: start + inner.end };
		if (member.name !== first || rest.length > 0) continue;
		return { start, end: start + (sizeOf(btf, member.type) ?? 0) };
	}
	return undefined;
}

/** A store of `size` bytes at `off` of the kernel's struct that `reg` points to. */
export function checkKernelWrite(env: Env, reg: Reg, off: number, size: number): number {
	const refuse = (message: string) => env.fail(EACCES, "btf/write", message);
	const ops = env.target?.ops;
	if (ops === "tcp_congestion_ops") return socketWrite(env, reg, off, size);
	if (ops === "bpf_dummy_ops") return dummyWrite(env, reg, off, size);
	if (tracksConnections.has(env.request.type)) return connectionWrite(env, reg, off, size);
	return refuse("only read is supported");
}

function socketWrite(env: Env, reg: Reg, off: number, size: number): number {
	const refuse = (message: string) => env.fail(EACCES, "btf/write", message);
	const { kernel } = env;
	if (!kernel || reg.btf !== kernelStruct(env, "tcp_sock")) return refuse("only read is supported");
	for (const [struct, field] of socketFields) {
		const found = extent(kernel, kernelStruct(env, struct), field);
		if (!found) continue;
		const hit = field === ANYWHERE ? off >= found.start && off < found.end : off === found.start;
		if (!hit) continue;
		if (off + size <= found.end) return 0;
		return refuse(
			`write access at off ${off} with size ${size} beyond the member of tcp_sock ended at ${found.end}`,
		);
	}
	return refuse(`no write support to tcp_sock at off ${off}`);
}

function dummyWrite(env: Env, reg: Reg, off: number, size: number): number {
	const refuse = (message: string) => env.fail(EACCES, "btf/write", message);
	const id = kernelStruct(env, "bpf_dummy_ops_state");
	if (reg.btf !== id) return refuse("only access to bpf_dummy_ops_state is supported");
	const whole = (env.kernel && sizeOf(env.kernel, id)) ?? 0;
	return off + size <= whole ? 0 : refuse(`write access at off ${off} with size ${size}`);
}

/** Types of program with the kfuncs of connection tracking. */
const tracksConnections = new Set([3, 4, 6]);

function connectionWrite(env: Env, reg: Reg, off: number, size: number): number {
	const refuse = (message: string) => env.fail(EACCES, "btf/write", message);
	const { kernel } = env;
	const id = kernelStruct(env, "nf_conn");
	const fresh = kernelStruct(env, "nf_conn___init");
	if (!kernel || id === 0 || fresh === 0) return -EACCES;
	if (reg.btf !== id && reg.btf !== fresh) return refuse("only read is supported");
	const mark = extent(kernel, id, "mark");
	if (!mark || off !== mark.start) return refuse(`no write support to nf_conn at off ${off}`);
	if (off + size <= mark.end) return 0;
	return refuse(
		`write access at off ${off} with size ${size} beyond the member of nf_conn ended at ${mark.end}`,
	);
}
