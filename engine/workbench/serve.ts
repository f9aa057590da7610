// `skep serve`: JSON requests, one a line, answered as the running kernel answers them through bpf(2): the same fields, the same
// errnos, the same stages. Takes a line, gives a line; knows nothing of streams.

import { errno } from "../abi/index.ts";
import type { Target } from "../elf/index.ts";
import { createJit } from "../jit/index.ts";
import { Kernel } from "../kernel/index.ts";
import { type Answer, done, Failed, failed } from "./serve/answer.ts";
import { checkBtf } from "./serve/btf/check.ts";
import { Fields } from "./serve/fields.ts";
import { findBtf } from "./serve/findbtf.ts";
import { Handles } from "./serve/handles.ts";
import { type Json, RequestFault, readJson } from "./serve/json.ts";
import { load } from "./serve/load.ts";
import { fitLog } from "./serve/log.ts";
import {
	mapCreate,
	mapDelete,
	mapDump,
	mapLookup,
	mapNext,
	mapUpdate,
	ringbufRead,
} from "./serve/mapops.ts";
import { run } from "./serve/run.ts";
import type { Session } from "./serve/session.ts";

const LONGEST_LINE = 256 << 20;
const MOST_LOG = 64 << 20;
/** Version of the protocol, under the name that it began with. */
const PROTOCOL = 1;

export interface ServerOptions {
	/** Possible CPUs: how many values an element of a per-CPU map has; 2 when absent. */
	readonly cpus?: number;
	/** The kernel's own types, for btf_find. */
	readonly target?: Target;
}

/** One session: programs, maps and BTF by the handles that requests chose. */
export class Server {
	readonly #session: Session;
	readonly #target: Target | undefined;

	constructor(options: ServerOptions = {}) {
		const cpus = options.cpus ?? 2;
		this.#target = options.target;
		const kernel = new Kernel({ cpus });
		const handles = new Handles(kernel);
		this.#session = {
			kernel,
			jit: createJit(kernel.memory),
			handles,
			cpus,
			contexts: new WeakMap(),
			targets: new WeakMap(),
		};
	}

	/** The answer to one request line, without a newline; undefined for an empty line. */
	answer(line: string): string | undefined {
		if (/^[ \t\r\n]*$/.test(line)) return undefined;
		let id: Json | undefined;
		let answer: Answer;
		try {
			if (line.length > LONGEST_LINE)
				throw new RequestFault(`a request is at most ${LONGEST_LINE} bytes long`);
			const request = new Fields(readJson(line), "a request");
			id = requestId(request);
			answer = this.#dispatch(request);
		} catch (error) {
			answer = answerOf(error);
		}
		return JSON.stringify({ ...(id === undefined ? {} : { id }), ...answer }, plain);
	}

	#dispatch(request: Fields): Answer {
		const session = this.#session;
		const operations: Readonly<Record<string, () => Answer>> = {
			info: () => this.#info(request),
			load: () => load(session, request),
			run: () => run(session, request),
			close: () => this.#close(request),
			map_create: () => mapCreate(session, request),
			map_lookup: () => mapLookup(session, request, false),
			map_lookup_delete: () => mapLookup(session, request, true),
			map_update: () => mapUpdate(session, request),
			map_delete: () => mapDelete(session, request),
			map_next: () => mapNext(session, request),
			map_dump: () => mapDump(session, request),
			ringbuf_read: () => ringbufRead(session, request),
			btf: () => this.#loadBtf(request),
			btf_find: () => findBtf(this.#target?.btf, request),
		};
		const op = request.text("op");
		const operation = Object.hasOwn(operations, op) ? operations[op] : undefined;
		if (!operation) throw new RequestFault(`"op": "${op}" is not known`);
		return operation();
	}

	#info(request: Fields): Answer {
		request.only(["op", "id"]);
		const { cpus, handles } = this.#session;
		return {
			...done,
			kbpf: PROTOCOL,
			release: "6.18.0-skep",
			version: "Skep's model of Linux 6.18",
			machine: "bpf",
			cpus,
			possible_cpus: cpus,
			euid: 0,
			load_allowed: true,
			load_errno: 0,
			jit: true,
			jit_enable: 1,
			jit_harden: 0,
			unprivileged_bpf_disabled: 2,
			btf: this.#target !== undefined,
			page_size: 4096,
			handles: handles.size,
		};
	}

	#loadBtf(request: Fields): Answer {
		const fields = request.only(["op", "id", "data", "log_level", "log_size", "keep"]);
		const data = fields.hex("data", LONGEST_LINE);
		if (!data) throw new RequestFault('"data" is missing');
		const room = {
			level: fields.number("log_level", 1),
			size: fields.number("log_size", MOST_LOG, MOST_LOG),
		};
		const keep = fields.has("keep") ? fields.text("keep") : undefined;
		const { handles } = this.#session;
		handles.check(keep, 0);
		const verdict = checkBtf(data, room.level);
		const { cut, fields: log } = fitLog(verdict.log, room, byteChars(verdict.log));
		const number = cut ? errno.ENOSPC : verdict.errno;
		if (number !== 0) return failed(number, "btf", log);
		if (keep !== undefined) handles.keepBtf(keep, data);
		const kept = keep === undefined ? {} : { btf: keep };
		const { unsupported } = verdict;
		if (unsupported !== undefined) return failed(0, "btf", { ...log, unsupported, ...kept });
		return { ...done, ...log, ...kept };
	}

	#close(request: Fields): Answer {
		const fields = request.only(["op", "id", "prog", "map", "btf", "all"]);
		const { handles } = this.#session;
		const close = () => {
			if (fields.flag("all")) return handles.closeAll();
			if (fields.has("prog")) return handles.close(fields.text("prog"), "prog", "program");
			if (fields.has("map")) return handles.close(fields.text("map"), "map", "map");
			if (fields.has("btf")) return handles.close(fields.text("btf"), "btf", "BTF");
			throw new RequestFault('"prog", "map", "btf" or "all" is needed');
		};
		return { ...done, closed: close() };
	}
}

/** A character a byte, as names in BTF are. */
function byteChars(text: string): Uint8Array {
	return Uint8Array.from(text, (c) => c.charCodeAt(0));
}

function requestId(request: Fields): Json | undefined {
	const id = request.get("id");
	if (id === undefined || typeof id === "string" || typeof id === "bigint") return id;
	if (typeof id === "number" && Number.isSafeInteger(id)) return id;
	throw new RequestFault('"id": a text or an integer is needed');
}

function answerOf(error: unknown): Answer {
	if (error instanceof Failed) return error.answer;
	const message = error instanceof Error ? error.message : String(error);
	if (error instanceof RequestFault) return failed(0, "request", { error: message });
	return failed(0, "request", { error: `Skep has a bug: ${message}` });
}

/** Identifiers over 2^53 come back as text: JSON's numbers would not hold them. */
function plain(_key: string, value: unknown): unknown {
	return typeof value === "bigint" ? String(value) : value;
}
