// `skep serve`: JSON requests, one a line, answered as the running kernel answers them through bpf(2): the same fields, the same
// errnos, the same stages. Takes a line, gives a line; knows nothing of streams.

import { errno, errnoName, mapType, progType } from "../abi/index.ts";
import { fromHex, toHex } from "../base/index.ts";
import { decode } from "../isa/index.ts";
import { createJit } from "../jit/index.ts";
import { Kernel, type LoadedProgram } from "../kernel/index.ts";
import type { BpfMap } from "../maps/index.ts";
import type { LoadRequest, MapSpec } from "../object/index.ts";
import { type Stats, verify } from "../verifier/index.ts";
import { allCpus } from "./install.ts";
import { type Fields, list, optionalNumber, RequestFault, record, text } from "./request.ts";

type Answer = Record<string, unknown>;

const done: Answer = { ok: true, errno: 0, err: "" };

function failed(number: number, stage: string, more: Answer = {}): Answer {
	return { ok: false, errno: number, err: errnoName(number) ?? "", stage, ...more };
}

/** One session: programs, maps and BTF by the handles that requests chose. */
export class Server {
	#kernel = new Kernel({ cpus: 2 });
	#jit = createJit(this.#kernel.memory);
	#programs = new Map<string, LoadedProgram>();
	#maps = new Map<string, BpfMap>();
	#btf = new Map<string, Uint8Array>();

	/** The answer to one request line, without a newline; undefined for an empty line. */
	answer(line: string): string | undefined {
		if (line.trim() === "") return undefined;
		let id: unknown;
		let answer: Answer;
		try {
			const request = record(JSON.parse(line), "request");
			id = request["id"];
			answer = this.#dispatch(request);
		} catch (error) {
			const fault = error instanceof RequestFault || error instanceof SyntaxError;
			const message = error instanceof Error ? error.message : String(error);
			answer = failed(0, "request", { error: fault ? message : `Skep has a bug: ${message}` });
		}
		return JSON.stringify({ ...(id === undefined ? {} : { id }), ...answer });
	}

	#dispatch(request: Fields): Answer {
		const operations: Record<string, (fields: Fields) => Answer> = {
			info: () => this.#info(),
			load: (f) => this.#load(f),
			run: (f) => this.#run(f),
			btf: (f) => this.#loadBtf(f),
			close: (f) => this.#close(f),
			map_create: (f) => this.#mapCreate(f),
			map_lookup: (f) => this.#lookup(f, false),
			map_lookup_delete: (f) => this.#lookup(f, true),
			map_update: (f) => this.#update(f),
			map_delete: (f) => outcome(this.#map(f).delete(hexField(f, "key")), "map"),
			map_next: (f) => this.#next(f),
			map_dump: (f) => this.#dump(f),
		};
		const op = text(request, "op");
		const operation = operations[op];
		if (!operation) throw new RequestFault(`unknown op ${op}`);
		return operation(request);
	}

	#info(): Answer {
		return {
			...done,
			release: "6.18.0-skep",
			version: "Skep's model of Linux 6.18",
			machine: "bpf",
			cpus: 2,
			possible_cpus: 2,
			euid: 0,
			load_allowed: true,
			load_errno: 0,
			jit: true,
			jit_enable: 1,
			jit_harden: 0,
			unprivileged_bpf_disabled: 2,
			btf: false,
			page_size: 4096,
			handles: this.#programs.size + this.#maps.size + this.#btf.size,
		};
	}

	#load(fields: Fields): Answer {
		const maps = this.#makeMaps(fields);
		if ("answer" in maps) return maps.answer;
		const request = loadRequest(fields, maps.maps, this.#btf);
		const level = optionalNumber(fields, "log_level") ?? 0;
		const started = performance.now();
		const report = verify(request, { logLevel: level });
		const loadUs = Math.round((performance.now() - started) * 1000);
		const { stats } = report;
		const log = level === 0 ? {} : { log_true_size: report.log.length + 1, stats: statsOf(stats) };
		const common = { load_us: loadUs, log: report.log, ...log };
		if (report.unsupported !== undefined)
			return failed(0, "prog", { ...common, unsupported: report.unsupported });
		if (!report.ok) {
			this.#drop(maps.made);
			return failed(report.errno, "prog", common);
		}
		const loaded = this.#kernel.loadProgram(request, this.#jit, {
			maps: maps.maps,
		});
		if ("failure" in loaded) {
			const { stage, errno: number, unsupported } = loaded.failure;
			return failed(number, stage, { ...common, ...(unsupported ? { unsupported } : {}) });
		}
		return {
			...done,
			...common,
			verified_insns: stats.insnsProcessed,
			...this.#keep(fields, loaded.program, maps.maps),
		};
	}

	#keep(fields: Fields, program: LoadedProgram, maps: readonly BpfMap[]): Answer {
		const keep = fields["keep"] === undefined ? undefined : text(fields, "keep");
		if (keep === undefined) {
			this.#kernel.closeProgram(program);
			return {};
		}
		if (this.#programs.has(keep)) throw new RequestFault(`handle ${keep} is in use`);
		this.#programs.set(keep, program);
		const names = maps.map((map, i) => {
			this.#maps.set(`${keep}.${i}`, map);
			return `${keep}.${i}`;
		});
		return { prog: keep, maps: names };
	}

	#makeMaps(fields: Fields): { maps: BpfMap[]; made: BpfMap[] } | { answer: Answer } {
		const maps: BpfMap[] = [];
		const made: BpfMap[] = [];
		for (const [index, one] of list(fields, "maps").entries()) {
			if (one["map"] !== undefined) {
				maps.push(this.#map(one));
				continue;
			}
			const created = this.#kernel.createMap(mapSpec(one, `map${index}`));
			if ("failure" in created) {
				this.#drop(made);
				const { stage, errno: number, unsupported } = created.failure;
				return {
					answer: failed(number, stage, {
						map_index: index,
						...(unsupported ? { unsupported } : {}),
					}),
				};
			}
			maps.push(created.map);
			made.push(created.map);
			const error = this.#fill(created.map, one);
			if (error !== 0) return { answer: failed(-error, "map_init", { map_index: index }) };
		}
		return { maps, made };
	}

	#fill(map: BpfMap, fields: Fields): number {
		for (const entry of list(fields, "init")) {
			const key = keyBytes(entry, map);
			const value = entry["v"] === undefined ? this.#reference(entry) : hexField(entry, "v");
			const error = map.update(key, allCpus(map, value), optionalNumber(entry, "flags") ?? 0);
			if (error !== 0) return error;
		}
		return fields["freeze"] === true ? map.freeze() : 0;
	}

	/** The value that stands for a program or map in a map of such: its descriptor. */
	#reference(fields: Fields): Uint8Array {
		const kept =
			fields["prog"] === undefined ? undefined : this.#programs.get(text(fields, "prog"));
		const id = kept ? kept.id : this.#map(fields).id;
		return new Uint8Array(Uint32Array.of(id).buffer);
	}

	#drop(maps: readonly BpfMap[]): void {
		for (const map of maps) this.#kernel.closeMap(map);
	}

	#map(fields: Fields): BpfMap {
		const name = text(fields, "map");
		const map = this.#maps.get(name);
		if (!map) throw new RequestFault(`no map ${name}`);
		return map;
	}

	#run(fields: Fields): Answer {
		const name = text(fields, "prog");
		const program = this.#programs.get(name);
		if (!program) throw new RequestFault(`no program ${name}`);
		const started = performance.now();
		const optional = (field: string, as: string) => {
			const value = optionalNumber(fields, field);
			return value === undefined ? {} : { [as]: value };
		};
		const result = this.#kernel.testRun(
			program,
			{
				...(fields["data"] === undefined ? {} : { data: hexField(fields, "data") }),
				...(fields["ctx"] === undefined ? {} : { context: hexField(fields, "ctx") }),
				...optional("repeat", "repeat"),
				...optional("flags", "flags"),
				...optional("cpu", "cpu"),
				...optional("batch_size", "batchSize"),
				...optional("data_out_size", "dataOutSize"),
				...optional("ctx_out_size", "contextOutSize"),
			},
			() => performance.now(),
		);
		const wall = Math.round((performance.now() - started) * 1000);
		if (result.trap) {
			const { message, unsupported } = result.trap;
			return failed(0, "run", { error: message, ...(unsupported ? { unsupported } : {}) });
		}
		const bytes = {
			wall_us: wall,
			retval: result.retval ?? 0,
			duration_ns: result.durationNs ?? 0,
			data_size_out: result.dataSizeOut ?? 0,
			data_out: toHex(result.dataOut ?? new Uint8Array()),
			...(result.contextOut ? { ctx_out: toHex(result.contextOut) } : {}),
		};
		if (result.errno === 0) return { ...done, ...bytes };
		return failed(result.errno, "run", result.errno === errno.ENOSPC ? bytes : {});
	}

	#loadBtf(fields: Fields): Answer {
		const bytes = hexField(fields, "data");
		const keep = fields["keep"] === undefined ? undefined : text(fields, "keep");
		if (keep !== undefined) this.#btf.set(keep, bytes);
		return failed(0, "btf", {
			unsupported: "judging BTF by itself",
			error: "not supported by Skep",
		});
	}

	#close(fields: Fields): Answer {
		let closed = 0;
		if (fields["all"] === true) {
			closed = this.#programs.size + this.#maps.size + this.#btf.size;
			for (const program of this.#programs.values()) this.#kernel.closeProgram(program);
			this.#drop([...new Set(this.#maps.values())]);
			this.#programs.clear();
			this.#maps.clear();
			this.#btf.clear();
		} else if (fields["prog"] !== undefined) closed = this.#closeProgram(text(fields, "prog"));
		else if (fields["map"] !== undefined) {
			this.#drop([this.#map(fields)]);
			closed = Number(this.#maps.delete(text(fields, "map")));
		} else if (fields["btf"] !== undefined) closed = Number(this.#btf.delete(text(fields, "btf")));
		else throw new RequestFault("close needs prog, map, btf or all");
		return { ...done, closed };
	}

	#closeProgram(name: string): number {
		const program = this.#programs.get(name);
		if (!program) throw new RequestFault(`no program ${name}`);
		this.#programs.delete(name);
		this.#kernel.closeProgram(program);
		let closed = 1;
		for (const handle of [...this.#maps.keys()].filter((h) => h.startsWith(`${name}.`))) {
			const map = this.#maps.get(handle);
			this.#maps.delete(handle);
			closed++;
			if (map && ![...this.#maps.values()].includes(map)) this.#drop([map]);
		}
		return closed;
	}

	#mapCreate(fields: Fields): Answer {
		const keep = text(fields, "keep");
		if (this.#maps.has(keep)) throw new RequestFault(`handle ${keep} is in use`);
		const created = this.#kernel.createMap(mapSpec(fields, keep));
		if ("failure" in created) {
			const { errno: number, unsupported } = created.failure;
			return failed(number, "map", unsupported ? { unsupported } : {});
		}
		const error = this.#fill(created.map, fields);
		if (error !== 0) return failed(-error, "map_init");
		this.#maps.set(keep, created.map);
		return { ...done, map: keep, value_bytes: created.map.userValueSize };
	}

	#lookup(fields: Fields, remove: boolean): Answer {
		const map = this.#map(fields);
		const key = fields["key"] === undefined ? new Uint8Array() : hexField(fields, "key");
		const flags = optionalNumber(fields, "flags") ?? 0;
		const asked = fields["value"] === undefined ? undefined : hexField(fields, "value");
		const value = remove ? map.lookupAndDelete(key, flags) : map.lookup(key, flags, asked);
		return typeof value === "number" ? failed(-value, "map") : { ...done, value: toHex(value) };
	}

	#update(fields: Fields): Answer {
		const map = this.#map(fields);
		const key = fields["key"] === undefined ? new Uint8Array() : hexField(fields, "key");
		const other = fields["value_prog"] ?? fields["value_map"];
		const value =
			other === undefined
				? hexField(fields, "value")
				: this.#reference({ prog: fields["value_prog"], map: fields["value_map"] });
		return outcome(
			map.update(key, allCpus(map, value), optionalNumber(fields, "flags") ?? 0),
			"map",
		);
	}

	#next(fields: Fields): Answer {
		const key = fields["key"] === undefined ? undefined : hexField(fields, "key");
		const next = this.#map(fields).nextKey(key);
		return typeof next === "number" ? failed(-next, "map") : { ...done, key: toHex(next) };
	}

	#dump(fields: Fields): Answer {
		const map = this.#map(fields);
		const limit = optionalNumber(fields, "limit") ?? 1 << 20;
		const entries: Answer[] = [];
		let key = map.nextKey();
		while (typeof key !== "number" && entries.length < limit) {
			const value = map.lookup(key);
			entries.push({
				k: toHex(key),
				...(typeof value === "number" ? { errno: -value } : { v: toHex(value) }),
			});
			key = map.nextKey(key);
		}
		return { ...done, entries, count: entries.length, truncated: typeof key !== "number" };
	}
}

function statsOf(stats: Stats): Answer {
	return {
		insns_processed: stats.insnsProcessed,
		limit: 1000000,
		max_states_per_insn: stats.maxStatesPerInsn,
		total_states: stats.totalStates,
		peak_states: stats.peakStates,
		mark_read: stats.markRead,
	};
}

function outcome(result: number, stage: string): Answer {
	return result === 0 ? done : failed(-result, stage);
}

function hexField(fields: Fields, name: string): Uint8Array {
	const bytes = fromHex(text(fields, name));
	if (!bytes) throw new RequestFault(`${name}: hexadecimal bytes were expected`);
	return bytes;
}

function keyBytes(entry: Fields, map: BpfMap): Uint8Array {
	if (typeof entry["k"] !== "number")
		return entry["k"] === undefined ? new Uint8Array() : hexField(entry, "k");
	const key = new Uint8Array(map.spec.keySize);
	new DataView(key.buffer).setUint32(0, entry["k"], true);
	return key;
}

function mapSpec(fields: Fields, name: string): MapSpec {
	const given = fields["type"];
	const type = typeof given === "number" ? given : mapType(text(fields, "type"))?.id;
	if (type === undefined) throw new RequestFault(`unknown map type ${String(given)}`);
	return {
		name: fields["name"] === undefined ? name : text(fields, "name"),
		type,
		keySize: optionalNumber(fields, "key") ?? 0,
		valueSize: optionalNumber(fields, "value") ?? 0,
		maxEntries: optionalNumber(fields, "max") ?? 0,
		flags: optionalNumber(fields, "flags") ?? 0,
		extra: optionalNumber(fields, "extra") ?? 0,
		...(fields["freeze"] === true ? { frozen: true, init: entriesOf(fields) } : {}),
	};
}

function entriesOf(fields: Fields): { key: Uint8Array; value: Uint8Array }[] {
	return list(fields, "init")
		.filter((e) => typeof e["v"] === "string" && typeof e["k"] === "string")
		.map((e) => ({ key: hexField(e, "k"), value: hexField(e, "v") }));
}

function loadRequest(
	fields: Fields,
	maps: readonly BpfMap[],
	kept: ReadonlyMap<string, Uint8Array>,
): LoadRequest {
	const given = fields["type"];
	const type = typeof given === "number" ? given : progType(text(fields, "type"))?.id;
	if (type === undefined) throw new RequestFault(`unknown program type ${String(given)}`);
	const handle = fields["btf_handle"];
	const btf =
		typeof handle === "string" ? kept.get(handle) : fields["btf"] && hexField(fields, "btf");
	return {
		name: fields["name"] === undefined ? "" : text(fields, "name"),
		type,
		expectedAttachType: optionalNumber(fields, "expected_attach") ?? 0,
		flags: optionalNumber(fields, "flags") ?? 0,
		license: fields["license"] === undefined ? "GPL" : text(fields, "license"),
		code: decode(hexField(fields, "insns")),
		maps: maps.map((map) => contents(map)),
		...(btf instanceof Uint8Array ? { btf } : {}),
		functions: records(fields, "func_info", 8).map(([insn = 0, typeId = 0]) => ({
			insn,
			name: "",
			typeId,
		})),
		lines: records(fields, "line_info", 16).map(
			([insn = 0, fileNameOff = 0, lineOff = 0, lineCol = 0]) => ({
				insn,
				fileNameOff,
				lineOff,
				lineCol,
			}),
		),
		attachBtfId: optionalNumber(fields, "attach_btf_id") ?? 0,
	};
}

/** What the verifier may know of a map: frozen maps with their contents. */
function contents(map: BpfMap): MapSpec {
	const { spec } = map;
	if (!map.frozen) return { ...spec };
	const init: { key: Uint8Array; value: Uint8Array }[] = [];
	let key = map.nextKey();
	while (typeof key !== "number") {
		const value = map.lookup(key);
		if (typeof value !== "number") init.push({ key, value });
		key = map.nextKey(key);
	}
	return { ...spec, frozen: true, init };
}

function records(fields: Fields, name: string, size: number): number[][] {
	if (fields[name] === undefined) return [];
	const bytes = hexField(fields, name);
	const step = optionalNumber(fields, `${name}_rec_size`) ?? size;
	if (step < size)
		throw new RequestFault(`${name}_rec_size is ${step}, at least ${size} was expected`);
	const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
	const rows: number[][] = [];
	for (let at = 0; at + step <= bytes.length; at += step)
		rows.push(Array.from({ length: size / 4 }, (_, i) => data.getUint32(at + 4 * i, true)));
	return rows;
}
