// The requests of `skep serve` put to the running kernel: what that server must answer. For tests only; requests are taken to
// be well-formed. Ring buffers cannot be read here.

import { buildHarness, type CallBuffer, Harness } from "./bpfcall.ts";

export type BpfRequest = Readonly<Record<string, unknown>>;

/** Fields of an answer; undefined when this oracle cannot ask. */
export type BpfAnswer = Record<string, unknown> | undefined;

const CMD = {
	MAP_CREATE: 0,
	LOOKUP: 1,
	UPDATE: 2,
	DELETE: 3,
	NEXT: 4,
	PROG_LOAD: 5,
	TEST_RUN: 10,
	GET_INFO: 15,
	BTF_LOAD: 18,
	LOOKUP_AND_DELETE: 21,
	FREEZE: 22,
	PIN_CPU: 0xfffe,
	CLOSE: 0xffff,
} as const;

const TYPES =
	"unspec socket_filter kprobe sched_cls sched_act tracepoint xdp perf_event cgroup_skb cgroup_sock lwt_in lwt_out lwt_xmit sock_ops sk_skb cgroup_device sk_msg raw_tracepoint cgroup_sock_addr lwt_seg6local lirc_mode2 sk_reuseport flow_dissector cgroup_sysctl raw_tracepoint_writable cgroup_sockopt tracing struct_ops ext lsm sk_lookup syscall netfilter".split(
		" ",
	);
const MAP_TYPES =
	"unspec hash array prog_array perf_event_array percpu_hash percpu_array stack_trace cgroup_array lru_hash lru_percpu_hash lpm_trie array_of_maps hash_of_maps devmap sockmap cpumap xskmap sockhash cgroup_storage reuseport_sockarray percpu_cgroup_storage queue stack sk_storage devmap_hash struct_ops ringbuf inode_storage task_storage bloom_filter user_ringbuf cgrp_storage arena".split(
		" ",
	);
const ALIASES: Readonly<Record<string, string>> = {
	tc: "sched_cls",
	socket: "socket_filter",
	raw_tp: "raw_tracepoint",
};
const PER_CPU = new Set([5, 6, 10, 21]);
const DESCRIPTORS = new Set([3, 4, 8, 12, 13]);
const CONTEXT_ONLY = new Set([17, 24, 31]);
const SYSCALL = 31;
const LOG_SIZE = 1 << 20;
const INFO_SIZE = 232;

interface KernelMap {
	readonly fd: number;
	readonly type: number;
	readonly key: number;
	readonly value: number;
}

interface KernelProgram {
	readonly fd: number;
	readonly type: number;
	readonly maps: string[];
}

/** Ends a request with a failure. */
class Refused extends Error {
	readonly answer: Record<string, unknown>;

	constructor(stage: string, errno: number, more: Record<string, unknown> = {}) {
		super(stage);
		this.answer = { ok: false, errno, stage, ...more };
	}
}

export class BpfRequests {
	readonly #harness: Harness;
	readonly #cpus: number;
	readonly #maps = new Map<string, KernelMap>();
	readonly #programs = new Map<string, KernelProgram>();
	readonly #btf = new Map<string, number>();

	private constructor(harness: Harness, cpus: number) {
		this.#harness = harness;
		this.#cpus = cpus;
	}

	static open(cpus: number): BpfRequests | { readonly reason: string } {
		const built = buildHarness();
		return "reason" in built ? built : new BpfRequests(new Harness(built.path), cpus);
	}

	end(): void {
		this.#harness.close();
	}

	/** The kernel's answer, without times, machine code and texts of the tool. */
	async ask(request: BpfRequest): Promise<BpfAnswer> {
		const id = request["id"] === undefined || request["id"] === null ? {} : { id: request["id"] };
		try {
			const answer = await this.#dispatch(request);
			return answer && { ...id, ok: true, errno: 0, ...answer };
		} catch (error) {
			if (error instanceof Refused) return { ...id, ...error.answer };
			throw error;
		}
	}

	/** The descriptor of a program that is kept, -1 without one: for values with more in them than a descriptor. */
	descriptor(program: string): number {
		return this.#programs.get(program)?.fd ?? -1;
	}

	async #dispatch(request: BpfRequest): Promise<BpfAnswer> {
		switch (request["op"]) {
			case "load":
				return this.#load(request);
			case "run":
				return this.#run(request);
			case "btf":
				return this.#loadBtf(request);
			case "map_create":
				return this.#mapCreate(request);
			case "close":
				return this.#close(request);
			case "map_lookup":
				return this.#lookup(request, CMD.LOOKUP);
			case "map_lookup_delete":
				return this.#lookup(request, CMD.LOOKUP_AND_DELETE);
			case "map_update":
				return this.#update(request);
			case "map_delete":
				return this.#element(CMD.DELETE, this.#map(request["map"]), { key: request["key"] });
			case "map_next":
				return this.#next(request);
			case "map_dump":
				return this.#dump(request);
			default:
				return undefined;
		}
	}

	#map(name: unknown): KernelMap {
		const map = this.#maps.get(String(name));
		if (!map) throw new Error(`no map ${String(name)}`);
		return map;
	}

	#valueSize(map: KernelMap): number {
		if (PER_CPU.has(map.type)) return Math.ceil(map.value / 8) * 8 * this.#cpus;
		return DESCRIPTORS.has(map.type) ? 4 : map.value;
	}

	/** The value's bytes, one for all CPUs where only one is given. */
	#value(map: KernelMap, text: unknown): Uint8Array {
		const bytes = unhex(text);
		const size = this.#valueSize(map);
		if (bytes.length === size) return bytes;
		const all = new Uint8Array(size);
		for (let cpu = 0; cpu < this.#cpus; cpu++) all.set(bytes, (cpu * size) / this.#cpus);
		return all;
	}

	async #call(
		cmd: number,
		attr: Attribute,
		buffers: readonly CallBuffer[] = [],
	): ReturnType<Harness["call"]> {
		return this.#harness.call(cmd, attr.bytes, buffers);
	}

	async #element(
		cmd: number,
		map: KernelMap,
		given: { key?: unknown; value?: Uint8Array; echo?: number; flags?: unknown },
	): Promise<{ echo?: Uint8Array }> {
		const attr = new Attribute(32).u32(0, map.fd).u64(24, given.flags ?? 0);
		const key = given.key === undefined || given.key === null ? undefined : keyOf(map, given.key);
		const { value, echo } = given;
		const answer = await this.#call(cmd, attr, [
			...(key ? [{ offset: 8, bytes: key }] : []),
			...(value && echo === undefined ? [{ offset: 16, bytes: value }] : []),
			...(echo === undefined
				? []
				: [{ offset: 16, size: echo, echo: "whole" as const, ...(value ? { bytes: value } : {}) }]),
		]);
		if (answer.result < 0) throw new Refused("map", answer.errno);
		return answer.buffers[0] ? { echo: answer.buffers[0] } : {};
	}

	async #lookup(request: BpfRequest, cmd: number): Promise<BpfAnswer> {
		const map = this.#map(request["map"]);
		const echo = this.#valueSize(map);
		const asked =
			request["value"] === undefined ? {} : { value: this.#value(map, request["value"]) };
		const given = { key: request["key"], flags: request["flags"], echo, ...asked };
		return { value: hex((await this.#element(cmd, map, given)).echo) };
	}

	async #update(request: BpfRequest): Promise<BpfAnswer> {
		const map = this.#map(request["map"]);
		const { key, flags } = request;
		await this.#element(CMD.UPDATE, map, { key, flags, value: this.#contents(map, request) });
		return {};
	}

	/** A value: bytes, or the descriptor of a program or map. */
	#contents(map: KernelMap, fields: BpfRequest, earlier: readonly KernelMap[] = []): Uint8Array {
		const program = fields["value_prog"] ?? fields["prog"];
		const inner = fields["value_map"] ?? (fields["op"] === undefined ? fields["map"] : undefined);
		const fd =
			program !== undefined
				? this.#programs.get(String(program))?.fd
				: typeof inner === "number"
					? earlier[inner]?.fd
					: inner === undefined
						? undefined
						: this.#map(inner).fd;
		if (fd !== undefined) return new Uint8Array(Int32Array.of(fd).buffer);
		return this.#value(map, fields["value"] ?? fields["v"]);
	}

	async #next(request: BpfRequest): Promise<BpfAnswer> {
		const map = this.#map(request["map"]);
		const given = { key: request["key"], echo: map.key };
		return { key: hex((await this.#element(CMD.NEXT, map, given)).echo) };
	}

	async #dump(request: BpfRequest): Promise<BpfAnswer> {
		const map = this.#map(request["map"]);
		const limit = Number(request["limit"] ?? 65536);
		const entries: Record<string, unknown>[] = [];
		let key: Uint8Array | undefined;
		for (;;) {
			const next = await this.#try(this.#element(CMD.NEXT, map, { key, echo: map.key }));
			if (typeof next === "number") {
				if (next !== 2 && entries.length === 0) throw new Refused("map", next);
				return { entries, count: entries.length, truncated: next !== 2 };
			}
			if (entries.length >= limit) return { entries, count: entries.length, truncated: true };
			key = next.echo ?? new Uint8Array();
			const echo = this.#valueSize(map);
			const value = await this.#try(this.#element(CMD.LOOKUP, map, { key, echo }));
			const k = hex(key);
			entries.push(typeof value === "number" ? { k, errno: value } : { k, v: hex(value.echo) });
		}
	}

	/** A positive errno instead of an exception. */
	async #try<T>(work: Promise<T>): Promise<T | number> {
		try {
			return await work;
		} catch (error) {
			if (error instanceof Refused) return Number(error.answer["errno"]);
			throw error;
		}
	}

	/** BTF_LOAD: a descriptor, or a negated errno, with the log. */
	async #btfLoad(data: Uint8Array, level: number, wanted: number) {
		const size = level ? Math.min(wanted, LOG_SIZE) : 0;
		const attr = new Attribute(32).u32(16, data.length, size, level);
		const {
			result,
			errno,
			buffers,
			attr: after,
		} = await this.#call(CMD.BTF_LOAD, attr, [
			{ offset: 0, bytes: data },
			...(size ? [{ offset: 8, size, echo: "text" as const }] : []),
		]);
		const log = new TextDecoder("latin1").decode(buffers[0] ?? new Uint8Array());
		return { fd: result < 0 ? -errno : result, log, trueSize: word(after, 28) };
	}

	async #loadBtf(request: BpfRequest): Promise<BpfAnswer> {
		const level = Number(request["log_level"] ?? 1);
		const wanted = Number(request["log_size"] ?? LOG_SIZE);
		const { fd, log, trueSize } = await this.#btfLoad(unhex(request["data"]), level, wanted);
		const more = { log, ...(level ? { log_true_size: trueSize } : {}) };
		if (fd < 0) throw new Refused("btf", -fd, more);
		const keep = request["keep"];
		if (typeof keep === "string") this.#btf.set(keep, fd);
		else await this.#closeFd(fd);
		return { ...more, ...(typeof keep === "string" ? { btf: keep } : {}) };
	}

	/** The descriptor of the BTF that a request gives or names; 0 for none. `own`: it is to be closed. */
	async #btfOf(request: BpfRequest): Promise<{ fd: number; own: boolean }> {
		const handle = request["btf_handle"];
		if (handle !== undefined) return { fd: this.#btf.get(String(handle)) ?? 0, own: false };
		if (request["btf"] === undefined) return { fd: 0, own: false };
		const { fd, log } = await this.#btfLoad(unhex(request["btf"]), 1, LOG_SIZE);
		if (fd < 0) throw new Refused("btf", -fd, { log });
		return { fd, own: true };
	}

	async #makeMap(fields: BpfRequest, index: number, earlier: readonly KernelMap[], btf: number) {
		const place = index < 0 ? {} : { map_index: index };
		const [type, key, value] = [
			typeNumber(fields["type"], MAP_TYPES),
			Number(fields["key"] ?? 0),
			Number(fields["value"] ?? 0),
		];
		const inner = fields["inner"];
		const innerFd = typeof inner === "string" ? this.#map(inner).fd : earlier[Number(inner)]?.fd;
		const attr = new Attribute(80)
			.u32(0, type, key, value, fields["max"], fields["flags"], innerFd, fields["numa"])
			.text(28, fields["name"])
			.u32(48, fields["btf_key"] || fields["btf_value"] ? btf : 0)
			.u32(52, fields["btf_key"], fields["btf_value"])
			.u64(64, fields["extra"] ?? 0);
		const { result, errno } = await this.#call(CMD.MAP_CREATE, attr);
		if (result < 0) throw new Refused("map", errno, place);
		const map = { fd: result, type, key, value };
		try {
			await this.#fill(map, fields, earlier);
		} catch (error) {
			await this.#closeFd(map.fd);
			if (error instanceof Refused)
				throw new Refused("map_init", Number(error.answer["errno"]), place);
			throw error;
		}
		return map;
	}

	async #fill(map: KernelMap, fields: BpfRequest, earlier: readonly KernelMap[]): Promise<void> {
		for (const entry of (fields["init"] ?? []) as BpfRequest[]) {
			const value = this.#contents(map, entry, earlier);
			await this.#element(CMD.UPDATE, map, { key: entry["k"], flags: entry["flags"], value });
		}
		if (fields["freeze"] !== true) return;
		const { result, errno } = await this.#call(CMD.FREEZE, new Attribute(4).u32(0, map.fd));
		if (result < 0) throw new Refused("map_init", errno);
	}

	async #mapCreate(request: BpfRequest): Promise<BpfAnswer> {
		const map = await this.#makeMap(request, -1, [], (await this.#btfOf(request)).fd);
		const keep = request["keep"];
		const value_bytes = this.#valueSize(map);
		if (typeof keep !== "string") {
			await this.#closeFd(map.fd);
			return { value_bytes };
		}
		this.#maps.set(keep, map);
		return { map: keep, value_bytes };
	}

	async #load(request: BpfRequest): Promise<BpfAnswer> {
		const maps: KernelMap[] = [];
		const made: KernelMap[] = [];
		const btf = await this.#btfOf(request);
		let kept = false;
		try {
			for (const [index, one] of ((request["maps"] ?? []) as BpfRequest[]).entries()) {
				const existing = one["map"] !== undefined;
				const map = existing
					? this.#map(one["map"])
					: await this.#makeMap(one, index, maps, btf.fd);
				maps.push(map);
				if (!existing) made.push(map);
			}
			const answer = await this.#programLoad(request, maps, btf.fd);
			kept = request["keep"] !== undefined;
			return answer;
		} finally {
			if (btf.own) await this.#closeFd(btf.fd);
			if (!kept) for (const map of made) await this.#closeFd(map.fd);
		}
	}

	async #programLoad(
		request: BpfRequest,
		maps: readonly KernelMap[],
		btf: number,
	): Promise<BpfAnswer> {
		const type = typeNumber(request["type"], TYPES);
		const level = Number(request["log_level"] ?? 0);
		const size = level ? Math.min(Number(request["log_size"] ?? LOG_SIZE), LOG_SIZE) : 0;
		const insns = unhex(request["insns"]);
		const bound = Number(request["fd_array_cnt"] ?? 0);
		const indexed = putDescriptors(insns, maps) || request["fd_array"] === true || bound > 0;
		const attr = new Attribute(152)
			.u32(0, type, insns.length / 8)
			.u32(24, level, size)
			.u32(40, request["kern_version"], request["flags"])
			.text(48, request["name"])
			.u32(68, request["expected_attach"], btf)
			.u32(108, request["attach_btf_id"], this.#attachedTo(request))
			.u32(148, bound);
		const infos = [
			{ name: "func_info", size: 8, at: 76, pointer: 80, count: 88 },
			{ name: "line_info", size: 16, at: 92, pointer: 96, count: 104 },
		].filter((info) => request[info.name] !== undefined);
		for (const info of infos) {
			const record = Number(request[`${info.name}_rec_size`] ?? info.size);
			attr.u32(info.at, record).u32(info.count, unhex(request[info.name]).length / record);
		}
		const answer = await this.#call(CMD.PROG_LOAD, attr, [
			{ offset: 8, bytes: insns },
			{ offset: 16, bytes: new TextEncoder().encode(`${String(request["license"] ?? "GPL")}\0`) },
			...(size ? [{ offset: 32, size, echo: "text" as const }] : []),
			...(indexed
				? [{ offset: 120, bytes: new Uint8Array(Int32Array.from(maps, (m) => m.fd).buffer) }]
				: []),
			...infos.map((info) => ({ offset: info.pointer, bytes: unhex(request[info.name]) })),
		]);
		const log = new TextDecoder().decode(answer.buffers[0] ?? new Uint8Array());
		const more = { log, ...(level ? { log_true_size: word(answer.attr, 140) } : {}) };
		if (answer.result < 0) throw new Refused("prog", answer.errno, more);
		const facts = await this.#factsOf(answer.result);
		return { ...facts, ...more, ...(await this.#keep(request, answer.result, type, maps)) };
	}

	#attachedTo(request: BpfRequest): number {
		const program = request["attach_prog"];
		return program === undefined ? 0 : (this.#programs.get(String(program))?.fd ?? -1);
	}

	async #factsOf(fd: number): Promise<Record<string, unknown>> {
		const attr = new Attribute(16).u32(0, fd, INFO_SIZE);
		const buffer = { offset: 8, size: INFO_SIZE, echo: "whole" } as const;
		const info = (await this.#call(CMD.GET_INFO, attr, [buffer])).buffers[0] ?? new Uint8Array();
		return { verified_insns: word(info, 216), tag: hex(info.subarray(8, 16)) };
	}

	async #keep(request: BpfRequest, fd: number, type: number, maps: readonly KernelMap[]) {
		const keep = request["keep"];
		if (typeof keep !== "string") {
			await this.#closeFd(fd);
			return {};
		}
		const given = (request["maps"] ?? []) as BpfRequest[];
		const names = given.map((one, i) => String(one["map"] ?? `${keep}.${i}`));
		const own = names.filter((_, i) => given[i]?.["map"] === undefined);
		for (const [i, map] of maps.entries()) this.#maps.set(names[i] ?? "", map);
		this.#programs.set(keep, { fd, type, maps: own });
		return { prog: keep, maps: names };
	}

	async #run(request: BpfRequest): Promise<BpfAnswer> {
		const program = this.#programs.get(String(request["prog"]));
		if (!program) throw new Error(`no program ${String(request["prog"])}`);
		const bare = CONTEXT_ONLY.has(program.type);
		const bytes = (name: string) =>
			request[name] === undefined || request[name] === null ? undefined : unhex(request[name]);
		const [data, context] = [bytes("data"), bytes("ctx")];
		const dataOut = Number(request["data_out_size"] ?? (data && !bare ? data.length + 65536 : 0));
		const room = context && !bare ? Math.max(context.length, 512) : 0;
		const contextOut = Number(request["ctx_out_size"] ?? room);
		const attr = new Attribute(80)
			.u32(0, program.fd, 0, data?.length, dataOut)
			.u32(32, request["repeat"], 0, context?.length, contextOut)
			.u32(64, request["flags"], request["cpu"], request["batch_size"]);
		if (request["pin"] !== undefined)
			await this.#call(CMD.PIN_CPU, new Attribute(4).u32(0, request["pin"]));
		const answer = await this.#call(CMD.TEST_RUN, attr, [
			...(data ? [{ offset: 16, bytes: data }] : []),
			...(dataOut ? [{ offset: 24, size: dataOut, echo: "whole" as const }] : []),
			...(context ? [{ offset: 48, bytes: context }] : []),
			...(contextOut ? [{ offset: 56, size: contextOut, echo: "whole" as const }] : []),
		]);
		const [first, second] = answer.buffers;
		const after = answer.attr;
		const out: Record<string, unknown> = { retval: word(after, 4) };
		if (dataOut) {
			out["data_size_out"] = word(after, 12);
			out["data_out"] = hex(first?.subarray(0, Math.min(word(after, 12), dataOut)));
		}
		const contextBytes = dataOut ? second : first;
		if (contextOut)
			out["ctx_out"] = hex(contextBytes?.subarray(0, Math.min(word(after, 44), contextOut)));
		else if (context && program.type === SYSCALL) return undefined;
		if (answer.result >= 0) return out;
		throw new Refused("run", answer.errno, answer.errno === 28 ? out : {});
	}

	async #close(request: BpfRequest): Promise<BpfAnswer> {
		let closed = 0;
		const closeMap = async (name: string) => {
			const map = this.#maps.get(name);
			if (!map || !this.#maps.delete(name)) return;
			await this.#closeFd(map.fd);
			closed++;
		};
		const closeProgram = async (name: string) => {
			const program = this.#programs.get(name);
			if (!program || !this.#programs.delete(name)) return;
			for (const map of program.maps) await closeMap(map);
			await this.#closeFd(program.fd);
			closed++;
		};
		if (request["all"]) {
			for (const name of [...this.#programs.keys()]) await closeProgram(name);
			for (const name of [...this.#maps.keys()]) await closeMap(name);
			for (const [name, fd] of this.#btf) {
				await this.#closeFd(fd);
				this.#btf.delete(name);
				closed++;
			}
		} else if (request["btf"] !== undefined) {
			await this.#closeFd(this.#btf.get(String(request["btf"])) ?? -1);
			closed = Number(this.#btf.delete(String(request["btf"])));
		} else if (request["prog"] !== undefined) await closeProgram(String(request["prog"]));
		else await closeMap(String(request["map"]));
		return { closed };
	}

	async #closeFd(fd: number): Promise<void> {
		await this.#call(CMD.CLOSE, new Attribute(4).u32(0, fd));
	}
}

/** union bpf_attr under construction. */
class Attribute {
	readonly bytes: Uint8Array;
	readonly #data: DataView;

	constructor(size: number) {
		this.bytes = new Uint8Array(size);
		this.#data = new DataView(this.bytes.buffer);
	}

	/** Numbers one after another from `offset` on; absent ones are 0. */
	u32(offset: number, ...values: readonly unknown[]): this {
		for (const [i, value] of values.entries())
			this.#data.setUint32(offset + 4 * i, Number(value ?? 0), true);
		return this;
	}

	u64(offset: number, value: unknown): this {
		this.#data.setBigUint64(offset, BigInt(value as number | string), true);
		return this;
	}

	/** A name of at most 15 bytes. */
	text(offset: number, value: unknown): this {
		this.bytes.set(new TextEncoder().encode(String(value ?? "")).subarray(0, 15), offset);
		return this;
	}
}

function keyOf(map: KernelMap, key: unknown): Uint8Array {
	if (key instanceof Uint8Array) return key;
	if (typeof key === "string") return unhex(key);
	const bytes = new Uint8Array(map.key);
	let rest = BigInt(key as number);
	for (let i = 0; i < map.key && i < 8; i++, rest >>= 8n) bytes[i] = Number(rest & 0xffn);
	return bytes;
}

/** Map indexes become descriptors. Whether some instruction indexes the array of descriptors. */
function putDescriptors(insns: Uint8Array, maps: readonly KernelMap[]): boolean {
	const data = new DataView(insns.buffer);
	let indexed = false;
	for (let at = 0; at + 8 <= insns.length; at += 8) {
		if (insns[at] !== 0x18) continue;
		const source = (insns[at + 1] ?? 0) >> 4;
		if (source === 1 || source === 2)
			data.setInt32(at + 4, maps[data.getUint32(at + 4, true)]?.fd ?? -1, true);
		indexed ||= source === 5 || source === 6;
		at += 8;
	}
	return indexed;
}

function typeNumber(type: unknown, names: readonly string[]): number {
	if (typeof type !== "string" || /^\d/.test(type)) return Number(type);
	return names.indexOf(ALIASES[type] ?? type);
}

function word(bytes: Uint8Array, offset: number): number {
	return new DataView(bytes.buffer, bytes.byteOffset).getUint32(offset, true);
}

function unhex(text: unknown): Uint8Array {
	return new Uint8Array(Buffer.from(String(text ?? ""), "hex"));
}

function hex(bytes: Uint8Array = new Uint8Array()): string {
	return Buffer.from(bytes).toString("hex");
}
