// A second generator of programs near the frontier of acceptance, for what needs BTF or kernel functions: callbacks, iterators, regions,
// dynptrs, locks, timers, and every helper with arguments made for it. The seed decides everything. For tests only.

import { type Arg, helpers, protoFor } from "../abi/index.ts";
import { type Btf, encodeBtf, findTypes } from "../btf/index.ts";
import type { LoadRequest, MapSpec } from "../object/index.ts";
import { SOCKET_FILTER, TRACEPOINT, XDP } from "./draft.ts";
import { Frontier } from "./frontier.ts";
import { intType } from "./inttype.ts";
import type { Generated } from "./many.ts";
import { rawRequest } from "./rawcase.ts";

const INT = 1;
const PROTO = 4;
const MAIN = 5;
const CALLBACK = 6;
const LOCKED = 8;
const TIMED = 11;

const member = (name: string, type: number, byte: number) => ({
	name,
	type,
	bitOffset: 8 * byte,
	bitSize: 0,
});
const btf = encodeBtf([
	intType(),
	intType("long", 8),
	{ kind: "array", type: 2, index: 1, length: 2 },
	{ kind: "func_proto", returns: INT, params: [] },
	{ kind: "func", name: "entry", type: PROTO, linkage: "global" },
	{ kind: "func", name: "part", type: PROTO, linkage: "static" },
	{ kind: "struct", name: "bpf_spin_lock", size: 4, members: [member("val", INT, 0)] },
	{
		kind: "struct",
		name: "locked",
		size: 16,
		members: [member("lock", 7, 0), member("n", INT, 4), member("l", 2, 8)],
	},
	{ kind: "struct", name: "bpf_timer", size: 16, members: [member("__opaque", 3, 0)] },
	intType("unsigned", 4, false),
	{ kind: "struct", name: "timed", size: 24, members: [member("t", 9, 0), member("n", INT, 16)] },
]);

const own: Readonly<Record<string, MapSpec>> = {
	locked: {
		name: "locked",
		type: 2,
		keySize: 4,
		valueSize: 16,
		maxEntries: 2,
		flags: 0,
		btfKeyTypeId: INT,
		btfValueTypeId: LOCKED,
	},
	timed: {
		name: "timed",
		type: 2,
		keySize: 4,
		valueSize: 24,
		maxEntries: 2,
		flags: 0,
		btfKeyTypeId: INT,
		btfValueTypeId: TIMED,
	},
	plain: { name: "plain", type: 2, keySize: 4, valueSize: 16, maxEntries: 3, flags: 0 },
	ring: { name: "ring", type: 27, keySize: 0, valueSize: 0, maxEntries: 4096, flags: 0 },
	programs: { name: "programs", type: 3, keySize: 4, valueSize: 4, maxEntries: 4, flags: 0 },
	stacks: { name: "stacks", type: 22, keySize: 0, valueSize: 8, maxEntries: 4, flags: 0 },
	trie: { name: "trie", type: 11, keySize: 8, valueSize: 8, maxEntries: 4, flags: 1 },
	percpu: { name: "percpu", type: 6, keySize: 4, valueSize: 16, maxEntries: 2, flags: 0 },
};
const names = Object.keys(own);
/** Marks an immediate that stands for one of the maps above. */
const MARK = 0x5000000;

const kfuncNames = [
	"bpf_iter_num_new",
	"bpf_iter_num_next",
	"bpf_iter_num_destroy",
	"bpf_rcu_read_lock",
	"bpf_rcu_read_unlock",
	"bpf_preempt_disable",
	"bpf_preempt_enable",
	"bpf_local_irq_save",
	"bpf_local_irq_restore",
	"bpf_dynptr_size",
	"bpf_dynptr_is_null",
	"bpf_dynptr_slice",
	"bpf_dynptr_from_skb",
	"bpf_dynptr_from_xdp",
	"bpf_dynptr_adjust",
] as const;
type KfuncName = (typeof kfuncNames)[number];

/** Ids of the kernel functions that programs call. */
export type KfuncIds = Readonly<Record<KfuncName, number>>;

/** Finds them; undefined when one is not there. */
export function kfuncIds(kernel: Btf): KfuncIds | undefined {
	const found = kfuncNames.map((name) => [name, findTypes(kernel, name, "func")[0]] as const);
	if (found.some(([, id]) => id === undefined)) return undefined;
	return Object.fromEntries(found) as KfuncIds;
}

class Wild extends Frontier {
	readonly ids: KfuncIds;
	readonly callbacks: string[] = [];

	constructor(seed: number, ids: KfuncIds) {
		super(seed);
		this.ids = ids;
	}

	kfunc(name: KfuncName): void {
		this.emit(0x85, 0, 2, 0, this.ids[name]);
		for (const r of [2, 3, 4, 5]) this.kinds[r] = "none";
	}

	own(r: number, name: string): void {
		this.emit(0x18, r, 1, 0, MARK + names.indexOf(name));
		this.emit(0, 0, 0, 0, 0);
	}

	/** The address of a callback of the kind. */
	address(r: number, kind: string): void {
		const name =
			this.chance(20) && this.callbacks.length
				? this.pick(this.callbacks)
				: `C${this.callbacks.length}:${kind}`;
		if (!this.callbacks.includes(name)) this.callbacks.push(name);
		this.emit(0x18, r, 4, 0, 0, name);
		this.emit(0, 0, 0, 0, 0);
	}

	/** r = fp - depth, the bytes there written first, mostly. */
	buffer(r: number, depth: number): void {
		if (this.chance(93))
			for (let off = -depth; off < 0; off += 8) this.emit(0x7a, 10, 0, off, this.constant());
		this.pointer(r, -depth);
	}

	pointer(r: number, off: number): void {
		this.emit(0xbf, r, 10, 0, 0);
		this.emit(0x07, r, 0, 0, off);
	}

	repeat(): void {
		if (this.chance(70)) this.emit(0xb7, 1, 0, 0, this.pick([0, 1, 3, 10, 100]));
		else {
			const s = this.pick([7, 8, 9]);
			this.loadScalarSimple(s);
			this.bound(s, 16);
			this.emit(0xbf, 1, s, 0, 0);
		}
		this.address(2, "loop");
		if (this.chance(30)) this.emit(0xb7, 3, 0, 0, 0);
		else this.pointer(3, -8);
		if (this.chance(90)) this.emit(0x7a, 10, 0, -8, this.constant());
		this.emit(0xb7, 4, 0, 0, this.chance(95) ? 0 : 1);
		this.helper(181);
	}

	forEach(): void {
		this.buffer(3, 8);
		this.address(2, "each");
		if (this.chance(60)) this.own(1, this.pick(["plain", "locked", "timed", "percpu", "stacks"]));
		else this.map(1, this.pick(["map_hash_8b", "map_array_48b"] as const));
		this.emit(0xb7, 4, 0, 0, 0);
		this.helper(164);
	}

	iterator(): void {
		const slot = -8 * (9 + this.random.below(3));
		const [start, end] = [this.label(), this.label()];
		this.pointer(1, slot);
		this.emit(0xb7, 2, 0, 0, this.pick([0, 0, 1, -5]));
		this.emit(0xb7, 3, 0, 0, this.pick([2, 3, 10, 1000]));
		this.kfunc("bpf_iter_num_new");
		const sum = this.pick([7, 8, 9]);
		if (this.chance(70)) this.emit(0xb7, sum, 0, 0, 0);
		this.kinds.fill("none");
		this.place(start);
		this.pointer(1, this.chance(97) ? slot : -8);
		this.kfunc("bpf_iter_num_next");
		if (this.chance(97)) this.emit(0x15, 0, 0, 0, 0, end);
		this.emit(0x61, 1, 0, this.chance(97) ? 0 : 4, 0);
		if (this.chance(50)) this.emit(this.pick([0x0f, 0x0c, 0xbf]), sum, 1, 0, 0);
		else this.emit(0x07, sum, 0, 0, 1);
		if (this.chance(30)) this.emit(0x25, sum, 0, 0, this.pick([10, 100]), end);
		if (this.chance(20)) this.emit(0x7b, 10, sum, -8, 0);
		this.emit(0x05, 0, 0, 0, 0, start);
		this.place(end);
		if (this.chance(95)) {
			this.pointer(1, slot);
			this.kfunc("bpf_iter_num_destroy");
		}
		this.kinds.fill("none");
	}

	region(): void {
		const roll = this.random.below(3);
		if (roll === 2) this.pointer(1, -104);
		this.kfunc(
			(["bpf_rcu_read_lock", "bpf_preempt_disable", "bpf_local_irq_save"] as const)[
				roll
			] as KfuncName,
		);
		this.block(1);
		if (this.chance(6)) return;
		if (roll === 2) this.pointer(1, -104);
		this.kfunc(
			(["bpf_rcu_read_unlock", "bpf_preempt_enable", "bpf_local_irq_restore"] as const)[
				roll
			] as KfuncName,
		);
	}

	dynptr(): void {
		const slot = -128;
		const ring = this.chance(50) || this.type === TRACEPOINT || this.type === SOCKET_FILTER;
		if (ring) {
			this.own(1, "ring");
			this.emit(0xb7, 2, 0, 0, this.pick([8, 16, 100]));
			this.emit(0xb7, 3, 0, 0, 0);
			this.pointer(4, slot);
			this.helper(198);
		} else {
			this.emit(0xbf, 1, 6, 0, 0);
			this.emit(0xb7, 2, 0, 0, 0);
			this.pointer(3, slot);
			this.kfunc(this.type === XDP ? "bpf_dynptr_from_xdp" : "bpf_dynptr_from_skb");
		}
		for (let n = this.random.below(3); n > 0; n--) this.applyDynptr(slot);
		if (!ring || this.chance(5)) return;
		this.pointer(1, slot);
		this.emit(0xb7, 2, 0, 0, 0);
		this.helper(this.pick([199, 200]));
		if (this.chance(8)) this.applyDynptr(slot);
	}

	applyDynptr(slot: number): void {
		const roll = this.random.below(5);
		if (roll === 0) {
			this.buffer(1, 16);
			this.emit(0xb7, 2, 0, 0, this.pick([1, 8, 16, 17]));
			this.pointer(3, slot);
			this.emit(0xb7, 4, 0, 0, this.pick([0, 4]));
			this.emit(0xb7, 5, 0, 0, 0);
			this.helper(201);
		} else if (roll === 1) {
			this.pointer(1, slot);
			this.emit(0xb7, 2, 0, 0, 0);
			this.buffer(3, 16);
			this.emit(0xb7, 4, 0, 0, this.pick([1, 8, 16]));
			this.emit(0xb7, 5, 0, 0, 0);
			this.helper(202);
		} else if (roll === 2) {
			this.pointer(1, slot);
			this.emit(0xb7, 2, 0, 0, 0);
			this.emit(0xb7, 3, 0, 0, this.pick([1, 4, 8]));
			this.helper(203);
			this.emit(0x15, 0, 0, 0, 0, "out");
			this.emit(0x71, 1, 0, this.pick([0, 0, 7]), 0);
		} else if (roll === 3) {
			this.pointer(1, slot);
			this.kfunc(this.pick(["bpf_dynptr_size", "bpf_dynptr_is_null"]));
		} else {
			this.pointer(1, slot);
			this.emit(0xb7, 2, 0, 0, 0);
			this.buffer(3, 8);
			this.emit(0xb7, 4, 0, 0, this.pick([4, 8]));
			this.kfunc("bpf_dynptr_slice");
			this.emit(0x15, 0, 0, 0, 0, "out");
			this.emit(0x71, 1, 0, this.pick([0, 3, 7]), 0);
		}
	}

	element(map: string): number {
		this.emit(0x62, 10, 0, -4, this.pick([0, 1]));
		this.pointer(2, -4);
		this.own(1, map);
		this.helper(1);
		if (this.chance(97)) this.emit(0x15, 0, 0, 0, 0, "out");
		const d = this.pick([7, 8, 9]);
		this.emit(0xbf, d, 0, 0, 0);
		this.kinds[d] = "none";
		return d;
	}

	lock(): void {
		const d = this.element("locked");
		this.emit(0xbf, 1, d, 0, 0);
		this.helper(93);
		this.emit(0x61, 1, d, this.chance(95) ? 4 : 0, 0);
		this.emit(0x63, d, 1, this.pick([4, 8, 12]), 0);
		if (this.chance(4)) this.helper(5);
		if (this.chance(20)) this.branch();
		this.emit(0xbf, 1, d, 0, 0);
		if (this.chance(96)) this.helper(94);
	}

	timer(): void {
		const d = this.element("timed");
		this.emit(0xbf, 1, d, 0, 0);
		this.own(2, this.chance(96) ? "timed" : "locked");
		this.emit(0xb7, 3, 0, 0, 0);
		this.helper(169);
		this.emit(0xbf, 1, d, 0, 0);
		this.address(2, "timer");
		this.helper(170);
		this.emit(0xbf, 1, d, 0, 0);
		this.emit(0xb7, 2, 0, 0, 0);
		this.emit(0xb7, 3, 0, 0, 0);
		this.helper(171);
	}

	tailCall(): void {
		this.emit(0xbf, 1, 6, 0, 0);
		this.own(2, this.chance(96) ? "programs" : "plain");
		if (this.chance(60)) this.emit(0xb7, 3, 0, 0, this.random.below(6));
		else this.emit(0xbf, 3, this.scalarBut(1), 0, 0);
		this.helper(12);
		this.kinds[0] = "scalar";
	}

	/** A helper that this type of program may call, with arguments of the right kinds, mostly. */
	anyHelper(): void {
		const helper = this.pick(helpers);
		const proto = protoFor(helper.id, this.type, 0);
		if (!proto || helper.needs !== undefined) return;
		for (const [i, arg] of proto.args.entries()) this.argument(i + 1, arg);
		this.helper(helper.id);
		if (this.chance(50)) this.emit(0x15, 0, 0, 0, 0, "out");
		if (proto.ret.kind !== "RET_INTEGER" && this.chance(50)) this.emit(0x61, 1, 0, 0, 0);
	}

	argument(r: number, arg: Arg): void {
		if (this.chance(3)) {
			this.emit(0xb7, r, 0, 0, this.constant());
			return;
		}
		switch (arg.kind) {
			case "ARG_PTR_TO_CTX":
				this.emit(0xbf, r, 6, 0, 0);
				return;
			case "ARG_CONST_MAP_PTR":
				this.own(r, this.pick(names));
				return;
			case "ARG_PTR_TO_MAP_KEY":
			case "ARG_PTR_TO_MAP_VALUE":
			case "ARG_PTR_TO_MEM":
				this.buffer(r, this.pick([8, 16, 64]));
				return;
			case "ARG_CONST_SIZE":
			case "ARG_CONST_SIZE_OR_ZERO":
			case "ARG_CONST_ALLOC_SIZE_OR_ZERO":
				if (this.chance(80)) this.emit(0xb7, r, 0, 0, this.pick([0, 1, 4, 8, 16, 65]));
				else {
					this.emit(0xbf, r, this.scalarBut(r), 0, 0);
					this.emit(0x57, r, 0, 0, this.pick([7, 15, 31]));
				}
				return;
			case "ARG_PTR_TO_FUNC":
				this.address(r, this.pick(["loop", "each", "timer"]));
				return;
			case "ARG_PTR_TO_DYNPTR":
				this.pointer(r, -128);
				return;
			case "ARG_PTR_TO_STACK":
				this.pointer(r, -8);
				return;
			default:
				this.emit(0xb7, r, 0, 0, this.pick([0, 0, 0, 1, 2, 64]));
		}
	}

	override rarer(): void {
		const all = [
			() => this.repeat(),
			() => this.repeat(),
			() => this.forEach(),
			() => this.iterator(),
			() => this.iterator(),
			() => this.region(),
			() => this.dynptr(),
			() => this.lock(),
			() => this.timer(),
			() => this.tailCall(),
			() => this.anyHelper(),
			() => this.anyHelper(),
			() => this.anyHelper(),
		];
		if (this.chance(20)) super.rarer();
		else this.pick(all)();
	}

	callback(name: string): void {
		this.place(name);
		const kind = name.slice(name.indexOf(":") + 1);
		if (kind === "loop") {
			this.emit(0xb7, 0, 0, 0, 0);
			if (this.chance(50)) this.emit(0x25, 1, 0, 1, this.pick([1, 5, 100]));
			this.emit(0x07, 1, 0, 0, 1);
			if (this.chance(40)) this.emit(0x7b, 10, 1, -8, 0);
			if (this.chance(30)) this.emit(0x7b, 2, 1, this.pick([0, 0, 0, 8]), 0);
		} else {
			if (this.chance(50)) this.emit(0x61, 0, 2, this.pick([0, 0, 4]), 0);
			if (this.chance(50)) this.emit(0x61, 0, 3, this.pick([8, 12, 12, 16, 48]), 0);
			if (this.chance(30)) this.emit(0x62, 3, 0, this.pick([4, 8, 12, 16]), 1);
		}
		if (this.chance(95)) this.emit(0xb7, 0, 0, 0, this.pick([0, 0, 0, 1, 1, 2]));
		this.emit(0x95, 0, 0, 0, 0);
	}

	request(seed: number): LoadRequest | string {
		this.emit(0xbf, 6, 1, 0, 0);
		this.block(3 + this.random.below(7));
		this.rarer();
		this.place("out");
		if (this.chance(98)) this.emit(0xb7, 0, 0, 0, this.pick([0, 1, 2]));
		this.emit(0x95, 0, 0, 0, 0);
		const starts = [0];
		for (const name of this.callbacks) {
			starts.push(this.slots.length);
			this.callback(name);
		}
		const raw = this.finished(seed);
		const base = rawRequest(raw);
		if (typeof base === "string") return base;
		const maps = [...base.maps];
		const { code } = base;
		for (let pc = 0; pc < code.length; pc++) {
			const imm = code.imm[pc] as number;
			if (
				code.opcode[pc] !== 0x18 ||
				code.src[pc] !== 1 ||
				imm < MARK ||
				imm >= MARK + names.length
			)
				continue;
			const spec = own[names[imm - MARK] as string] as MapSpec;
			if (!maps.includes(spec)) maps.push(spec);
			code.imm[pc] = maps.indexOf(spec);
		}
		for (const start of this.parts) starts.push(start);
		const functions = [...new Set(starts)]
			.sort((a, b) => a - b)
			.map((at, i) => ({ insn: at, typeId: i === 0 ? MAIN : CALLBACK, name: "" }));
		return { ...base, maps, btf, functions, name: "" };
	}
}

/** The program of a seed, for a kernel with these functions. */
export function wild(seed: number, ids: KfuncIds): Generated {
	const request = new Wild(seed, ids).request(seed);
	if (typeof request === "string") throw new Error(request);
	return { descr: `wild ${seed}`, request };
}
