// What programs do with the resources that they hold: accesses, calls with arguments made for them, lists and trees, callbacks. For
// tests only.

import { type Arg, helpers, kfuncFacts, protoFor } from "../abi/index.ts";
import {
	BUFFER,
	DYNPTRS,
	drops,
	dynptrParam,
	ELEM_LAST,
	ELEM_LIST,
	ELEM_TREE,
	IRQ,
	keptAt,
	type Param,
	type Place,
	RET_NULL,
	type Resources,
	SLEEPABLE,
	values,
	wanted,
} from "./resourcekinds.ts";
import { type Held, Plan } from "./resourceplan.ts";
import { type MapName, maps, objectTypes, sizes } from "./resourcetypes.ts";

const writable = new Set([
	"elem",
	"kept",
	"later",
	"queued",
	"resilient",
	"memory",
	"record",
	"node",
	"sole",
	"leaf",
	"plain",
]);
/** First bytes of what programs may read and write, by kind. */
const plainAt: Readonly<Record<string, readonly number[]>> = {
	elem: [56],
	kept: [56],
	later: [16],
	queued: [24],
	resilient: [8],
	node: [64],
	sole: [0],
	leaf: [8],
	plain: [0, 8],
	percpu: [0, 8],
	memory: [0, 8],
	record: [0, 8],
	data: [0],
	int: [0],
	task: [0, 8, 24, 1000, 1488, 1600, 2000],
};

/** Structs of the kernel that none of these programs holds. */
const outside =
	/^(bpf_iter_|bpf_map$|bpf_ct|nf_conn|sock$|tcp_sock|file|dentry|path|inode|bpf_crypto|xfrm|kmem|cgroup_sub|bpf_sock|bpf_xdp|request_sock|net$|bpf_prog|struct|mm_|vm_|rq$|hid|sched|user)/;

export abstract class Uses extends Plan {
	readonly of: Resources;
	readonly at: Place;
	depth = 0;
	/** Regions open in which nothing sleeps. */
	awake = 0;
	locked = false;
	budget = 14;
	inCallback = false;

	constructor(seed: number, of: Resources, at?: Place) {
		super(seed);
		this.of = of;
		this.at = at ?? this.pick(of.places);
	}

	/** R0 is kept, checked, used, given back. */
	abstract holding(kind: string, owned: boolean, nullable?: boolean): void;

	call(name: string): void {
		const kfunc = this.of.kfuncs.get(name);
		this.emit(0x85, 0, kfunc ? 2 : 0, 0, kfunc?.id ?? 0);
	}

	helper(id: number): void {
		this.emit(0x85, 0, 0, 0, id);
	}

	/** Whether the program may call the function; sometimes it tries although it may not. */
	allowed(name: string): boolean {
		if (this.chance(1)) return true;
		const facts = kfuncFacts(name);
		const { type, expectedAttachType, flags } = this.at;
		if (!facts?.allows(type, expectedAttachType)) return false;
		return (facts.flags & SLEEPABLE) === 0 || (flags !== 0 && this.awake === 0);
	}

	/** R0 is given back at once. */
	giveBack(kind: string, r: number, nullable: boolean): void {
		const end = this.label();
		if (nullable) this.emit(0x15, r, 0, 0, 0, end);
		this.copy(1, r);
		this.release(kind);
		this.place(end);
	}

	/** Gives back what R1 has. */
	release(kind: string): void {
		this.set(2, 0);
		if (kind === "record") this.helper(this.pick([132, 133]));
		else if (kind === "sock") this.helper(86);
		else this.call(drops[kind] ?? "bpf_task_release");
	}

	key4(r: number): void {
		this.emit(0x62, 10, 0, -4, this.random.below(2));
		this.pointer(r, -4);
	}

	value(): void {
		const traced = [2, 5, 7, 17].includes(this.at.type) || this.at.type === 26;
		const limited = traced || this.at.type === 1;
		const open: readonly MapName[] = ["kept", "memory", "kept"];
		const name = this.pick(limited && this.chance(97) ? open : values);
		const task = this.find("task");
		if (task && this.chance(15)) {
			this.map(1, "tasks");
			this.load(2, task);
			this.set(3, 0);
			this.set(4, 1);
			this.helper(156);
			this.holding("kept", false);
			return;
		}
		if (name === "memory" && this.chance(30)) {
			this.key4(2);
			this.map(1, "outer");
			this.helper(1);
			const end = this.label();
			this.emit(0x15, 0, 0, 0, 0, end);
			this.copy(1, 0);
			this.key4(2);
			this.helper(1);
			this.holding("memory", false);
			this.place(end);
			return;
		}
		this.key4(2);
		this.map(1, name);
		this.helper(1);
		this.holding(name, false);
	}

	use(): void {
		const all = [
			() => this.access(),
			() => this.access(),
			() => this.anyKfunc(),
			() => this.anyKfunc(),
			() => this.anyKfunc(),
			() => this.anyHelper(),
			() => this.anyHelper(),
			() => this.give(),
			() => this.give(),
			() => this.push(),
			() => this.push(),
			() => this.called(),
			() => this.called(),
			() => this.later_(),
			() => this.rare(),
		];
		this.pick(all)();
	}

	/** A load or a store by way of what is held. */
	access(): void {
		const it = this.held.length ? this.pick(this.held) : undefined;
		if (!it || it.kind === "dynptr") return;
		const size = this.pick([0, 8, 16, 24, 24]);
		const bytes = { 0: 4, 8: 2, 16: 1, 24: 8 }[size] as number;
		const room = (sizes[it.kind] ?? 64) - bytes;
		const aligned = Math.max(0, Math.floor(room / 8));
		const known = plainAt[it.kind];
		const fine = known && this.chance(92) ? this.pick(known) : 8 * this.random.below(aligned + 1);
		const off = this.chance(97) ? fine : this.random.below(room + 9);
		this.load(1, it);
		const readOnly = !writable.has(it.kind) && this.chance(97);
		if (readOnly || this.chance(55)) this.emit(0x61 + size, this.pick([0, 2, 3]), 1, off);
		else if (this.chance(80)) this.emit(0x62 + size, 1, 0, off, this.random.below(9));
		else {
			this.set(2, 1);
			this.emit(0xdb, 1, 2, off);
		}
	}

	/** List and tree functions under a lock. */
	graphUse(): void {
		const elem = this.find("elem");
		const node = this.find("node", "sole");
		if (!elem) return;
		if (node?.owned && this.chance(70)) {
			this.add(elem, node);
			return;
		}
		this.load(1, elem, this.pick([ELEM_LIST, ELEM_TREE, ELEM_LAST]));
		this.call(
			this.pick(["bpf_rbtree_first", "bpf_list_front", "bpf_list_back", "bpf_rbtree_root"]),
		);
	}

	add(elem: Held, node: Held): void {
		const sole = node.kind === "sole";
		const list = !sole && this.chance(50);
		this.load(1, elem, list ? ELEM_LIST : sole ? ELEM_LAST : ELEM_TREE);
		this.load(2, node, list ? 0 : sole ? 8 : 24);
		if (list) {
			this.set(3, 0);
			this.set(4, 0);
			this.call(this.pick(["bpf_list_push_front_impl", "bpf_list_push_back_impl"]));
		} else {
			this.callback(3, "less");
			this.set(4, 0);
			this.set(5, 0);
			this.call("bpf_rbtree_add_impl");
		}
		node.owned = false;
	}

	push(): void {
		const elem = this.find("elem");
		const node = this.find("node", "sole");
		if (!elem || !node?.owned) {
			this.access();
			return;
		}
		this.load(1, elem);
		this.helper(93);
		this.add(elem, node);
		if (this.chance(40)) {
			this.load(1, node);
			this.emit(0x61, 2, 1, this.pick([0, 60, 64]));
		}
		this.load(1, elem);
		this.helper(94);
	}

	/** What is held goes into a map's value. */
	give(): void {
		const kept = this.find("kept");
		const it = this.find(...Object.keys(keptAt));
		if (!kept || !it?.owned) {
			this.anyKfunc();
			return;
		}
		const off = this.chance(96) ? (keptAt[it.kind] ?? 0) : 8 * this.random.below(7);
		this.load(1, kept, off);
		this.load(2, it);
		this.helper(194);
		it.owned = false;
		this.giveBack(it.kind, 0, true);
	}

	/** Memory of the stack, written first, mostly. */
	buffer(r: number, off: number): void {
		if (this.chance(92)) for (const at of [0, 8]) this.emit(0x7a, 10, 0, off + at, at);
		this.pointer(r, off);
	}

	anyKfunc(): void {
		const fit = this.of.plain.filter((f) => this.allowed(f.name));
		const kfunc = this.pick(this.chance(4) ? [...this.of.kfuncs.values()] : fit);
		// What nothing fits is seldom called.
		if (!kfunc.params.every((p) => this.has(p)) && this.chance(92)) return;
		for (const [i, param] of kfunc.params.slice(0, 5).entries()) this.argument(i + 1, param);
		this.call(kfunc.name);
		if (kfunc.flags & RET_NULL) this.holding("data", false);
	}

	/** Whether something fits the parameter. */
	has({ name, target, pointer }: Param): boolean {
		if (!pointer || /__(str|irq_flag|map|prog|ign|nullable|opt)$/.test(name)) return true;
		const [kinds] = wanted(target);
		if (kinds !== "") return this.find(...kinds.split(" ")) !== undefined;
		return !outside.test(target);
	}

	argument(r: number, { name, target, pointer }: Param): void {
		if (this.chance(3)) {
			const it = this.held.length ? this.pick(this.held) : undefined;
			if (it) {
				this.load(r, it);
				return;
			}
			this.copy(r, 6);
			return;
		}
		if (!pointer) {
			const size = name.endsWith("__sz") || name.endsWith("__szk");
			if (name === "local_type_id__k") this.set(r, this.pick(Object.values(objectTypes)));
			else this.set(r, size ? this.pick([8, 8, 16, 0]) : this.pick([0, 0, 1, 8]));
			return;
		}
		if (name.endsWith("__str")) {
			this.text(r);
			return;
		}
		if (name.endsWith("__irq_flag")) {
			this.pointer(r, IRQ);
			return;
		}
		if (name.endsWith("__map")) {
			this.map(r, this.pick(["memory", "kept", "queued", "tasks"]));
			return;
		}
		if (name.endsWith("__prog") || name.endsWith("__ign")) {
			this.set(r, 0);
			return;
		}
		const [kinds, off] = wanted(target);
		if (kinds === "dynptr") {
			const it = this.find("dynptr");
			this.pointer(r, it ? it.where : this.pick(DYNPTRS));
			return;
		}
		const it = kinds && this.find(...kinds.split(" "));
		if (it) {
			this.load(r, it, off);
			return;
		}
		if (target === "func_proto") {
			this.callback(r, this.pick(["timer", "less"]));
			return;
		}
		if (target === "__sk_buff" || target === "xdp_md" || name === "ctx") {
			this.copy(r, 6);
			return;
		}
		if (kinds && this.chance(70)) {
			this.set(r, 0);
			return;
		}
		this.buffer(r, BUFFER);
	}

	anyHelper(): void {
		const { type, expectedAttachType } = this.at;
		const { id } = this.pick(helpers);
		const proto = protoFor(id, type, expectedAttachType);
		if (!proto) return;
		for (const [i, arg] of proto.args.entries()) this.helperArgument(i + 1, arg);
		this.helper(id);
		if (proto.ret.kind !== "RET_INTEGER" && proto.ret.kind !== "RET_VOID" && this.chance(60))
			this.holding("data", false, proto.ret.orNull === true);
	}

	helperArgument(r: number, arg: Arg): void {
		const kind = arg.kind;
		if (kind === "ARG_PTR_TO_CTX") this.copy(r, 6);
		else if (kind === "ARG_CONST_MAP_PTR") this.map(r, this.pick(Object.keys(maps) as MapName[]));
		else if (kind === "ARG_PTR_TO_DYNPTR") this.argument(r, dynptrParam);
		else if (kind === "ARG_PTR_TO_CONST_STR") this.text(r);
		else if (kind === "ARG_PTR_TO_FUNC") this.callback(r, this.pick(["loop", "each"]));
		else if (arg.btf) this.argument(r, { name: "", target: arg.btf, pointer: true });
		else if (kind.startsWith("ARG_PTR_TO_M")) this.memory(r);
		else if (kind.startsWith("ARG_CONST")) this.set(r, this.pick([0, 4, 8, 16]));
		else this.set(r, this.pick([0, 0, 1]));
	}

	/** Memory of any kind that is held, or of the stack. */
	memory(r: number): void {
		const it = this.chance(50)
			? this.find("memory", "record", "data", "int", "elem", "plain")
			: undefined;
		if (it) this.load(r, it);
		else this.buffer(r, BUFFER);
	}

	called(): void {
		if (this.later.length > 3) return;
		if (this.chance(40)) {
			this.callPart();
			return;
		}
		if (this.chance(30)) {
			this.map(1, this.pick(["memory", "kept", "elem"]));
			this.callback(2, "each");
			this.set(3, 0);
			this.set(4, 0);
			this.helper(164);
			return;
		}
		this.set(1, this.pick([1, 5, 100]));
		this.callback(2, "loop");
		this.pointer(3, -8);
		this.emit(0x7a, 10, 0, -8, 0);
		this.set(4, 0);
		this.helper(181);
	}

	/** Timers, work queues, work of a task. */
	later_(): void {
		const timer = this.find("later");
		const queued = this.find("queued");
		const task = this.find("task");
		if (timer) {
			this.load(1, timer);
			this.map(2, "later");
			this.set(3, 1);
			this.helper(169);
			this.load(1, timer);
			this.callback(2, "timer");
			this.helper(170);
			this.load(1, timer);
			this.set(2, 0);
			this.set(3, 0);
			this.helper(171);
		} else if (queued && task && this.chance(50)) {
			this.load(1, task);
			this.load(2, queued, 16);
			this.map(3, "queued");
			this.callback(4, "timer");
			this.set(5, 0);
			this.call("bpf_task_work_schedule_signal_impl");
		} else if (queued) {
			this.load(1, queued);
			this.map(2, "queued");
			this.set(3, 0);
			this.call("bpf_wq_init");
			this.load(1, queued);
			this.callback(2, "timer");
			this.set(3, 0);
			this.set(4, 0);
			this.call("bpf_wq_set_callback_impl");
			this.load(1, queued);
			this.set(2, 0);
			this.call("bpf_wq_start");
		} else this.value();
	}

	rare(): void {
		const roll = this.random.below(4);
		if (roll === 0 && this.chance(40)) {
			const end = this.label();
			this.helper(7);
			this.emit(0x15, 0, 0, 0, 0, end);
			this.set(1, 0);
			this.call("bpf_throw");
			this.place(end);
		} else if (roll === 1 && this.chance(40)) {
			this.copy(1, 6);
			this.map(2, "programs");
			this.set(3, 1);
			this.helper(12);
		} else if (roll === 2) {
			const it = this.held.length ? this.pick(this.held) : undefined;
			if (!it || it.kind === "dynptr") return;
			this.load(1, it);
			this.set(2, this.chance(90) ? this.pick(this.of.structs) : this.random.below(3000));
			this.call("bpf_rdonly_cast");
			this.holding("data", false, false);
		} else if (!this.inCallback && [1, 3, 4, 6, 8].includes(this.at.type)) {
			this.copy(1, 6);
			this.call("bpf_cast_to_kern_ctx");
			this.holding("data", false, false);
		}
	}

	/** Functions that were named, each with this body. */
	functionsLater(body: () => void = () => {}): void {
		for (const { label, kind } of this.later) {
			this.place(label);
			this.begin(kind);
			body();
			this.set(0, 0);
			this.emit(0x95);
		}
	}
}
