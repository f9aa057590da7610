// Packets through the machine: arriving at a device, past its XDP program, TC ingress, up to the stack; or sent by it, past
// TC egress, out. Redirects and clones go on from there. Generic XDP, so programs see whole frames. The network stack
// itself, queues and timing are not simulated.

import { returnNames } from "../abi/index.ts";
import type { RunResult } from "../machine/index.ts";
import type { Destination } from "../maps/index.ts";
import { DestinationHashKind, DestinationKind } from "../maps/index.ts";
import type { Device } from "./devices.ts";
import type { Machine, Redirect } from "./machine.ts";
import type { LoadedProgram } from "./program.ts";
import { SKB, Skb } from "./skb.ts";
import type { HookName, HookRun, TraceEvent, Transmission } from "./trace.ts";
import { FRAME_SIZE, TAILROOM, XDP_ACTION, XDP_HEADROOM, XdpFrame } from "./xdp.ts";

/** How a program is run; by its own runner unless a debugger wants to do it. */
export type RunProgram = (program: LoadedProgram, context: number) => RunResult;

/** Devices and programs that one packet may pass before it is taken for a loop. */
const HOP_LIMIT = 16;
const XDP_PROGRAM = 6;
const TC_PROGRAM = 3;
const TC_ACT = { UNSPEC: -1, SHOT: 2, STOLEN: 4, QUEUED: 5, REDIRECT: 7, TRAP: 8 } as const;
const VLAN_PROTOCOLS: ReadonlySet<number> = new Set([0x8100, 0x88a8]);

/** What travels on between hooks beside the bytes. */
interface Passage {
	readonly bytes: Uint8Array;
	readonly hops: number;
	/** Bytes in front of the packet that XDP left for TC. */
	readonly meta?: Uint8Array;
	readonly ingress?: number;
}

export class Hooks {
	/** Verdicts by `ifindex hook action`. */
	readonly counters = new Map<string, number>();
	readonly transmissions: Transmission[] = [];
	readonly #machine: Machine;
	readonly #run: RunProgram;
	#trace: TraceEvent[] = [];

	constructor(machine: Machine, run: RunProgram = (program, at) => program.runner.run(at)) {
		this.#machine = machine;
		this.#run = run;
	}

	/** A frame arrives from the wire. */
	receive(ifindex: number, bytes: Uint8Array): TraceEvent[] {
		return this.#follow(ifindex, (device) => this.#arrive(device, { bytes, hops: 0 }));
	}

	/** The machine sends a frame. */
	send(ifindex: number, bytes: Uint8Array): TraceEvent[] {
		return this.#follow(ifindex, (device) => this.#egress(device, { bytes, hops: 0 }));
	}

	#follow(ifindex: number, start: (device: Device) => void): TraceEvent[] {
		const device = this.#machine.devices.byIndex(ifindex);
		this.#trace = [];
		if (device) start(device);
		else this.#drop(ifindex, "no such device");
		return this.#trace;
	}

	#arrive(device: Device, passage: Passage): void {
		const { ifindex } = device;
		this.#trace.push({ kind: "arrive", ifindex, bytes: passage.bytes });
		if (passage.hops >= HOP_LIMIT) {
			this.#drop(ifindex, "too many hops");
			return;
		}
		if (!device.xdp) {
			this.#ingress(device, passage);
			return;
		}
		const outcome = this.#runXdp(device.xdp, "xdp", passage.bytes, ifindex, 0);
		const next = { bytes: outcome.bytes, hops: passage.hops + 1, meta: outcome.meta };
		switch (outcome.retval) {
			case XDP_ACTION.PASS:
				this.#ingress(device, next);
				break;
			case XDP_ACTION.TX:
				this.#leave(device, next);
				break;
			case XDP_ACTION.REDIRECT:
				this.#redirectXdp(device, next);
				break;
			default:
				this.#drop(ifindex, outcome.trap ? "fault" : outcome.action);
				break;
		}
	}

	#ingress(device: Device, passage: Passage): void {
		const { ifindex } = device;
		let current = passage;
		for (const program of device.tcIngress) {
			const verdict = this.#runTc(program, "tc-ingress", device, current);
			current = verdict.passage;
			if (this.#settled(verdict, device)) return;
			if (verdict.retval !== TC_ACT.UNSPEC) break;
		}
		this.#trace.push({ kind: "deliver", ifindex, bytes: current.bytes });
	}

	#egress(device: Device, passage: Passage): void {
		if (passage.hops >= HOP_LIMIT) {
			this.#drop(device.ifindex, "too many hops");
			return;
		}
		let current = passage;
		for (const program of device.tcEgress) {
			const verdict = this.#runTc(program, "tc-egress", device, current);
			current = verdict.passage;
			if (this.#settled(verdict, device)) return;
			if (verdict.retval !== TC_ACT.UNSPEC) break;
		}
		this.#leave(device, current);
	}

	/** Deals with verdicts that end the way here; false when the packet goes on. */
	#settled({ retval, passage, trap, redirect }: TcOutcome, device: Device): boolean {
		const { ifindex } = device;
		switch (retval) {
			case TC_ACT.SHOT:
				this.#drop(ifindex, trap ? "fault" : "TC_ACT_SHOT");
				return true;
			case TC_ACT.STOLEN:
			case TC_ACT.QUEUED:
			case TC_ACT.TRAP:
				this.#drop(ifindex, actionName(TC_PROGRAM, retval));
				return true;
			case TC_ACT.REDIRECT:
				if (redirect) this.#redirectTc(device, redirect, passage);
				else this.#drop(ifindex, "redirect without a target");
				return true;
			default:
				return false;
		}
	}

	/** A frame leaves: it is captured, and arrives where the other end is. */
	#leave(device: Device, passage: Passage): void {
		const { bytes, hops } = passage;
		const { ifindex } = device;
		if (bytes.length > device.mtu + 18) {
			this.#drop(ifindex, "longer than the MTU");
			return;
		}
		this.#trace.push({ kind: "leave", ifindex, bytes });
		this.transmissions.push({ ifindex, time: this.#machine.clock.now, bytes });
		const other = device.loopback ? ifindex : device.peer;
		const peer = other === undefined ? undefined : this.#machine.devices.byIndex(other);
		if (peer) this.#arrive(peer, { bytes, hops: hops + 1 });
	}

	#redirectTc(from: Device, redirect: Redirect, passage: Passage): void {
		const device = this.#machine.devices.byIndex(redirect.ifindex);
		if (!device) {
			this.#drop(from.ifindex, "redirect to no device");
			return;
		}
		const next = { bytes: passage.bytes, hops: passage.hops + 1, ingress: from.ifindex };
		if (redirect.ingress) this.#ingress(device, next);
		else this.#egress(device, next);
	}

	#redirectXdp(from: Device, passage: Passage): void {
		const { redirect } = this.#machine;
		this.#machine.redirect = undefined;
		if (!redirect) {
			this.#drop(from.ifindex, "redirect without a target");
			return;
		}
		if (redirect.elsewhere) {
			const to = redirect.elsewhere === "cpu" ? "another CPU" : "a socket";
			this.#trace.push({ kind: "handed", ifindex: from.ifindex, to });
			return;
		}
		const targets = redirect.broadcast
			? this.#broadcast(redirect.broadcast, from)
			: [redirect.destination ?? { target: redirect.ifindex }];
		for (const destination of targets) this.#xdpTo(from, destination, passage);
	}

	#broadcast(
		{ map, excludeIngress }: NonNullable<Redirect["broadcast"]>,
		from: Device,
	): Destination[] {
		const kind = this.#machine.maps[map]?.kind;
		if (!(kind instanceof DestinationKind || kind instanceof DestinationHashKind)) return [];
		return kind
			.keys()
			.map((key) => kind.destination(key))
			.filter((found) => found !== undefined)
			.filter((found) => !excludeIngress || found.target !== from.ifindex);
	}

	/** Out of a device, past the program of its devmap entry. */
	#xdpTo(from: Device, destination: Destination, passage: Passage): void {
		const device = this.#machine.devices.byIndex(destination.target);
		if (!device) {
			this.#drop(from.ifindex, "redirect to no device");
			return;
		}
		const program = destination.program?.target as LoadedProgram | undefined;
		if (!program) {
			this.#leave(device, passage);
			return;
		}
		const outcome = this.#runXdp(
			program,
			"xdp-egress",
			passage.bytes,
			from.ifindex,
			device.ifindex,
		);
		if (outcome.retval !== XDP_ACTION.PASS) {
			this.#drop(device.ifindex, outcome.action);
			return;
		}
		this.#leave(device, { ...passage, bytes: outcome.bytes });
	}

	#runXdp(
		program: LoadedProgram,
		hook: HookName,
		bytes: Uint8Array,
		ingressIfindex: number,
		egressIfindex: number,
	) {
		const machine = this.#machine;
		const linear = Math.min(bytes.length, FRAME_SIZE - XDP_HEADROOM - TAILROOM);
		const origin = { ingressIfindex, rxQueueIndex: 0, egressIfindex };
		machine.xdp = new XdpFrame(machine, bytes, origin, linear);
		const { packet } = machine;
		const head = packet.data;
		const result = this.#execute(program);
		const after = packet.bytes();
		const meta = packet.bytes(packet.meta).subarray(0, packet.data - packet.meta);
		machine.xdp = undefined;
		const retval = result.kind === "exit" ? result.lo >>> 0 : XDP_ACTION.ABORTED;
		const action = actionName(XDP_PROGRAM, retval);
		this.#record(program, hook, egressIfindex || ingressIfindex, result, {
			retval,
			action,
			before: bytes,
			after,
			headDelta: packet.data - head,
		});
		return { retval, action, bytes: after, meta, trap: result.kind === "trap" };
	}

	#runTc(program: LoadedProgram, hook: HookName, device: Device, passage: Passage): TcOutcome {
		const machine = this.#machine;
		const { frame, vlan } = takeTag(passage.bytes);
		const skb = new Skb(machine, {
			frame,
			ifindex: device.ifindex,
			ingressIfindex: hook === "tc-ingress" ? device.ifindex : (passage.ingress ?? 0),
			link: true,
			mac: device.mac,
			broadcast: BROADCAST,
			...(vlan ? { vlan } : {}),
			...(passage.meta ? { meta: passage.meta } : {}),
		});
		skb.set(SKB.wireLen, frame.length);
		machine.skb = skb;
		const { packet } = machine;
		const head = packet.data;
		const result = this.#execute(program);
		const after = skb.frame();
		const headDelta = packet.data - head;
		const { redirect } = machine;
		machine.skb = undefined;
		const retval = result.kind === "exit" ? result.lo | 0 : TC_ACT.SHOT;
		this.#record(program, hook, device.ifindex, result, {
			retval: retval >>> 0,
			action: actionName(TC_PROGRAM, retval),
			before: passage.bytes,
			after,
			headDelta,
		});
		const next = { ...passage, bytes: after, hops: passage.hops + 1 };
		for (const clone of machine.clones.splice(0))
			this.#redirectTc(device, clone.redirect, { bytes: clone.bytes, hops: next.hops });
		return { retval, passage: next, trap: result.kind === "trap", redirect };
	}

	#execute(program: LoadedProgram): RunResult {
		this.#machine.running = program;
		this.#machine.redirect = undefined;
		this.#machine.clones.length = 0;
		return this.#run(program, this.#machine.contextRegion.start);
	}

	#record(
		program: LoadedProgram,
		hook: HookName,
		ifindex: number,
		result: RunResult,
		facts: Pick<HookRun, "retval" | "action" | "before" | "after" | "headDelta">,
	): void {
		const name = `${ifindex} ${hook} ${result.kind === "trap" ? "fault" : facts.action}`;
		this.counters.set(name, (this.counters.get(name) ?? 0) + 1);
		this.#trace.push({
			kind: "run",
			hook,
			ifindex,
			program: program.id,
			...facts,
			...(result.steps === undefined ? {} : { steps: result.steps }),
			...(result.kind === "trap" ? { trap: result.trap } : {}),
		});
	}

	#drop(ifindex: number, reason: string): void {
		this.#trace.push({ kind: "drop", ifindex, reason });
	}
}

interface TcOutcome {
	readonly retval: number;
	readonly passage: Passage;
	readonly trap: boolean;
	readonly redirect: Redirect | undefined;
}

const BROADCAST = new Uint8Array(6).fill(0xff);

/** Takes an outer VLAN tag off the frame, as the receive path does before TC sees it. */
function takeTag(bytes: Uint8Array): {
	frame: Uint8Array;
	vlan?: { proto: number; tci: number };
} {
	const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	if (bytes.length < 18 || !VLAN_PROTOCOLS.has(data.getUint16(12))) return { frame: bytes };
	const frame = new Uint8Array(bytes.length - 4);
	frame.set(bytes.subarray(0, 12));
	frame.set(bytes.subarray(16), 12);
	return { frame, vlan: { proto: data.getUint16(12), tci: data.getUint16(14) } };
}

/** The name of a return value, the number where it has none. */
function actionName(type: number, value: number): string {
	const names = returnNames(type) ?? {};
	return Object.entries(names).find(([, number]) => number === value)?.[0] ?? `${value | 0}`;
}
