// Texts with places in braces, and what fills the places: names and states of registers, the call, numbers, the kernel's own words.

import { progType } from "../../abi/index.ts";
import { insnAt } from "../../isa/index.ts";
import { isText, nameOf, originText } from "./names.ts";
import { access, calleeAt, isCall, lineOf, namedRegister, type Place } from "./place.ts";

/** What a variant says in place of its class. */
export interface Says {
	readonly reason?: string;
	readonly known?: string;
	readonly needed?: string;
	readonly usually?: string;
}

/** Reason, known, needed, usual mend; then the messages that say something else, the first that fits. `{1}` is what a pattern's first
 *  group caught. */
export type Entry = readonly [
	reason: string,
	known: string,
	needed: string,
	usually: string,
	variants?: readonly (readonly [words: RegExp, says: Says])[],
];

/** By class. */
export type Texts = Readonly<Record<string, Entry>>;

/** `r1 ctx(), r2 fp-8` : the arguments of a call that are set. */
function callArguments(place: Place): string {
	const set = [1, 2, 3, 4, 5].filter((r) => place.registers.has(r));
	const text = (r: number) => `r${r} is ${place.registers.get(r)?.text}`;
	return set.map(text).join(", ") || "No argument is set";
}

/** The register that the rejection is about: the one in the kernel's line, else the pointer or destination. */
function bad(place: Place): number {
	const named = namedRegister(place);
	if (named !== undefined) return named;
	return isCall(place) ? 1 : access(place).pointer;
}

/** The path ends at the instruction, so the latest place where another is on it. */
function alloc(place: Place): string {
	const pc = /alloc_insn=(\d+)/.exec(place.messages.join("\n"))?.[1];
	if (pc === undefined) return "a call";
	const line = lineOf(place, Number(pc));
	return `${calleeAt(place, Number(pc))} ${line === undefined ? `at insn ${pc}` : `at line ${line}`}`;
}

const plainTypes: Readonly<Record<string, string>> = {
	fp: "the stack",
	pkt: "the packet",
	pkt_meta: "the packet's metadata",
	map_ptr: "a map",
	map_key: "a map's key",
	map_value: "a map's value",
	mem: "memory of known size",
	ringbuf_mem: "a ring buffer's record",
	buf: "a buffer of the kernel",
	ctx: "the context",
	scalar: "a number",
	sock: "a socket",
	sock_common: "a socket",
	tcp_sock: "a socket",
	xdp_sock: "a socket",
	func: "a function",
	dynptr_ptr: "a dynptr",
};

/** The types that a kernel's line wants (`expected=fp, pkt, map_value`), in words. */
function wantedTypes({ messages }: Place): string {
	const list = /expected=(.*)/.exec(messages.find((m) => m.includes("expected=")) ?? "")?.[1] ?? "";
	const words = list.split(", ").map((t) => {
		const name = /ptr_(\w*)$/.exec(t)?.[1];
		if (plainTypes[t]) return plainTypes[t];
		return name ? `a pointer to struct ${name}` : "an object of the kernel";
	});
	const all = [...new Set(words)];
	return all.length > 1 ? `${all.slice(0, -1).join(", ")} or ${all.at(-1)}` : (all[0] ?? "");
}

function typeName({ program }: Place): string {
	return progType(program.type ?? -1)?.name ?? "this";
}

function values(place: Place): Readonly<Record<string, () => string>> {
	const insn = insnAt(place.code, place.pc);
	const { load, pointer, size } = access(place);
	const source = place.program.spec.spans ? "asm" : "c";
	return {
		pointer: () => nameOf(place, pointer),
		"pointer is": () => isText(place, pointer),
		dst: () => nameOf(place, insn.dst),
		"dst is": () => isText(place, insn.dst),
		src: () => nameOf(place, insn.src),
		"src is": () => isText(place, insn.src),
		"r0 is": () => isText(place, 0),
		bad: () => nameOf(place, bad(place)),
		"bad is": () => isText(place, bad(place)),
		origin: () => originText(place, bad(place)),
		verb: () => (load ? "Reads" : "Writes"),
		bytes: () => (size === 1 ? "a byte" : `${size} bytes`),
		size: () => `${size}`,
		call: () => calleeAt(place, place.pc),
		alloc: () => alloc(place),
		arguments: () => callArguments(place),
		wanted: () => wantedTypes(place),
		imm: () => `${insn.imm}`,
		type: () => typeName(place),
		"a type": () =>
			`${/^([aeiou]|xdp|lsm|lwt|sk_)/.test(typeName(place)) ? "an" : "a"} ${typeName(place)}`,
		section: () => place.program.spec.section,
		"null check": () =>
			source === "c"
				? `\`if (!${plainName(place)}) return ...;\``
				: `\`if ${plainName(place)} == 0 goto out\``,
	};
}

/** The name for use in code. */
function plainName(place: Place): string {
	if (place.program.spec.spans) return `r${bad(place)}`;
	const name = nameOf(place, bad(place));
	return /`([A-Za-z_][\w.]*)`$/.exec(name)?.[1] ?? "p";
}

/** Separates what is said of C from what is said of assembly. */
const OR = " ‖ ";

/** Fills the places of a text; `words` are what the kernel's line held. */
export function fill(text: string, place: Place, words?: RegExpExecArray): string {
	const all = values(place);
	const [c, assembly = c] = text.split(OR);
	const own = (place.program.spec.spans ? assembly : c) ?? text;
	const filled = own.replace(/\{([A-Za-z0-9 ]+)\}/g, (whole, name: string) =>
		/^\d$/.test(name) ? (words?.[Number(name)] ?? "") : (all[name]?.() ?? whole),
	);
	return filled
		.replace(/\b1 bytes\b/g, "1 byte")
		.replace(
			/(^|\. )([a-z])(?![a-z]*[_\d])/g,
			(_, lead: string, c: string) => lead + c.toUpperCase(),
		);
}
