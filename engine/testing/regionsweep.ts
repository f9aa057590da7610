// Every helper and kernel function, without arguments of its own, where calls are restricted: under locks, in regions, in callbacks that
// run at once or later. For the differential test and `npm run conformance -- --sweep regions`.

import { helpers } from "../abi/index.ts";
import type { Btf } from "../btf/index.ts";
import { IRQ, type Place, type Resources, resourcesOf } from "./resourcekinds.ts";
import type { MapName } from "./resourcetypes.ts";
import { Uses } from "./resourceuse.ts";
import type { Probe } from "./sweep.ts";

/** Helper numbers. */
const [LOOKUP, LOCK, UNLOCK, TIMER, LOOP] = [1, 93, 94, 170, 181];
const OUT = "out";

class Region extends Uses {
	override holding(): void {}

	/** R1 and R7 get the value of a map. */
	valueIn(name: MapName): void {
		this.key4(2);
		this.map(1, name);
		this.helper(LOOKUP);
		this.emit(0x15, 0, 0, 0, 0, OUT);
		this.copy(7, 0);
		this.copy(1, 7);
	}

	between(before: string, after: string, ask: () => void): void {
		this.call(before);
		this.copy(1, 6);
		ask();
		this.call(after);
	}

	end(): void {
		this.place(OUT);
		this.set(0, 0);
		this.emit(0x95);
	}
}

type Wrap = (c: Region, ask: () => void) => void;

/** How the call is reached; the callbacks among them run it when they are called. */
const wraps: Readonly<Record<string, Wrap>> = {
	"a timer's callback": (c) => {
		c.valueIn("later");
		c.callback(2, "timer");
		c.helper(TIMER);
	},
	"a work queue's callback": (c) => {
		c.valueIn("queued");
		c.callback(2, "timer");
		c.set(3, 0);
		c.set(4, 0);
		c.call("bpf_wq_set_callback_impl");
	},
	"a loop's callback": (c) => {
		c.set(1, 3);
		c.callback(2, "loop");
		c.pointer(3, -8);
		c.emit(0x7a, 10, 0, -8);
		c.set(4, 0);
		c.helper(LOOP);
	},
	"a function": (c) => c.callPart(),
	"an RCU region": (c, ask) => c.between("bpf_rcu_read_lock", "bpf_rcu_read_unlock", ask),
	"a region without preemption": (c, ask) =>
		c.between("bpf_preempt_disable", "bpf_preempt_enable", ask),
	"a region without interrupts": (c, ask) => {
		c.pointer(1, IRQ);
		c.call("bpf_local_irq_save");
		c.copy(1, 6);
		ask();
		c.pointer(1, IRQ);
		c.call("bpf_local_irq_restore");
	},
	"a lock": (c, ask) => {
		c.valueIn("elem");
		c.helper(LOCK);
		c.copy(1, 7);
		ask();
		c.copy(1, 7);
		c.helper(UNLOCK);
	},
	"a resilient lock": (c, ask) => {
		c.valueIn("resilient");
		c.call("bpf_res_spin_lock");
		c.emit(0x55, 0, 0, 0, 0, OUT);
		c.copy(1, 7);
		ask();
		c.copy(1, 7);
		c.call("bpf_res_spin_unlock");
	},
};

function probe(place: Place, of: Resources, wrap: Wrap, kernel: boolean, id: number) {
	const c = new Region(1, of, place);
	const ask = () => c.emit(0x85, 0, kernel ? 2 : 0, 0, id);
	c.begin("main");
	c.copy(6, 1);
	wrap(c, ask);
	c.end();
	c.functionsLater(ask);
	return c.finished(place);
}

/** Every function in every region, in a few types of program that may sleep or not. */
export function* regionProbes(kernel: Btf): Generator<Probe> {
	const of = resourcesOf(kernel);
	const iterator = ({ type, flags, expectedAttachType }: Place) =>
		type === 31 || (type === 26 && flags !== 0 && expectedAttachType === 28);
	const places = of.places.filter(
		(place, i) =>
			of.places.indexOf(place) === i && (iterator(place) || [3, 6].includes(place.type)),
	);
	const functions = [
		...helpers.map(({ name, id }) => ({ name, id, kernel: false })),
		...[...of.kfuncs.values()].map(({ name, id }) => ({ name, id, kernel: true })),
	];
	for (const place of new Set(places))
		for (const [where, wrap] of Object.entries(wraps))
			for (const { name, id, kernel: isKernel } of functions) {
				const descr = `${name} in ${where}, type ${place.type}`;
				yield { descr, request: probe(place, of, wrap, isKernel, id) };
			}
}
