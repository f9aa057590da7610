// The only door for project documents: JSON text or value of any origin → Project, or a diagnostic that names the place.

import { type Diagnostic, fromHex, type Outcome } from "../base/index.ts";
import type { PacketInput, Project, ProjectFile, ProjectTest, Scenario } from "./project.ts";

/** Largest document that is read, in characters. */
export const PROJECT_LIMIT = 1 << 20;
const MAX_FILES = 64;
const MAX_PACKETS = 4096;
const MAX_PACKET_BYTES = 65536;
const MAX_ENTRIES = 65536;

/** Parses the text of a project document. */
export function parseProject(text: string): Outcome<Project> {
	if (text.length > PROJECT_LIMIT)
		return { diagnostics: [problem("", `is larger than ${PROJECT_LIMIT} characters`)] };
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch (error) {
		return {
			diagnostics: [
				problem("", `is not JSON: ${error instanceof Error ? error.message : "unreadable"}`),
			],
		};
	}
	return validateProject(value);
}

/** Checks a value of any shape; unknown members are dropped, wrong ones are errors. */
export function validateProject(value: unknown): Outcome<Project> {
	try {
		return { value: project(record(value, "")), diagnostics: [] };
	} catch (error) {
		if (error instanceof Fault) return { diagnostics: [error.diagnostic] };
		throw error;
	}
}

function problem(path: string, message: string): Diagnostic {
	return {
		severity: "error",
		id: "project/invalid",
		message: `project${path && ` ${path}`}: ${message}`,
	};
}

/** Carries the first fault to `validateProject`; never leaves this file. */
class Fault extends Error {
	readonly diagnostic: Diagnostic;
	constructor(path: string, message: string) {
		super(message);
		this.diagnostic = problem(path, message);
	}
}

type Fields = Record<string, unknown>;

function record(value: unknown, path: string): Fields {
	if (typeof value !== "object" || value === null || Array.isArray(value))
		throw new Fault(path, "an object was expected");
	return value as Fields;
}

function list<T>(
	value: unknown,
	path: string,
	most: number,
	one: (v: unknown, path: string) => T,
): T[] {
	if (value === undefined) return [];
	if (!Array.isArray(value)) throw new Fault(path, "a list was expected");
	if (value.length > most)
		throw new Fault(path, `${value.length} elements, at most ${most} are read`);
	return value.map((v, i) => one(v, `${path}[${i}]`));
}

function text(value: unknown, path: string): string {
	if (typeof value !== "string") throw new Fault(path, "a text was expected");
	return value;
}

function integer(value: unknown, path: string, from: number, to: number): number {
	if (typeof value !== "number" || !Number.isInteger(value) || value < from || value > to)
		throw new Fault(path, `an integer from ${from} to ${to} was expected`);
	return value;
}

function hex(value: unknown, path: string, mostBytes: number): string {
	const digits = text(value, path);
	if (digits.length > 2 * mostBytes) throw new Fault(path, `more than ${mostBytes} bytes`);
	if (!fromHex(digits)) throw new Fault(path, "hexadecimal bytes were expected");
	return digits;
}

/** The member `name` read by `read`, left out when absent. */
function optional<K extends string, T>(
	fields: Fields,
	name: K,
	path: string,
	read: (v: unknown, path: string) => T,
): { [P in K]?: T } {
	const value = fields[name];
	return value === undefined
		? {}
		: ({ [name]: read(value, `${path}.${name}`) } as { [P in K]?: T });
}

function project(fields: Fields): Project {
	if (fields["version"] !== 1)
		throw new Fault(
			"version",
			`${JSON.stringify(fields["version"]) ?? "none"}: this Skep reads version 1`,
		);
	const files = list(fields["files"], "files", MAX_FILES, file);
	if (files.length === 0) throw new Fault("files", "at least one file was expected");
	const entry = text(fields["entry"], "entry");
	if (!files.some((f) => f.path === entry)) throw new Fault("entry", `no file is called ${entry}`);
	return {
		version: 1,
		name: text(fields["name"], "name").slice(0, 200),
		files,
		entry,
		...optional(fields, "program", "", text),
		...optional(fields, "type", "", text),
		scenario: scenario(fields["scenario"]),
		breakpoints: list(fields["breakpoints"], "breakpoints", 4096, breakpoint),
		tests: list(fields["tests"], "tests", MAX_PACKETS, projectTest),
		...optional(fields, "view", "", view),
		...optional(fields, "note", "", text),
	};
}

function file(value: unknown, path: string): ProjectFile {
	const fields = record(value, path);
	const name = text(fields["path"], `${path}.path`);
	if (name === "" || name.length > 200)
		throw new Fault(`${path}.path`, "a name of 1 to 200 characters was expected");
	if (fields["base64"] === undefined)
		return { path: name, text: text(fields["text"], `${path}.text`) };
	const data = text(fields["base64"], `${path}.base64`);
	if (!/^[A-Za-z0-9_-]*$/.test(data)) throw new Fault(`${path}.base64`, "base64url was expected");
	return { path: name, base64: data };
}

function scenario(value: unknown): Scenario {
	const path = "scenario";
	const fields = value === undefined ? {} : record(value, path);
	const kernel = fields["kernel"] ?? "linux-6.18";
	if (kernel !== "linux-6.18")
		throw new Fault("scenario.kernel", `${JSON.stringify(kernel)}: only linux-6.18 is known`);
	return {
		seed: integer(fields["seed"] ?? 1, "scenario.seed", 0, 0xffffffff),
		kernel,
		packets: list(fields["packets"], "scenario.packets", MAX_PACKETS, packet),
		maps: maps(fields["maps"]),
		...optional(fields, "cpus", path, (v, p) => integer(v, p, 1, 64)),
	};
}

function packet(value: unknown, path: string): PacketInput {
	const fields = record(value, path);
	return {
		data: hex(fields["data"], `${path}.data`, MAX_PACKET_BYTES),
		...optional(fields, "name", path, text),
		...optional(fields, "device", path, text),
		...optional(fields, "time", path, (v, p) => integer(v, p, 0, Number.MAX_SAFE_INTEGER)),
	};
}

function maps(value: unknown): Scenario["maps"] {
	if (value === undefined) return {};
	const path = "scenario.maps";
	const entries = Object.entries(record(value, path)).map(([name, rows]) => {
		const at = `${path}.${name}`;
		return [
			name,
			list(rows, at, MAX_ENTRIES, (row, p) => {
				const fields = record(row, p);
				return {
					key: hex(fields["key"], `${p}.key`, 512),
					value: hex(fields["value"], `${p}.value`, 1 << 20),
				};
			}),
		] as const;
	});
	return Object.fromEntries(entries);
}

function breakpoint(value: unknown, path: string): Project["breakpoints"][number] {
	const fields = record(value, path);
	return {
		file: text(fields["file"], `${path}.file`),
		line: integer(fields["line"], `${path}.line`, 1, 10_000_000),
	};
}

function projectTest(value: unknown, path: string): ProjectTest {
	const fields = record(value, path);
	return {
		packet: integer(fields["packet"], `${path}.packet`, 0, MAX_PACKETS),
		...optional(fields, "action", path, text),
		...optional(fields, "data", path, (v, p) => hex(v, p, MAX_PACKET_BYTES)),
	};
}

function view(value: unknown, path: string): NonNullable<Project["view"]> {
	const fields = record(value, path);
	const count = (v: unknown, p: string) => integer(v, p, 0, 0xffffffff);
	return {
		...optional(fields, "panels", path, (v, p) => list(v, p, 64, text)),
		...optional(fields, "packet", path, count),
		...optional(fields, "step", path, count),
		...optional(fields, "pc", path, count),
	};
}
