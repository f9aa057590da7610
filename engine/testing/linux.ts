// The running Linux as an oracle: maps, program loads with their verdict and log, test runs. For tests only; nothing is
// attached. Layouts are those of union bpf_attr in include/uapi/linux/bpf.h.

import { type Code, encode, insnAt, LD_IMM64 } from "../isa/index.ts";
import type { LoadRequest, MapSpec } from "../object/index.ts";
import { buildHarness, Harness } from "./bpfcall.ts";

const MAP_CREATE = 0;
const MAP_LOOKUP = 1;
const MAP_UPDATE = 2;
const MAP_DELETE = 3;
const MAP_NEXT = 4;
const PROG_LOAD = 5;
const TEST_RUN = 10;
const BTF_LOAD = 18;
const LOOKUP_AND_DELETE = 21;
const MAP_FREEZE = 22;
const BATCH = { lookup: 24, take: 25, update: 26, delete: 27 } as const;
const CLOSE = 0xffff;

export interface LinuxLoad {
	readonly ok: boolean;
	readonly errno: number;
	/** Where it failed: `map`, `btf` or `prog` (the verdict). */
	readonly stage: "btf" | "map" | "prog" | "";
	readonly log: string;
	/** Program and map file descriptors; -1 and none when it failed. Close with `close`. */
	readonly fd: number;
	readonly maps: readonly number[];
}

export interface LinuxRun {
	readonly ok: boolean;
	readonly errno: number;
	/** Unsigned. */
	readonly retval: number;
	/** Mean of one run in nanoseconds. */
	readonly durationNs: number;
	readonly data: Uint8Array;
	readonly ctx: Uint8Array;
}

/** What a batch operation is given; sizes are of one element in bytes. */
interface LinuxBatch {
	readonly count: number;
	readonly keySize: number;
	readonly valueSize: number;
	readonly keys?: Uint8Array;
	readonly values?: Uint8Array;
	readonly from?: Uint8Array;
	readonly elementFlags?: number;
	readonly flags?: number;
}

export interface LinuxBatched {
	readonly error: number;
	readonly count: number;
	readonly keys: Uint8Array;
	readonly values: Uint8Array;
	readonly next: Uint8Array;
}

/** Numbers of an attribute by offset; 8-byte values may be given as bigint. */
function attribute(size: number, u32: Record<number, number>): Uint8Array {
	const bytes = new Uint8Array(size);
	const data = new DataView(bytes.buffer);
	for (const [offset, value] of Object.entries(u32))
		data.setUint32(Number(offset), value >>> 0, true);
	return bytes;
}

function word(bytes: Uint8Array, offset: number): number {
	return new DataView(bytes.buffer, bytes.byteOffset).getUint32(offset, true);
}

export class Linux {
	#harness: Harness;

	private constructor(harness: Harness) {
		this.#harness = harness;
	}

	/** The running kernel, or why it cannot be asked. */
	static async open(): Promise<{ linux: Linux } | { reason: string }> {
		const built = buildHarness();
		if ("reason" in built) return built;
		const linux = new Linux(new Harness(built.path));
		const probe = await linux.load({
			code: codeOfReturn0,
			type: 1,
			maps: [],
			license: "GPL",
		});
		if (probe.ok) {
			await linux.close(probe);
			return { linux };
		}
		linux.end();
		return { reason: `bpf(2) is closed (errno ${probe.errno})` };
	}

	end(): void {
		this.#harness.close();
	}

	async createMap(spec: MapSpec, innerFd = 0, btfFd = 0): Promise<number> {
		const name = new TextEncoder().encode(spec.name.replace(/[^A-Za-z0-9_.]/g, "_").slice(0, 15));
		const attr = attribute(80, {
			0: spec.type,
			4: spec.keySize,
			8: spec.valueSize,
			12: spec.maxEntries,
			16: spec.flags,
			20: innerFd,
			48: btfFd,
			52: btfFd ? (spec.btfKeyTypeId ?? 0) : 0,
			56: btfFd ? (spec.btfValueTypeId ?? 0) : 0,
		});
		const extra = BigInt(spec.extra ?? 0);
		new DataView(attr.buffer).setBigUint64(64, extra, true);
		attr.set(name, 28);
		const { result, errno } = await this.#harness.call(MAP_CREATE, attr);
		return result >= 0 ? result : -errno;
	}

	/** Answers 0 or the negative errno. */
	async updateElem(fd: number, key: Uint8Array, value: Uint8Array, flags = 0): Promise<number> {
		return this.#element(
			MAP_UPDATE,
			fd,
			[
				{ offset: 8, bytes: key },
				{ offset: 16, bytes: value },
			],
			flags,
		);
	}

	async deleteElem(fd: number, key: Uint8Array): Promise<number> {
		return this.#element(MAP_DELETE, fd, [{ offset: 8, bytes: key }], 0);
	}

	/** The value (all CPUs of a per-CPU map, each rounded up to 8 bytes), or the negative errno. */
	async lookupElem(
		fd: number,
		key: Uint8Array,
		size: number,
		options: { flags?: number; remove?: boolean } = {},
	): Promise<Uint8Array | number> {
		const answer = await this.#harness.call(
			options.remove ? LOOKUP_AND_DELETE : MAP_LOOKUP,
			attribute(32, { 0: fd, 24: options.flags ?? 0 }),
			[
				{ offset: 8, bytes: key, size: Math.max(key.length, 1) },
				{ offset: 16, size, echo: "whole" },
			],
		);
		return answer.result < 0 ? -answer.errno : (answer.buffers[0] ?? new Uint8Array());
	}

	/** The key after `key` (none: the first), or the negative errno. */
	async nextKey(
		fd: number,
		key: Uint8Array | undefined,
		size: number,
	): Promise<Uint8Array | number> {
		const answer = await this.#harness.call(MAP_NEXT, attribute(32, { 0: fd }), [
			...(key ? [{ offset: 8, bytes: key }] : []),
			{ offset: 16, size, echo: "whole" as const },
		]);
		return answer.result < 0 ? -answer.errno : (answer.buffers[0] ?? new Uint8Array());
	}

	/** A batch operation: the negative errno or 0, how many elements were done, and what was read. `from` is the `next` of the call before;
	 *  keys and values of an update or delete are given end to end. */
	async batch(fd: number, operation: keyof typeof BATCH, given: LinuxBatch): Promise<LinuxBatched> {
		const { count, keySize, valueSize, keys, values, from } = given;
		const reads = operation === "lookup" || operation === "take";
		const buffer = (offset: number, size: number, bytes?: Uint8Array) => ({
			offset,
			size: Math.max(size, 1),
			echo: "whole" as const,
			...(bytes ? { bytes } : {}),
		});
		const answer = await this.#harness.call(
			BATCH[operation],
			attribute(56, { 32: count, 36: fd, 40: given.elementFlags ?? 0, 48: given.flags ?? 0 }),
			[
				...(from ? [{ offset: 0, bytes: from }] : []),
				...(reads ? [buffer(8, Math.max(keySize, 4))] : []),
				buffer(16, count * keySize, keys),
				...(operation === "delete" ? [] : [buffer(24, count * valueSize, values)]),
			],
		);
		const [next, readKeys, readValues] = reads ? answer.buffers : [];
		return {
			error: answer.result < 0 ? -answer.errno : 0,
			count: word(answer.attr, 32),
			keys: readKeys ?? new Uint8Array(),
			values: readValues ?? new Uint8Array(),
			next: next ?? new Uint8Array(),
		};
	}

	async #element(
		cmd: number,
		fd: number,
		buffers: { offset: number; bytes: Uint8Array }[],
		flags: number,
	): Promise<number> {
		const { result, errno } = await this.#harness.call(
			cmd,
			attribute(32, { 0: fd, 24: flags }),
			buffers,
		);
		return result < 0 ? -errno : 0;
	}

	async #maps(
		specs: readonly MapSpec[],
		btfFd: number,
		typed = false,
	): Promise<{ fds: number[]; errno: number }> {
		const fds: number[] = [];
		for (const spec of specs) {
			const inner = spec.inner ? await this.#inner(spec.inner, btfFd, typed) : 0;
			let fd = await this.createMap(spec, Math.max(inner, 0), btfFd);
			// Like libbpf, without types where Linux does not take them.
			if (fd < 0 && btfFd && !typed) fd = await this.createMap(spec, Math.max(inner, 0));
			if (inner > 0) await this.closeFd(inner);
			if (fd < 0) return { fds, errno: -fd };
			fds.push(fd);
			for (const entry of spec.init ?? []) await this.updateElem(fd, entry.key, entry.value);
			if (spec.frozen) await this.#harness.call(MAP_FREEZE, attribute(4, { 0: fd }));
		}
		return { fds, errno: 0 };
	}

	/** Like libbpf, without types where Linux does not take them. */
	async #inner(spec: MapSpec, btfFd: number, typed: boolean): Promise<number> {
		const fd = await this.createMap(spec, 0, btfFd);
		return fd < 0 && btfFd && !typed ? this.createMap(spec) : fd;
	}

	/** The maps of an object, filled and frozen as it asks, and its BTF, which programs that share them must be loaded with; or a
	 *  positive errno. Descriptors are the caller's to close. */
	async createMaps(
		specs: readonly MapSpec[],
		btf?: Uint8Array,
	): Promise<{ maps: readonly number[]; btf: number } | number> {
		const answer = btf
			? await this.#harness.call(BTF_LOAD, attribute(32, { 16: btf.length }), [
					{ offset: 0, bytes: btf },
				])
			: undefined;
		if (answer && answer.result < 0) return answer.errno;
		const { fds, errno } = await this.#maps(specs, answer?.result ?? 0);
		if (errno === 0) return { maps: fds, btf: answer?.result ?? 0 };
		for (const fd of [...fds, ...(answer ? [answer.result] : [])]) await this.closeFd(fd);
		return errno;
	}

	/** BPF_PROG_LOAD with its maps (`typed`: with their BTF or not at all), or with those `made` before, which stay the caller's. The
	 *  log is cut at 64 MiB. */
	async load(
		request: Pick<LoadRequest, "code" | "type" | "maps" | "license"> & Partial<LoadRequest>,
		options: {
			logLevel?: number;
			timeoutMs?: number;
			logSize?: number;
			typed?: boolean;
			made?: { maps: readonly number[]; btf: number };
			/** Descriptor of the program that it is attached to. */
			target?: number;
		} = {},
	): Promise<LinuxLoad> {
		const failed = { ok: false, log: "", fd: -1, maps: [] };
		const { made } = options;
		let btfFd = made?.btf ?? 0;
		if (request.btf && !made) {
			const answer = await this.#harness.call(BTF_LOAD, attribute(32, { 16: request.btf.length }), [
				{ offset: 0, bytes: request.btf },
			]);
			if (answer.result < 0) return { ...failed, errno: answer.errno, stage: "btf" };
			btfFd = answer.result;
		}
		const { fds, errno } = made
			? { fds: made.maps, errno: 0 }
			: await this.#maps(request.maps, btfFd, options.typed);
		if (errno) {
			for (const fd of fds) await this.closeFd(fd);
			return { ...failed, errno, stage: "map" };
		}
		const answer = await this.#programLoad(request, fds, btfFd, options);
		if (btfFd && !made) await this.closeFd(btfFd);
		const log = new TextDecoder().decode(answer.log);
		if (answer.result >= 0)
			return { ok: true, errno: 0, stage: "", log, fd: answer.result, maps: fds };
		for (const fd of made ? [] : fds) await this.closeFd(fd);
		return { ...failed, errno: answer.errno, stage: "prog", log };
	}

	async #programLoad(
		request: Pick<LoadRequest, "code" | "type" | "license"> & Partial<LoadRequest>,
		fds: readonly number[],
		btfFd: number,
		options: { logLevel?: number; timeoutMs?: number; logSize?: number; target?: number },
	): Promise<{ result: number; errno: number; log: Uint8Array }> {
		const level = options.logLevel ?? 0;
		const insns = encode(withFds(request.code, fds));
		const functions = btfFd ? (request.functions ?? []) : [];
		const lines = btfFd ? (request.lines ?? []) : [];
		const logSize = options.logSize ?? 64 << 20;
		const attr = attribute(152, {
			0: request.type,
			4: request.code.length,
			24: level,
			28: level ? logSize : 0,
			44: request.flags ?? 0,
			68: request.expectedAttachType ?? 0,
			72: btfFd,
			76: functions.length ? 8 : 0,
			88: functions.length,
			92: lines.length ? 16 : 0,
			104: lines.length,
			108: request.attachBtfId ?? 0,
			112: options.target ?? 0,
		});
		const answer = await this.#harness.call(
			PROG_LOAD,
			attr,
			[
				{ offset: 8, bytes: insns },
				{ offset: 16, bytes: new TextEncoder().encode(`${request.license}\0`) },
				...(level ? [{ offset: 32, size: logSize, echo: "text" as const }] : []),
				...(functions.length
					? [{ offset: 80, bytes: words(functions.map((f) => [f.insn, f.typeId])) }]
					: []),
				...(lines.length
					? [
							{
								offset: 96,
								bytes: words(lines.map((l) => [l.insn, l.fileNameOff, l.lineOff, l.lineCol])),
							},
						]
					: []),
			],
			options.timeoutMs,
		);
		return {
			result: answer.result,
			errno: answer.errno,
			log: answer.buffers[0] ?? new Uint8Array(),
		};
	}

	/** BPF_PROG_TEST_RUN. */
	async run(
		fd: number,
		input: { data?: Uint8Array; ctx?: Uint8Array; repeat?: number; flags?: number; cpu?: number },
	): Promise<LinuxRun> {
		const outSize = input.data ? input.data.length + 65536 : 0;
		const ctxSize = input.ctx ? 512 : 0;
		const answer = await this.#harness.call(
			TEST_RUN,
			attribute(80, {
				0: fd,
				8: input.data?.length ?? 0,
				12: outSize,
				32: input.repeat ?? 0,
				40: input.ctx?.length ?? 0,
				44: ctxSize,
				64: input.flags ?? 0,
				68: input.cpu ?? 0,
			}),
			[
				...(input.data
					? [
							{ offset: 16, bytes: input.data },
							{ offset: 24, size: outSize, echo: "whole" as const },
						]
					: []),
				...(input.ctx
					? [
							{ offset: 48, bytes: input.ctx },
							{ offset: 56, size: ctxSize, echo: "whole" as const },
						]
					: []),
			],
		);
		const dataOut = input.data ? answer.buffers[0] : undefined;
		const ctxOut = input.ctx ? answer.buffers[input.data ? 1 : 0] : undefined;
		return {
			ok: answer.result >= 0,
			errno: answer.errno,
			retval: word(answer.attr, 4),
			durationNs: word(answer.attr, 36),
			data: dataOut?.slice(0, word(answer.attr, 12)) ?? new Uint8Array(),
			ctx: ctxOut?.slice(0, word(answer.attr, 44)) ?? new Uint8Array(),
		};
	}

	/** Closes a loaded program and its maps. */
	async close(load: LinuxLoad): Promise<void> {
		for (const fd of [load.fd, ...load.maps]) if (fd >= 0) await this.closeFd(fd);
	}

	async closeFd(fd: number): Promise<void> {
		await this.#harness.call(CLOSE, attribute(4, { 0: fd }));
	}
}

const codeOfReturn0: Code = {
	length: 2,
	opcode: new Uint8Array([0xb7, 0x95]),
	dst: new Uint8Array(2),
	src: new Uint8Array(2),
	off: new Int16Array(2),
	imm: new Int32Array(2),
};

function words(rows: readonly (readonly number[])[]): Uint8Array {
	return new Uint8Array(Uint32Array.from(rows.flat()).buffer);
}

/** Replaces map indexes by file descriptors; descriptor n of nobody's is kept as -2 - n, any other index that is not there becomes -1. */
function withFds(code: Code, fds: readonly number[]): Code {
	const imm = code.imm.slice();
	for (let pc = 0; pc < code.length; pc++) {
		const insn = insnAt(code, pc);
		if (insn.opcode !== LD_IMM64) continue;
		if (insn.src === 1 || insn.src === 2) imm[pc] = fds[insn.imm] ?? Math.max(-1, -2 - insn.imm);
		pc++;
	}
	return { ...code, imm };
}
