// The simulated kernel as one object: maps and programs by handle, test runs, devices. It is handed an executor and knows
// neither which one nor whether programs were verified.

import { attachType, errno } from "../abi/index.ts";
import { type Btf, decodeBtf, sizeOf } from "../btf/index.ts";
import type { Executor, HelperTable, Program, Trap } from "../machine/index.ts";
import type { BpfMap, MapAttributes, Ownership, ProgramOwner, Reference } from "../maps/index.ts";
import { allCpus, createMap, SlotKind } from "../maps/index.ts";
import type { LoadRequest, MapSpec } from "../object/index.ts";
import { helperTable } from "./helpers/table.ts";
import { Hooks } from "./hooks.ts";
import { KfuncTable } from "./kfuncs/table.ts";
import { legacyLoad } from "./legacy.ts";
import { findFunctions, resolveCode } from "./load.ts";
import type { MachineState } from "./machine.ts";
import { Machine } from "./machine.ts";
import type { LoadedProgram } from "./program.ts";
import type { PreparedRun, Stopwatch, TestRunRequest, TestRunResult } from "./testrun.ts";
import { prepareRun, testRun, trigger } from "./testrun.ts";

export interface KernelOptions {
	/** Clock, random numbers, hash seeds and iteration order come from it; 1 when absent. */
	readonly seed?: number;
	/** Possible CPUs; 2 when absent. */
	readonly cpus?: number;
	/** Nanoseconds since boot; ten seconds when absent. */
	readonly now?: number;
}

/** A failed operation: the stage and positive errno that bpf(2) would give, or what Skep lacks. */
export interface Failure {
	readonly stage: "map" | "map_init" | "prog";
	readonly errno: number;
	/** Index in the load request's maps. */
	readonly mapIndex?: number;
	readonly unsupported?: string;
}

export type MapCreation = { readonly map: BpfMap } | { readonly failure: Failure };
export type Loading = { readonly program: LoadedProgram } | { readonly failure: Failure };

export interface LoadOptions {
	/** Maps that are there already, by index in the request; the others are created. */
	readonly maps?: readonly (BpfMap | undefined)[];
	/** The program was not verified: helpers check the memory they are given. */
	readonly unverified?: boolean;
}

/** What Kernel.save gives. */
export interface KernelState {
	readonly machine: MachineState;
	readonly maps: readonly (readonly [BpfMap, unknown])[];
	readonly counters: readonly (readonly [string, number])[];
	readonly transmissions: number;
}

const PROG_TYPE_XDP = 6;
/** Callbacks that may start their timers anew run no more often than this at once. */
const MOST_TIMERS = 1000;
const BPF_F_XDP_HAS_FRAGS = 1 << 5;

export class Kernel {
	readonly machine: Machine;
	readonly helpers: HelperTable;
	readonly #kfuncs: KfuncTable;
	/** Devices' hooks: packets through the machine. */
	readonly hooks: Hooks;
	readonly #programs = new Map<number, LoadedProgram>();
	#nextProgram = 1;

	constructor(options: KernelOptions = {}) {
		const { seed = 1, cpus = 2, now = 10_000_000_000 } = options;
		this.machine = new Machine(
			{ seed, cpus, now },
			{
				program: (fd, ownership, slot) => this.#programFor(fd, ownership, slot),
				map: (fd) => {
					const map = this.machine.maps[fd];
					return map ? { id: map.id, target: map } : -errno.EBADF;
				},
			},
		);
		this.helpers = helperTable(this.machine);
		this.#kfuncs = new KfuncTable(this.machine, this.helpers);
		this.hooks = new Hooks(this.machine);
	}

	get memory() {
		return this.machine.memory;
	}

	/** BPF_MAP_CREATE, then the entries, slots and freezing that the spec asks for. Map ids serve as descriptors. */
	createMap(spec: MapSpec | MapAttributes): MapCreation {
		const made = createMap(this.memory, spec, this.machine.environment, this.machine.maps.length);
		if ("errno" in made) return { failure: { stage: "map", errno: -made.errno } };
		if ("unsupported" in made)
			return { failure: { stage: "map", errno: 0, unsupported: made.unsupported } };
		const { map } = made;
		this.machine.maps.push(map);
		const { init = [], frozen = false } = spec as MapSpec;
		for (const { key, value } of init) {
			const error = map.update(key, allCpus(map, value));
			if (error !== 0) return { failure: { stage: "map_init", errno: -error } };
		}
		if (frozen) map.freeze();
		return { map };
	}

	/** The map with this id. */
	map(id: number): BpfMap | undefined {
		return this.machine.maps[id];
	}

	/** Live maps in order of id. */
	maps(): BpfMap[] {
		return this.machine.maps.filter((map) => map !== undefined);
	}

	/** Forgets a map and gives its memory back; no program may refer to it any more. */
	closeMap(map: BpfMap): void {
		this.machine.maps[map.id] = undefined;
		map.release();
	}

	/** Makes a program ready on `executor`, which must run on this kernel's memory. */
	loadProgram(request: LoadRequest, executor: Executor, options: LoadOptions = {}): Loading {
		const maps: BpfMap[] = [];
		for (const [mapIndex, spec] of request.maps.entries()) {
			const existing = options.maps?.[mapIndex];
			const made = existing ? { map: existing } : this.createMap(spec);
			if ("failure" in made) return { failure: { ...made.failure, mapIndex } };
			maps.push(made.map);
		}
		const names = new Map(request.kfuncs?.map((k) => [k.id, k.name]));
		const resolved = resolveCode(request.code, maps, (id) => {
			const name = names.get(id);
			return name === undefined ? undefined : this.#kfuncs.number(name);
		});
		if ("unsupported" in resolved)
			return { failure: { stage: "prog", errno: 0, unsupported: resolved.unsupported } };
		if ("problem" in resolved) {
			const number = resolved.problem === "map-index" ? errno.EBADF : errno.EINVAL;
			return { failure: { stage: "prog", errno: number } };
		}
		const owner = ownerOf(request);
		if (![...resolved.used].every((map) => !map.containsPrograms || map.ownership.admits(owner)))
			return { failure: { stage: "prog", errno: errno.EINVAL } };
		const program: Program = {
			name: request.name,
			code: resolved.code,
			functions: findFunctions(resolved.code),
			helpers: this.#kfuncs.table,
			arrays: resolved.arrays,
			hashes: resolved.hashes,
			tailCall: (handle, index) => this.#tailCall(handle, index),
			loadPacket: (_context, offset, size) => legacyLoad(this.machine, offset, size),
		};
		const loaded: LoadedProgram = {
			id: this.#nextProgram++,
			name: request.name,
			type: request.type,
			expectedAttachType: request.expectedAttachType,
			flags: request.flags,
			maps,
			program,
			runner: executor.load(program),
			checked: options.unverified ?? false,
			insnCount: request.code.length,
			sizeOf: sizesOf(request.btf),
		};
		this.#programs.set(loaded.id, loaded);
		return { program: loaded };
	}

	/** The program with this id; ids serve as descriptors. */
	program(id: number): LoadedProgram | undefined {
		return this.#programs.get(id);
	}

	programs(): LoadedProgram[] {
		return [...this.#programs.values()];
	}

	closeProgram(program: LoadedProgram): void {
		this.#programs.delete(program.id);
	}

	/** BPF_PROG_TEST_RUN. `stopwatch` (milliseconds) makes it measure. */
	testRun(program: LoadedProgram, request: TestRunRequest, stopwatch?: Stopwatch): TestRunResult {
		this.runTimers();
		return testRun(this.machine, program, request, stopwatch);
	}

	/** Sets a test run up for an executor that is stepped, or answers why Linux would refuse it. One run at a time. */
	prepareRun(program: LoadedProgram, request: TestRunRequest): PreparedRun | TestRunResult {
		return prepareRun(this.machine, program, request);
	}

	/** Runs a program on a context of these bytes (tracepoint record, registers, arguments), as if its event had happened. */
	trigger(program: LoadedProgram, context: Uint8Array): TestRunResult {
		return trigger(this.machine, program, context);
	}

	/** Runs the callbacks of timers that the clock has passed, the earliest first; answers what a callback stumbled over. */
	runTimers(): Trap | undefined {
		const { clock, timers } = this.machine;
		for (let turn = 0; turn < MOST_TIMERS; turn++) {
			const timer = timers.due(clock.now);
			if (!timer) break;
			const { address, callback, map: id } = timer;
			timers.change({ map: id, address, ...(callback ? { callback } : {}) });
			const map = this.machine.maps[id];
			let key = 0;
			let value = 0;
			map?.kind.walk?.((k, v) => {
				if (address < v || address >= v + map.spec.valueSize) return 0;
				[key, value] = [k, v];
				return 1;
			});
			if (!map || !callback || value === 0 || timers.at(address) === undefined) continue;
			const result = callback.runner.call(callback.pc, [map.handle, key, value]);
			if (result.kind === "trap") return result.trap;
		}
		return undefined;
	}

	/** Opens the perf events of a perf_event_array, one a CPU, as a reader in user space does. */
	openPerfEvents(map: BpfMap): void {
		const { kind } = map;
		if (!(kind instanceof SlotKind)) return;
		for (let cpu = 0; cpu < this.machine.environment.cpus; cpu++)
			if (cpu < map.spec.maxEntries) kind.set(cpu, { id: 0, target: "perf event" });
	}

	/** State outside guest memory, to be put back together with a copy of guest memory. Plain data but for programs. */
	save(): KernelState {
		return {
			machine: this.machine.save(),
			maps: this.maps().map((map) => [map, map.save()]),
			counters: [...this.hooks.counters],
			transmissions: this.hooks.transmissions.length,
		};
	}

	/** Puts a saved state back; guest memory must be put back by the caller. Maps made since then are forgotten. */
	restore(state: KernelState): void {
		this.machine.restore(state.machine);
		this.machine.maps.fill(undefined);
		for (const [map, saved] of state.maps) {
			this.machine.maps[map.id] = map;
			map.restore(saved);
		}
		this.hooks.counters.clear();
		for (const [name, count] of state.counters) this.hooks.counters.set(name, count);
		this.hooks.transmissions.length = state.transmissions;
	}

	#tailCall(handle: number, index: number): Program | undefined {
		const map = this.machine.maps[this.memory.i32[handle >>> 2] ?? 0];
		if (!(map?.kind instanceof SlotKind)) return undefined;
		const target = map.kind.slot(index >>> 0)?.target;
		return (target as LoadedProgram | undefined)?.program;
	}

	#programFor(fd: number, ownership: Ownership, slot: string): Reference | number {
		const program = this.#programs.get(fd);
		if (!program) return -errno.EBADF;
		const wanted = slot === "devmap" ? attachType.BPF_XDP_DEVMAP : attachType.BPF_XDP_CPUMAP;
		if (slot !== "tail-call") {
			if (program.type !== PROG_TYPE_XDP || program.expectedAttachType !== wanted)
				return -errno.EINVAL;
		}
		if (!ownership.admits(ownerOf(program))) return -errno.EINVAL;
		return { id: program.id, target: program };
	}
}

/** Sizes of the types of raw BTF, which is read at the first question. */
function sizesOf(btf: Uint8Array | undefined): LoadedProgram["sizeOf"] {
	let types: Btf | undefined;
	return (id) => {
		types ??= btf && decodeBtf(btf).value;
		return types && sizeOf(types, id);
	};
}

function ownerOf({
	type,
	expectedAttachType,
	flags,
}: Pick<LoadedProgram, "type" | "expectedAttachType" | "flags">): ProgramOwner {
	return { type, expectedAttachType, fragments: (flags & BPF_F_XDP_HAS_FRAGS) !== 0 };
}
