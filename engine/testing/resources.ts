// A generator of programs that hold resources: references, locks, regions, iterators, dynptrs, kernel pointers in maps, objects in lists
// and trees, callbacks, and that call any kernel function with arguments made for it. Mostly right; some then get a slip. The seed
// decides everything. For tests only.

import { Random } from "../base/index.ts";
import { codeSlip } from "./codeslip.ts";
import type { Generated } from "./many.ts";
import {
	BUFFER,
	DYNPTRS,
	ELEM_LAST,
	ELEM_LIST,
	ELEM_TREE,
	IRQ,
	ITERATORS,
	keptAt,
	type Resources,
} from "./resourcekinds.ts";
import type { Held } from "./resourceplan.ts";
import { type Allocated, type Callback, objectTypes } from "./resourcetypes.ts";
import { Uses } from "./resourceuse.ts";

class Holder extends Uses {
	steps(): void {
		this.depth++;
		for (let n = 1 + this.random.below(3); n > 0 && this.budget > 0; n--) this.step();
		this.depth--;
	}

	step(): void {
		this.budget--;
		if (this.locked) {
			this.pick([() => this.access(), () => this.access(), () => this.graphUse()])();
			return;
		}
		if (this.depth < 5 && this.chance(60)) this.scope();
		else this.use();
	}

	/** R0 is kept, checked, used, given back. */
	override holding(kind: string, owned: boolean, nullable = true): void {
		const where = this.free();
		const end = this.label();
		if (where === undefined) {
			if (owned) this.giveBack(kind, 0, nullable);
			return;
		}
		const late = this.chance(25);
		let it: Held | undefined;
		if (late) it = this.keep(where, kind, owned);
		if (nullable && this.chance(97)) {
			if (late && where >= 0) this.emit(0x15, where, 0, 0, 0, end);
			else this.emit(0x15, 0, 0, 0, 0, end);
		}
		it ??= this.keep(where, kind, owned);
		this.steps();
		if (it.owned && this.chance(98)) {
			this.load(1, it);
			this.release(kind);
		}
		this.drop(it);
		this.place(end);
	}

	scope(): void {
		const objects = this.allowed("bpf_obj_new_impl");
		if (!objects) {
			this.pick([
				() => this.value(),
				() => this.record(),
				() => this.region(),
				() => this.numbers(),
				() => this.iterate(),
				() => this.dynptr(),
				() => this.loaded(),
				() => this.socket(),
				() => this.branch(),
				() => this.taken(),
				() => this.cpumask(),
			])();
			return;
		}
		const all = [
			() => this.task(),
			() => this.task(),
			() => this.cgroup(),
			() => this.cpumask(),
			() => this.allocated(),
			() => this.allocated(),
			() => this.allocated(),
			() => this.value(),
			() => this.value(),
			() => this.value(),
			() => this.value(),
			() => this.record(),
			() => this.region(),
			() => this.region(),
			() => this.locks(),
			() => this.numbers(),
			() => this.iterate(),
			() => this.dynptr(),
			() => this.dynptr(),
			() => this.popped(),
			() => this.popped(),
			() => this.taken(),
			() => this.taken(),
			() => this.loaded(),
			() => this.socket(),
			() => this.branch(),
			() => this.key(),
		];
		this.pick(all)();
	}

	task(): void {
		const roll = this.random.below(4);
		const from = this.find("task");
		if (roll < 2 && !from) {
			this.helper(158);
			this.holding("task", false, false);
		} else if (roll < 2 && from) {
			this.load(1, from);
			this.call("bpf_task_acquire");
			this.holding("task", true);
		} else {
			this.set(1, 1);
			this.call(this.pick(["bpf_task_from_pid", "bpf_task_from_vpid"]));
			this.holding("task", true);
		}
	}

	cgroup(): void {
		const from = this.find("cgroup");
		const task = this.find("task");
		if (from && this.chance(50)) {
			this.load(1, from);
			this.set(2, 1);
			this.call(this.pick(["bpf_cgroup_acquire", "bpf_cgroup_ancestor"]));
		} else if (task && this.chance(30)) {
			this.load(1, task);
			this.set(2, 1);
			this.call("bpf_task_get_cgroup1");
		} else {
			this.set(1, 1);
			this.call("bpf_cgroup_from_id");
		}
		this.holding("cgroup", true);
	}

	cpumask(): void {
		if (!this.allowed("bpf_cpumask_create")) {
			this.value();
			return;
		}
		this.call("bpf_cpumask_create");
		this.holding("cpumask", true);
	}

	key(): void {
		this.set(1, 1);
		this.set(2, 0);
		this.call(
			this.pick(["bpf_lookup_system_key", "bpf_lookup_user_key"].filter((n) => this.allowed(n))) ??
				"bpf_lookup_system_key",
		);
		this.holding("key", true);
	}

	allocated(): void {
		const kind = this.pick(["node", "node", "node", "sole", "leaf", "plain", "percpu"] as const);
		const from = this.find("node");
		if (from && this.chance(30)) {
			this.load(1, from);
			this.set(2, 0);
			this.call("bpf_refcount_acquire_impl");
			this.holding("node", true, this.chance(50) || !from.owned);
			return;
		}
		const type: Allocated = kind === "percpu" ? "plain" : kind;
		this.set(1, objectTypes[type]);
		this.set(2, 0);
		this.call(kind === "percpu" ? "bpf_percpu_obj_new_impl" : "bpf_obj_new_impl");
		this.holding(kind, true);
	}

	record(): void {
		this.map(1, "ring");
		this.set(2, 16);
		this.set(3, 0);
		this.helper(131);
		this.holding("record", true);
	}

	region(): void {
		const roll = this.random.below(4);
		const irq = roll === 3;
		const names = ["rcu_read_lock", "rcu_read_lock", "preempt_disable", "local_irq_save"];
		const ends = ["rcu_read_unlock", "rcu_read_unlock", "preempt_enable", "local_irq_restore"];
		if (irq) this.pointer(1, IRQ);
		this.call(`bpf_${names[roll]}`);
		this.awake++;
		this.steps();
		this.awake--;
		if (this.chance(3)) return;
		if (irq) this.pointer(1, IRQ);
		this.call(`bpf_${ends[roll]}`);
	}

	locks(): void {
		const elem = this.find("elem");
		const resilient = this.find("resilient");
		if (resilient && (!elem || this.chance(40))) this.resilient(resilient);
		else if (elem) {
			this.load(1, elem);
			this.helper(93);
			this.locked = true;
			this.steps();
			this.locked = false;
			if (this.chance(3)) return;
			this.load(1, elem);
			this.helper(94);
		} else this.value();
	}

	resilient(it: Held): void {
		const irq = this.chance(40);
		const end = this.label();
		this.load(1, it);
		if (irq) this.pointer(2, IRQ);
		this.call(irq ? "bpf_res_spin_lock_irqsave" : "bpf_res_spin_lock");
		this.emit(0x55, 0, 0, 0, 0, end);
		this.locked = true;
		this.steps();
		this.locked = false;
		this.load(1, it);
		if (irq) this.pointer(2, IRQ);
		this.call(irq ? "bpf_res_spin_unlock_irqrestore" : "bpf_res_spin_unlock");
		this.place(end);
	}

	numbers(): void {
		this.loop("bpf_iter_num", () => {
			this.set(2, 0);
			this.set(3, this.pick([3, 10, 1000]));
		});
	}

	/** `new`, `next` until it ends, `destroy`. */
	loop(name: string, more: () => void, kind = "int"): void {
		const slot = this.pick(ITERATORS);
		const [start, end] = [this.label(), this.label()];
		this.pointer(1, slot);
		more();
		this.call(`${name}_new`);
		this.place(start);
		this.pointer(1, slot);
		this.call(`${name}_next`);
		this.emit(0x15, 0, 0, 0, 0, end);
		const where = this.free();
		const it = where === undefined ? undefined : this.keep(where, kind, false);
		this.steps();
		if (it) this.drop(it);
		if (this.chance(25)) this.emit(0xe5, 0, 0, 0, 0, end);
		this.emit(0x05, 0, 0, 0, 0, start);
		this.place(end);
		this.pointer(1, slot);
		if (this.chance(98)) this.call(`${name}_destroy`);
	}

	iterate(): void {
		const task = this.find("task");
		const roll = this.random.below(4);
		if (roll === 0) {
			this.emit(0x7a, 10, 0, -64, 5);
			this.loop("bpf_iter_bits", () => {
				this.pointer(2, -64);
				this.set(3, 1);
			});
		} else if (roll === 1 && task)
			this.loop(
				"bpf_iter_task_vma",
				() => {
					this.load(2, task);
					this.set(3, 0);
				},
				"vma",
			);
		else if (roll === 2 && this.allowed("bpf_iter_kmem_cache_new"))
			this.loop("bpf_iter_kmem_cache", () => {}, "cache");
		else {
			this.call("bpf_rcu_read_lock");
			this.loop(
				"bpf_iter_task",
				() => {
					this.set(2, 0);
					this.set(3, this.pick([0, 2]));
				},
				"task",
			);
			this.call("bpf_rcu_read_unlock");
		}
	}

	dynptr(): void {
		const slot = this.pick(DYNPTRS);
		const memory = this.find("memory");
		const roll = this.random.below(4);
		const network = this.at.type === 3 || this.at.type === 6;
		if (roll === 0 && memory) {
			this.load(1, memory);
			this.set(2, 16);
			this.set(3, 0);
			this.pointer(4, slot);
			this.helper(197);
		} else if (roll === 1 && network && !this.inCallback) {
			this.copy(1, 6);
			this.set(2, 0);
			this.pointer(3, slot);
			this.call(this.at.type === 6 ? "bpf_dynptr_from_xdp" : "bpf_dynptr_from_skb");
		} else {
			this.map(1, "ring");
			this.set(2, 16);
			this.set(3, 0);
			this.pointer(4, slot);
			this.helper(198);
			this.withDynptr(slot);
			if (this.chance(3)) return;
			this.pointer(1, slot);
			this.set(2, 0);
			this.helper(this.pick([199, 200]));
			return;
		}
		this.withDynptr(slot);
	}

	withDynptr(slot: number): void {
		const it: Held = { where: slot, kind: "dynptr", owned: false };
		this.held.push(it);
		if (this.chance(40)) this.slice(slot);
		this.steps();
		this.drop(it);
	}

	slice(slot: number): void {
		this.pointer(1, slot);
		this.set(2, 0);
		if (this.chance(40)) {
			this.set(3, 8);
			this.helper(203);
		} else {
			this.pointer(3, BUFFER);
			this.set(4, 8);
			this.call(this.pick(["bpf_dynptr_slice", "bpf_dynptr_slice_rdwr"]));
		}
		this.holding("data", false);
	}

	/** An object out of a list or tree. */
	popped(): void {
		const elem = this.find("elem");
		const where = this.free();
		if (!elem || where === undefined) {
			this.value();
			return;
		}
		const [tree, last] = [this.chance(55), this.chance(40)];
		const end = this.label();
		this.load(1, elem);
		this.helper(93);
		if (tree) {
			const root = last ? ELEM_LAST : ELEM_TREE;
			const out = this.label();
			this.load(1, elem, root);
			this.call(this.pick(["bpf_rbtree_first", "bpf_rbtree_first", "bpf_rbtree_root"]));
			this.emit(0x15, 0, 0, 0, 0, out);
			this.load(1, elem, root);
			this.copy(2, 0);
			this.call(this.pick(["bpf_rbtree_remove", "bpf_rbtree_remove", "bpf_rbtree_left"]));
			this.place(out);
		} else {
			this.load(1, elem, ELEM_LIST);
			this.call(this.pick(["bpf_list_pop_front", "bpf_list_pop_back", "bpf_list_front"]));
		}
		const kind = tree && last ? "sole" : "node";
		const it = this.keep(where, kind, true);
		this.load(1, elem);
		this.helper(94);
		this.load(0, it);
		this.emit(0x15, 0, 0, 0, 0, end);
		this.drop(it);
		const back = tree ? (last ? -8 : -24) : 0;
		if (back) this.emit(0x07, 0, 0, 0, back);
		this.holding(kind, true, false);
		this.place(end);
	}

	/** A kernel pointer out of a map's value. */
	taken(): void {
		const kept = this.find("kept");
		if (!kept) {
			this.value();
			return;
		}
		const kind = this.pick(Object.keys(keptAt));
		this.load(1, kept, keptAt[kind]);
		this.set(2, 0);
		this.helper(194);
		this.holding(kind, true);
	}

	/** A kernel pointer read where it stays. */
	loaded(): void {
		const kept = this.find("kept");
		const task = this.find("task");
		if (kept && this.chance(70)) {
			const kind = this.pick(Object.keys(keptAt));
			const region = this.chance(60);
			if (region) this.call("bpf_rcu_read_lock");
			this.load(1, kept);
			this.emit(0x79, 0, 1, keptAt[kind]);
			this.holding(kind, false);
			if (region) this.call("bpf_rcu_read_unlock");
		} else if (task) {
			this.load(1, task);
			this.emit(this.pick([0x79, 0x61]), 0, 1, 8 * this.random.below(330));
			this.holding("task", false, this.chance(50));
		} else this.task();
	}

	socket(): void {
		if (![3, 6, 8].includes(this.at.type) || this.inCallback) {
			this.record();
			return;
		}
		for (const off of [-16, -8]) this.emit(0x7a, 10, 0, off, 0);
		this.copy(1, 6);
		this.pointer(2, -16);
		this.set(3, 12);
		this.set(4, -1);
		this.set(5, 0);
		this.helper(this.pick([84, 85, 99]));
		this.holding("sock", true);
	}

	branch(): void {
		const end = this.label();
		this.helper(7);
		this.emit(this.pick([0x15, 0x25, 0x55]), 0, 0, 0, this.random.below(3), end);
		this.steps();
		this.place(end);
	}

	function(kind: Callback): void {
		this.begin(kind);
		this.inCallback = true;
		this.depth = 3;
		this.set(6, 0);
		if (kind === "less") {
			this.emit(0x61, 2, 1, this.pick([0, 36, 40]));
			this.emit(0x61, 3, 2, this.pick([0, 36, 40]));
			if (this.chance(30)) this.steps();
			this.set(0, 0);
		} else {
			if (kind === "timer" || kind === "each") {
				this.copy(0, kind === "timer" ? 3 : 3);
				this.keep(7, "memory", false);
			}
			this.budget = Math.max(this.budget, 3);
			this.steps();
			this.set(0, this.chance(93) ? 0 : this.pick([1, 2]));
		}
		this.emit(0x95);
	}

	whole(): void {
		this.begin("main");
		this.copy(6, 1);
		const traced = this.at.type === 26 || this.at.type === 27;
		if (traced && this.chance(60)) {
			this.emit(0x79, 0, 6, this.pick([0, 8]));
			this.holding("task", false, this.at.expectedAttachType === 28);
		}
		this.steps();
		this.steps();
		this.set(0, 0);
		this.emit(0x95);
		for (let i = 0; i < this.later.length && i < 8; i++) {
			const next = this.later[i];
			if (!next) break;
			this.place(next.label);
			this.function(next.kind);
		}
	}
}

/** The program of a seed. */
export function holding(seed: number, of: Resources): Generated {
	const plan = new Holder(seed, of);
	plan.whole();
	let request = plan.finished(plan.at);
	const random = new Random(seed ^ 0x1ce);
	if (random.below(3) === 0) request = codeSlip(request, random, of.pool);
	if (random.below(8) === 0)
		request = { ...request, flags: request.flags ^ (random.below(2) ? 8 : 16) };
	return { descr: `holding ${seed}`, request };
}

export { resourcesOf } from "./resourcekinds.ts";
