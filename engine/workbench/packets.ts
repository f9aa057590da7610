// Packets through a program: each arrives at its hook, is run by the chosen executor, and is reported with what changed. Long runs
// go in slices, so that Stop is heard between them.

import { fromHex } from "../base/index.ts";
import type { LoadedProgram } from "../kernel/index.ts";
import type { RunResult, Trap } from "../machine/index.ts";
import { changedRanges } from "../net/index.ts";
import { shortAction } from "./action.ts";
import { type Arrival, arrive } from "./arrival.ts";
import type { Installation } from "./install.ts";
import type { PacketInput } from "./project.ts";
import type { PacketResult } from "./protocol.ts";

const XDP = 6;
const XDP_TX = 3;
const XDP_REDIRECT = 4;
const TC_ACT_REDIRECT = 7;
/** Instructions of the interpreter between two looks at Stop. */
const SLICE = 200_000;

/** The owner of a run: whether it was stopped, and a pause in which messages are heard. */
export interface Pace {
	readonly stopped: () => boolean;
	readonly pause: () => Promise<void>;
}

/** What wrote a byte last. */
interface Write {
	readonly pc: number;
	readonly step: number;
}

/** Runs one packet. `time` of the packet sets the clock, `writers` needs the interpreter. */
export async function runPacket(
	installation: Installation,
	program: LoadedProgram,
	packet: PacketInput,
	index: number,
	pace: Pace,
): Promise<PacketResult> {
	const { kernel } = installation;
	installation.setClock(packet);
	const arrival = arrive(kernel, program.type, packet);
	if (typeof arrival === "string") return refused(index, packet, arrival);
	kernel.machine.running = program;
	const writes = new Map<number, Write>();
	const result =
		installation.engineOf(program) === "vm"
			? await interpret(installation, program, arrival, pace, writes)
			: program.runner.run(arrival.context);
	return report(installation, program, packet, index, arrival, result, writes);
}

function refused(index: number, packet: PacketInput, message: string): PacketResult {
	return {
		index,
		action: "–",
		retval: 0,
		after: fromHex(packet.data) ?? new Uint8Array(),
		headDelta: 0,
		changed: [],
		trap: { message, pc: 0 },
	};
}

async function interpret(
	installation: Installation,
	program: LoadedProgram,
	arrival: Arrival,
	pace: Pace,
	writes: Map<number, Write>,
): Promise<RunResult> {
	const { session, close } = installation.vm.open(program.program, arrival.context);
	session.onAccess = (address, size, write, pc) => {
		if (write) for (let i = 0; i < size; i++) writes.set(address + i, { pc, step: session.steps });
	};
	let result = session.runFor(SLICE);
	while (!result) {
		await pace.pause();
		if (pace.stopped()) session.stop();
		result = session.runFor(SLICE);
	}
	close();
	return result;
}

function report(
	installation: Installation,
	program: LoadedProgram,
	packet: PacketInput,
	index: number,
	arrival: Arrival,
	result: RunResult,
	writes: ReadonlyMap<number, Write>,
): PacketResult {
	const before = fromHex(packet.data) ?? new Uint8Array();
	const after = arrival.bytes();
	const headDelta = arrival.now() - arrival.start;
	const changed = changedRanges(before, after, headDelta)
		.map((c) => c.after)
		.filter((r) => r.end > r.start);
	const retval = result.kind === "exit" ? result.lo >>> 0 : 0;
	const out = result.kind === "exit" ? leavesBy(installation, program, packet, retval) : undefined;
	return {
		index,
		action: result.kind === "exit" ? shortAction(program.type, retval) : "–",
		retval,
		...(result.steps === undefined ? {} : { steps: result.steps }),
		after,
		headDelta,
		changed,
		...(writes.size ? { writers: writersOf(changed, arrival.now(), writes) } : {}),
		...(out === undefined ? {} : { out }),
		...(result.kind === "trap" ? { trap: trapText(result.trap) } : {}),
	};
}

function trapText(trap: Trap): NonNullable<PacketResult["trap"]> {
	const { message, pc, unsupported } = trap;
	return { message, pc, ...(unsupported === undefined ? {} : { unsupported }) };
}

function leavesBy(
	{ kernel }: Installation,
	program: LoadedProgram,
	packet: PacketInput,
	retval: number,
): string | undefined {
	const { devices, redirect } = kernel.machine;
	if (program.type === XDP && retval === XDP_TX) return packet.device ?? "eth0";
	if (retval !== (program.type === XDP ? XDP_REDIRECT : TC_ACT_REDIRECT) || !redirect)
		return undefined;
	if (redirect.broadcast) return "all";
	if (redirect.elsewhere) return redirect.elsewhere;
	return devices.byIndex(redirect.ifindex)?.name;
}

/** Stretches of changed bytes by the instruction that wrote them. */
function writersOf(
	changed: PacketResult["changed"],
	start: number,
	writes: ReadonlyMap<number, Write>,
): NonNullable<PacketResult["writers"]> {
	const stretches: { start: number; end: number; pc: number; step: number }[] = [];
	for (const range of changed)
		for (let at = range.start; at < range.end; at++) {
			const write = writes.get(start + at);
			const last = stretches[stretches.length - 1];
			if (!write) continue;
			if (last && last.end === at && last.step === write.step) last.end = at + 1;
			else stretches.push({ start: at, end: at + 1, ...write });
		}
	return stretches;
}
