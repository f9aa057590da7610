// The state that helpers work on: memory, maps, packet, clock, random numbers, the task that runs, what was printed. One
// Machine is one simulated computer; it runs one program at a time and knows no executor.

import { Random } from "../base/index.ts";
import type { HelperCall, Region, Runner } from "../machine/index.ts";
import { checkAccess, explainAccess, GuestMemory } from "../machine/index.ts";
import type { BpfMap, Destination, MapEnvironment } from "../maps/index.ts";
import { Clock } from "./clock.ts";
import { Devices } from "./devices.ts";
import { Objects, type ObjectsState } from "./objects.ts";
import { Packet } from "./packet.ts";
import { Routes } from "./routes.ts";
import type { Skb, SkbState } from "./skb.ts";
import { Timers, type TimersState } from "./timers.ts";
import type { XdpFrame } from "./xdp.ts";

export interface MachineOptions {
	/** Everything random comes from it. */
	readonly seed: number;
	/** Possible CPUs. */
	readonly cpus: number;
	/** Nanoseconds since boot when the scenario starts. */
	readonly now: number;
}

/** A stand-in for the task that a program finds running: modelled, there are no processes. */
export interface Task {
	readonly pid: number;
	readonly tgid: number;
	readonly uid: number;
	readonly gid: number;
	/** At most 15 bytes. */
	readonly comm: string;
}

/** What helpers need to know of the program that runs. */
export interface Running {
	/** BPF_PROG_TYPE_*. */
	readonly type: number;
	/** True when it was not verified: helpers then check their arguments themselves. */
	readonly checked: boolean;
	/** Who runs it, for callbacks that come later. */
	readonly runner?: Runner;
	/** Bytes of a type of its BTF. */
	sizeOf(typeId: number): number | undefined;
}

/** A record of bpf_perf_event_output. */
export interface PerfRecord {
	readonly map: number;
	readonly cpu: number;
	readonly time: number;
	readonly data: Uint8Array;
}

/** What bpf_redirect and its kin remember until the program has ended. */
export interface Redirect {
	readonly ifindex: number;
	/** Back into the receive path of that device, not out of it. */
	readonly ingress: boolean;
	/** The map entry that said so, with its program. */
	readonly destination?: Destination;
	/** All destinations of this map, less the device it came in by when `excludeIngress`. */
	readonly broadcast?: { readonly map: number; readonly excludeIngress: boolean };
	/** A CPU or socket rather than a device. */
	readonly elsewhere?: "cpu" | "socket";
}

/** Room of a packet: the largest frame, and space before it for headers. */
const PACKET_ROOM = 96 * 1024;

/** Packets wait here to be sent once the running program has ended (bpf_clone_redirect). */
export interface Clone {
	readonly redirect: Redirect;
	readonly bytes: Uint8Array;
}

export interface MachineState {
	readonly now: number;
	readonly random: ReturnType<Random["save"]>;
	readonly cpu: number;
	readonly packet: ReturnType<Packet["save"]>;
	readonly contextLength: number;
	readonly redirect: Redirect | undefined;
	readonly clones: readonly Clone[];
	readonly xdp: XdpFrame | undefined;
	readonly skb: readonly [Skb, SkbState] | undefined;
	readonly trace: number;
	readonly perf: number;
	readonly objects: ObjectsState;
	readonly timers: TimersState;
}

export class Machine {
	readonly memory: GuestMemory;
	readonly random: Random;
	readonly clock: Clock;
	readonly devices = new Devices();
	readonly routes = new Routes();
	readonly packet: Packet;
	readonly contextRegion: Region;
	readonly socketRegion: Region;
	/** By id; 0 stays empty. */
	readonly maps: (BpfMap | undefined)[] = [undefined];
	readonly environment: MapEnvironment;
	/** What programs have allocated. */
	readonly objects: Objects;
	readonly timers: Timers;
	running: Running = { type: 0, checked: false, sizeOf: () => undefined };
	task: Task = { pid: 1234, tgid: 1234, uid: 0, gid: 0, comm: "skep" };
	/** Lines of trace_pipe, without line ends. */
	readonly trace: string[] = [];
	readonly perf: PerfRecord[] = [];
	readonly clones: Clone[] = [];
	redirect: Redirect | undefined;
	/** The packet that the running program was given, in one of two shapes. */
	xdp: XdpFrame | undefined;
	skb: Skb | undefined;

	constructor(options: MachineOptions, links: Pick<MapEnvironment, "program" | "map">) {
		this.memory = new GuestMemory();
		this.objects = new Objects(this.memory);
		this.timers = new Timers(this.memory);
		this.random = new Random(options.seed);
		this.clock = new Clock(options.now);
		this.environment = {
			cpus: options.cpus,
			cpu: 0,
			random: this.random,
			program: links.program,
			map: links.map,
			device: (ifindex) => this.devices.byIndex(ifindex) !== undefined,
		};
		// First, so that it begins a page: the low bits of packet pointers are then those of Linux.
		this.packet = new Packet(this.memory, this.#region("packet", PACKET_ROOM));
		this.contextRegion = this.#region("ctx", 65536);
		this.socketRegion = this.#region("object", 80);
	}

	get cpu(): number {
		return this.environment.cpu;
	}

	/** State outside guest memory; what grows (trace, records) is kept as lengths. */
	save(): MachineState {
		return {
			now: this.clock.now,
			random: this.random.save(),
			cpu: this.cpu,
			packet: this.packet.save(),
			contextLength: this.contextRegion.length,
			redirect: this.redirect,
			clones: [...this.clones],
			xdp: this.xdp,
			skb: this.skb && [this.skb, this.skb.save()],
			trace: this.trace.length,
			perf: this.perf.length,
			objects: this.objects.save(),
			timers: this.timers.save(),
		};
	}

	restore(state: MachineState): void {
		this.clock.now = state.now;
		this.random.restore(state.random);
		this.environment.cpu = state.cpu;
		this.packet.restore(state.packet);
		this.contextRegion.length = state.contextLength;
		this.redirect = state.redirect;
		this.clones.splice(0, this.clones.length, ...state.clones);
		this.xdp = state.xdp;
		this.skb = state.skb?.[0];
		if (state.skb) state.skb[0].restore(state.skb[1]);
		this.trace.length = Math.min(this.trace.length, state.trace);
		this.perf.length = Math.min(this.perf.length, state.perf);
		this.objects.restore(state.objects);
		this.timers.restore(state.timers);
	}

	/** The map behind a pointer that a program passed. */
	map(call: HelperCall, handle: number): BpfMap {
		const id = this.memory.i32[handle >>> 2];
		const map = id === undefined ? undefined : this.maps[id];
		if (map === undefined || map.handle !== handle >>> 0)
			return call.fail(`0x${(handle >>> 0).toString(16)} is not a map`);
		return map;
	}

	/** Ends an unverified run that passed memory it may not use. */
	guard(call: HelperCall, address: number, size: number, write: boolean): void {
		if (!this.running.checked || size === 0) return;
		if (checkAccess(this.memory, address >>> 0, size >>> 0, write)) return;
		call.fail(explainAccess(this.memory, address >>> 0, size >>> 0, write));
	}

	#region(kind: "packet" | "ctx" | "object", size: number): Region {
		const region = this.memory.allocate(kind, kind === "object" ? "socket" : kind, size);
		if (!region) throw new Error("Skep bug: no guest memory for a new machine");
		return region;
	}
}
