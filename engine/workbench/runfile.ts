// One program of an object on given packets, outside any scenario: what `skep run` does. BPF_PROG_TEST_RUN's rules hold.

import { errnoName } from "../abi/index.ts";
import type { Trap } from "../machine/index.ts";
import type { ObjectFile } from "../object/index.ts";
import { actionName } from "./action.ts";
import { Installation, type InstallFailure } from "./install.ts";

export interface FileRun {
	readonly program: string;
	readonly type: number;
	readonly engine: "vm" | "jit";
	readonly packets: readonly Uint8Array[];
	readonly context?: Uint8Array;
	readonly repeat: number;
}

export interface FileRunPacket {
	readonly retval: number;
	/** XDP_DROP → `XDP_DROP`; absent for types without names. */
	readonly action?: string;
	readonly data: Uint8Array;
	readonly context?: Uint8Array;
	/** Mean of one run. */
	readonly nsPerRun: number;
	/** errno name when the test run was refused, as Linux refuses it. */
	readonly error?: string;
	readonly trap?: Trap;
}

export interface FileRunAnswer {
	readonly packets: readonly FileRunPacket[];
	/** Entries that are not what they were before, by map; values in bytes, undefined: the entry is gone. */
	readonly maps: readonly {
		readonly map: string;
		readonly key: Uint8Array;
		readonly value?: Uint8Array;
	}[];
}

type Contents = Map<string, { key: Uint8Array; value: Uint8Array }>;

/** Loads the object's maps and the program, without verifying it, and runs it on each packet. */
export function runFile(object: ObjectFile, run: FileRun): FileRunAnswer | InstallFailure {
	const installation = Installation.of(object, { seed: 1, cpus: 1, type: run.type });
	if (!(installation instanceof Installation)) return installation;
	const program = installation.load(run.program, run.engine);
	if (!("id" in program)) return program;
	const before = installation.maps.map(contents);
	const packets = run.packets.map((data): FileRunPacket => {
		const result = installation.kernel.testRun(
			program,
			{
				...(data.length ? { data } : {}),
				...(run.context ? { context: run.context } : {}),
				repeat: run.repeat,
			},
			() => performance.now(),
		);
		const retval = result.retval ?? 0;
		const action = actionName(run.type, retval);
		return {
			retval,
			...(action === undefined ? {} : { action }),
			data: result.dataOut ?? new Uint8Array(),
			...(result.contextOut ? { context: result.contextOut } : {}),
			nsPerRun: result.durationNs ?? 0,
			...(result.errno === 0 ? {} : { error: errnoName(result.errno) ?? `${result.errno}` }),
			...(result.trap ? { trap: result.trap } : {}),
		};
	});
	const maps = installation.maps.flatMap((map, i) =>
		changes(object.maps[i]?.name ?? "", before[i] ?? new Map(), contents(map)),
	);
	return { packets, maps };
}

function contents(map: Installation["maps"][number]): Contents {
	const all: Contents = new Map();
	let key = map.nextKey();
	while (typeof key !== "number") {
		const value = map.lookup(key);
		if (typeof value !== "number") all.set(key.join(), { key, value: value.slice() });
		key = map.nextKey(key);
	}
	return all;
}

function changes(map: string, before: Contents, after: Contents): FileRunAnswer["maps"][number][] {
	const rows: FileRunAnswer["maps"][number][] = [];
	for (const [id, entry] of after)
		if (before.get(id)?.value.join() !== entry.value.join()) rows.push({ map, ...entry });
	for (const [id, { key }] of before) if (!after.has(id)) rows.push({ map, key });
	return rows;
}
