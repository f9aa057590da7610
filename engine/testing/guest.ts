// Programs on a guest memory without a simulated kernel: an XDP context and a packet, nothing else. For tests of executors.

import type { Code } from "../isa/index.ts";
import type {
	ArrayLayout,
	Executor,
	HashLayout,
	HelperTable,
	Program,
	RunResult,
} from "../machine/index.ts";
import { GuestMemory } from "../machine/index.ts";

/** A guest with one packet, and the executor that runs on it. */
export interface Guest {
	readonly memory: GuestMemory;
	readonly context: number;
	readonly packet: number;
	readonly executor: Executor;
}

/** Bytes a packet may have. */
const PACKET_CAPACITY = 2048;

export function newGuest(create: (memory: GuestMemory) => Executor): Guest {
	const memory = new GuestMemory();
	const context = memory.allocate("ctx", "ctx", 24, { writable: false });
	const packet = memory.allocate("packet", "packet", PACKET_CAPACITY);
	if (!context || !packet) throw new Error("no guest memory");
	return { memory, context: context.start, packet: packet.start, executor: create(memory) };
}

export interface ProgramOptions {
	readonly helpers?: HelperTable;
	readonly arrays?: ReadonlyMap<number, ArrayLayout>;
	readonly hashes?: ReadonlyMap<number, HashLayout>;
	readonly tailCall?: Program["tailCall"];
	readonly functions?: readonly number[];
	readonly loadPacket?: Program["loadPacket"];
}

export function programOf(code: Code, options: ProgramOptions = {}): Program {
	return {
		name: "test",
		code,
		functions: options.functions ?? [0],
		helpers: options.helpers ?? new Map(),
		arrays: options.arrays ?? new Map(),
		tailCall: options.tailCall ?? (() => undefined),
		...(options.hashes ? { hashes: options.hashes } : {}),
		...(options.loadPacket ? { loadPacket: options.loadPacket } : {}),
	};
}

/** Puts `bytes` into the packet and the context's data and data_end. */
export function setPacket(guest: Guest, bytes: Uint8Array): void {
	const region = guest.memory.find(guest.packet);
	if (!region) throw new Error("no packet");
	region.length = bytes.length;
	guest.memory.u8.set(bytes, guest.packet);
	guest.memory.data.setInt32(guest.context, guest.packet, true);
	guest.memory.data.setInt32(guest.context + 4, guest.packet + bytes.length, true);
	guest.memory.data.setInt32(guest.context + 8, guest.packet, true);
}

/** The packet's first `length` bytes now, copied. */
export function packetBytes(guest: Guest, length: number): Uint8Array {
	return guest.memory.u8.slice(guest.packet, guest.packet + length);
}

/** Runs `program` once on `bytes`; the outcome and the bytes afterwards. */
export function runOn(
	guest: Guest,
	program: Program,
	bytes: Uint8Array,
): { result: RunResult; bytes: Uint8Array } {
	setPacket(guest, bytes);
	const result = guest.executor.load(program).run(guest.context);
	return { result, bytes: packetBytes(guest, bytes.length) };
}
