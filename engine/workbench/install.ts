// Puts an object's maps and programs into a fresh simulated kernel, as libbpf does when it loads an object: maps first, then
// programs, then the slots of prog arrays and maps of maps.

import { errnoName } from "../abi/index.ts";
import { fromHex } from "../base/index.ts";
import { createJit, type Jit } from "../jit/index.ts";
import { type Failure, Kernel, type LoadedProgram } from "../kernel/index.ts";
import { allCpus, type BpfMap } from "../maps/index.ts";
import { loadRequest, type MapSpec, type ObjectFile } from "../object/index.ts";
import { createVm, type Vm } from "../vm/index.ts";
import { addDevices } from "./arrival.ts";
import type { PacketInput, Scenario } from "./project.ts";

const BPF_MAP_TYPE_PERF_EVENT_ARRAY = 4;

/** What keeps an object from being loaded: Linux's errno, or what Skep lacks. */
export interface InstallFailure {
	readonly message: string;
	readonly errno: number;
	readonly unsupported?: string;
}

export interface InstallOptions {
	readonly seed: number;
	readonly cpus?: number;
	/** Contents by map name, before the first packet. */
	readonly contents?: Scenario["maps"];
	/** Instructions after which a run of the checked interpreter traps. */
	readonly fuel?: number;
	/** Program type for programs whose section says nothing. */
	readonly type?: number;
}

/** A kernel with one object in it. */
export class Installation {
	readonly kernel: Kernel;
	readonly vm: Vm;
	readonly jit: Jit;
	readonly object: ObjectFile;
	readonly maps: readonly BpfMap[];
	/** Nanoseconds since boot when the scenario starts. */
	readonly startOfTime: number;
	readonly #type: number | undefined;
	readonly #loaded = new Map<string, LoadedProgram>();

	private constructor(
		kernel: Kernel,
		object: ObjectFile,
		maps: readonly BpfMap[],
		options: InstallOptions,
	) {
		this.kernel = kernel;
		this.object = object;
		this.maps = maps;
		this.#type = options.type;
		this.startOfTime = kernel.machine.clock.now;
		this.vm = createVm(kernel.memory, options.fuel === undefined ? {} : { fuel: options.fuel });
		this.jit = createJit(kernel.memory);
	}

	/** Makes the kernel and the object's maps. Programs are loaded when they are asked for. */
	static of(object: ObjectFile, options: InstallOptions): Installation | InstallFailure {
		const cpus = options.cpus ?? 1;
		const kernel = new Kernel({ seed: options.seed, cpus });
		addDevices(kernel);
		const maps: BpfMap[] = [];
		for (const spec of object.maps) {
			const created = kernel.createMap(sized(spec, cpus));
			if ("failure" in created) return mapFailure(spec, created.failure);
			maps.push(created.map);
		}
		const installation = new Installation(kernel, object, maps, options);
		return installation.#fill(options.contents ?? {}) ?? installation.#fillSlots() ?? installation;
	}

	/** The program called `name`, loaded for `engine`. It is not verified here. */
	load(name: string, engine: "vm" | "jit", unverified = false): LoadedProgram | InstallFailure {
		const key = `${engine}:${unverified}:${name}`;
		const known = this.#loaded.get(key);
		if (known) return known;
		const spec = this.object.programs.find((p) => p.name === name);
		if (!spec) return { message: `no program ${name}`, errno: 0 };
		if (spec.unsupported !== undefined)
			return {
				message: `${name}: ${spec.unsupported} is not supported by Skep`,
				errno: 0,
				unsupported: spec.unsupported,
			};
		if (spec.fault !== undefined) return { message: `${name}: ${spec.fault}`, errno: 0 };
		const request = loadRequest(this.object, spec, spec.type ?? this.#type ?? spec.typeGuess);
		const executor = engine === "vm" ? this.vm : this.jit;
		const loading = this.kernel.loadProgram(request, executor, { maps: this.maps, unverified });
		if ("failure" in loading) return failureText(`program ${name}`, loading.failure);
		this.#loaded.set(key, loading.program);
		return loading.program;
	}

	/** Sets the clock for a packet. Time never goes back: one without a later time comes a microsecond after the one before. */
	setClock(packet: PacketInput): void {
		const { clock } = this.kernel.machine;
		const wanted = packet.time === undefined ? 0 : this.startOfTime + packet.time;
		clock.now = Math.max(clock.now + 1000, wanted);
		this.kernel.runTimers();
	}

	/** Which executor a loaded program was made for. */
	engineOf(program: LoadedProgram): "vm" | "jit" {
		const key = [...this.#loaded].find(([, loaded]) => loaded === program)?.[0];
		return key?.startsWith("jit") ? "jit" : "vm";
	}

	map(name: string): BpfMap | undefined {
		return this.maps[this.object.maps.findIndex((m) => m.name === name)];
	}

	#fill(contents: Scenario["maps"]): InstallFailure | undefined {
		for (const [name, entries] of Object.entries(contents)) {
			const map = this.map(name);
			const frozen = this.object.maps.some((m) => m.name === name && m.frozen);
			for (const entry of map && !frozen ? entries : []) {
				const error =
					map?.update(fromHex(entry.key) ?? new Uint8Array(), allCpus(map, fromHex(entry.value))) ??
					0;
				if (error !== 0)
					return {
						message: `map ${name}, key ${entry.key}: ${errnoName(-error) ?? error}`,
						errno: -error,
					};
			}
		}
		return undefined;
	}

	#fillSlots(): InstallFailure | undefined {
		for (const [index, spec] of this.object.maps.entries())
			for (const { key, target } of spec.slots ?? []) {
				const value = this.map(target)?.id ?? this.#programId(target);
				if (typeof value !== "number") return value;
				const error = this.maps[index]?.update(u32(key), u32(value)) ?? 0;
				if (error !== 0)
					return {
						message: `map ${spec.name}, slot ${key}: ${errnoName(-error) ?? error}`,
						errno: -error,
					};
			}
		return undefined;
	}

	#programId(name: string): number | InstallFailure {
		const program = this.load(name, "vm");
		return "id" in program ? program.id : program;
	}
}

function u32(value: number): Uint8Array {
	return new Uint8Array(Uint32Array.of(value).buffer);
}

/** libbpf's default: one slot a CPU. */
function sized(spec: MapSpec, cpus: number): MapSpec {
	const perCpu = spec.type === BPF_MAP_TYPE_PERF_EVENT_ARRAY && spec.maxEntries === 0;
	return perCpu ? { ...spec, maxEntries: cpus, keySize: 4, valueSize: 4 } : spec;
}

function mapFailure(spec: MapSpec, failure: Failure): InstallFailure {
	return failureText(`map ${spec.name}`, failure);
}

function failureText(what: string, failure: Failure): InstallFailure {
	const { errno, unsupported } = failure;
	if (unsupported !== undefined)
		return { message: `${what}: ${unsupported} is not supported by Skep`, errno: 0, unsupported };
	return { message: `${what}: ${errnoName(errno) ?? errno}`, errno };
}
