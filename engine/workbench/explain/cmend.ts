// Mends of C that put a check, a bound or another way of reading before the statement that was rejected.

import { helperById } from "../../abi/index.ts";
import type { TextEdit } from "../../base/index.ts";
import { insnAt } from "../../isa/index.ts";
import { PTR_TO_PACKET, PTR_TO_STACK, type RegView, SCALAR_VALUE } from "../../verifier/index.ts";
import type { CFunction, CText, Statement } from "./ctext.ts";
import { lostPointer } from "./lost.ts";
import { type Mend, type Mends, neutral, TC, XDP } from "./mending.ts";
import { argumentRange, firstOf, originOf, variableOf } from "./names.ts";
import { access, calleeAt, isCall, lineOf, namedRegister, type Place } from "./place.ts";

/** The statement that a rejection is in. */
export interface Site {
	readonly c: CText;
	readonly statement: Statement;
	readonly around: CFunction;
}

/** By class of rejection. */
export const checkMends: Mends = {
	"pointer/maybe-null": (place) => leaveWhenNull(place, access(place).pointer),
	"pointer/arithmetic-on-null": (place) => leaveWhenNull(place, insnAt(place.code, place.pc).dst),
	"helper/maybe-null": nullArgument,
	"kfunc/maybe-null": nullArgument,
	"call/argument": nullArgument,
	"packet/invalid-access": provePacket,
	"map/invalid-value-access": boundIndex,
	"memory/invalid-access": boundIndex,
	"memory/unbounded": boundIndex,
	"memory/negative-offset": boundIndex,
	"pointer/offset": boundIndex,
	"stack/unbounded-offset": boundIndex,
	"stack/out-of-bounds": boundIndex,
	"helper/unbounded-size": boundSize,
	"helper/negative-size": boundSize,
	"memory/zero-size": leaveWhenZero,
	"memory/not-a-pointer": readAgain,
	"helper/argument-type": readAgain,
};

export function siteOf(place: Place, line = lineOf(place, place.pc)): Site | undefined {
	const { c } = place;
	if (!c || line === undefined) return undefined;
	const at = firstOf(c, line);
	const statement = c.statementAt(at);
	const around = c.functionAt(at);
	return statement && around ? { c, statement, around } : undefined;
}

/** `return ...;` as the function around needs it. */
export function leaveText(place: Place, { c, around }: Site): string {
	if (around.name !== place.program.spec.name) {
		// What a function of the program's own says when nothing can be done nobody can tell; 0 fits every type.
		return /\bvoid$/.test(around.result) ? "return;" : "return 0;";
	}
	if (place.program.type === XDP) return "return XDP_PASS;";
	const names = TC.includes(place.program.type ?? -1) && /TC_ACT_OK|pkt_cls\.h/.test(c.text);
	return names ? "return TC_ACT_OK;" : `return ${neutral(place)};`;
}

/** Lines before the statement, in braces where it stands alone behind an `if`. */
export function before({ c, statement }: Site, lines: readonly string[]): TextEdit[] {
	const indent = c.indent(statement.start);
	const text = lines.join(`\n${indent}`);
	if (statement.inBlock) return [c.edit(statement.start, statement.start, `${text}\n${indent}`)];
	const outer = c.indent(statement.after - 1);
	const inner = outer === indent ? indent + c.step : indent;
	const body = `${lines.map((l) => `\n${inner}${l}`).join("")}\n${inner}`;
	return [
		c.edit(statement.after, statement.start, ` {${body}`),
		c.edit(statement.whole, statement.whole, `\n${outer}}`),
	];
}

/** Lines behind the whole statement. */
function behind({ c, statement }: Site, lines: readonly string[]): TextEdit[] {
	const indent = c.indent(statement.start);
	return [c.edit(statement.whole, statement.whole, lines.map((l) => `\n${indent}${l}`).join(""))];
}

function check(site: Site, condition: string, leave: string): string[] {
	return [`if (${condition})`, `${site.c.step}${leave}`];
}

/** Behind the statement that makes the pointer, when nothing asks for it in between; else before its use. */
function leaveWhenNull(place: Place, register: number): Mend | undefined {
	const use = siteOf(place);
	const name = variableOf(place, register);
	if (!use || name === undefined) return undefined;
	const title = `Leave when ${name} is NULL`;
	const origin = originOf(place, register);
	const made = origin?.kind === "call" ? siteOf(place, lineOf(place, origin.pc)) : undefined;
	if (made?.statement.inBlock && made.around.start === use.around.start) {
		const between = made.c.plain.slice(made.statement.end, use.statement.start);
		const sets = new RegExp(`\\b${name}\\s*=[^=]`).test(textOf(made));
		const asked = new RegExp(`\\b${name}\\b`).test(between);
		if (sets && !asked && made.statement.whole === made.statement.end)
			return { title, edits: behind(made, check(made, `!${name}`, leaveText(place, made))) };
	}
	return { title, edits: before(use, check(use, `!${name}`, leaveText(place, use))) };
}

function nullArgument(place: Place): Mend | undefined {
	const named = namedRegister(place);
	const isNull = (r: number | undefined) => r !== undefined && place.registers.get(r)?.mayBeNull;
	const register = isNull(named) ? named : [1, 2, 3, 4, 5].find(isNull);
	return register === undefined ? undefined : leaveWhenNull(place, register);
}

export function textOf({ c, statement }: Site): string {
	return c.text.slice(statement.start, statement.end);
}

/** The variable that holds data_end, and the one with data, as the function around declares them. */
function packetNames({ c, around, statement }: Site): { data?: string; end?: string } {
	const text = c.plain.slice(around.start, statement.start);
	const named = (field: string) =>
		new RegExp(`([A-Za-z_]\\w*)\\s*=[^;=]*(?:->|\\.)${field}\\s*;`).exec(text)?.[1];
	const [data, end] = [named("data"), named("data_end")];
	return { ...(data ? { data } : {}), ...(end ? { end } : {}) };
}

/** The name of the context in the entry function. */
function contextName(place: Place, { around }: Site): string | undefined {
	if (around.name !== place.program.spec.name) return undefined;
	return /([A-Za-z_]\w*)\s*$/.exec(around.parameters)?.[1];
}

/** A packet pointer with a name, and how many bytes behind it are needed. */
function packetPointer(place: Place, site: Site): { name: string; need: number } | undefined {
	const call = isCall(place);
	const { pointer, offset, size } = access(place);
	const register = call ? namedRegister(place) : pointer;
	const view = place.registers.get(register ?? -1);
	if (register === undefined || view?.type !== PTR_TO_PACKET) return undefined;
	const need = call ? (sizeOfArgument(place, register) ?? 0) : offset + size;
	const own = variableOf(place, register);
	if (own !== undefined) return { name: own, need };
	const twin = [...place.registers.values()].find(
		(r) => r.type === PTR_TO_PACKET && r.id === view.id && r !== view && variableOf(place, r.index),
	);
	if (twin) return { name: variableOf(place, twin.index) ?? "", need: need + view.off - twin.off };
	const { data } = packetNames(site);
	const context = contextName(place, site);
	const base = data ?? (context && `(void *)(long)${context}->data`);
	return base && view.id === 0 ? { name: base, need: need + view.off } : undefined;
}

function sizeOfArgument(place: Place, register: number): number | undefined {
	const size = place.registers.get(register + 1);
	return size?.type === SCALAR_VALUE && size.umax[0] === 0 ? size.umax[1] : undefined;
}

function packetCheck(place: Place, site: Site, name: string, need: number): string[] | undefined {
	const { c, around } = site;
	const { end } = packetNames(site);
	const context = contextName(place, site);
	const limit = end ?? (context && `(void *)(long)${context}->data_end`);
	if (limit === undefined) return undefined;
	const text = c.plain.slice(around.start, around.end);
	const isStruct = new RegExp(`\\bstruct\\s+\\w+\\s*\\*\\s*${name}\\b`).test(text);
	const member = isStruct && new RegExp(`\\b${name}\\s*->`).test(textOf(site));
	const top = member ? `(void *)(${name} + 1)` : `(void *)${name} + ${need}`;
	const bare = name.startsWith("(") || new RegExp(`\\bvoid\\s*\\*\\s*${name}\\b`).test(text);
	return check(
		site,
		`${bare && !member ? `${name} + ${need}` : top} > ${limit}`,
		leaveText(place, site),
	);
}

function provePacket(place: Place): Mend | undefined {
	const site = siteOf(place);
	const packet = site && packetPointer(place, site);
	if (!site || !packet || packet.need <= 0) return undefined;
	const lines = packetCheck(place, site, packet.name, packet.need);
	const what = packet.name.startsWith("(") ? "the start of the packet" : packet.name;
	return lines && { title: `Prove ${packet.need} bytes from ${what}`, edits: before(site, lines) };
}

/** An index in brackets that is no constant: the array before it, and where the index stands. */
function subscriptOf({ c, statement }: Site) {
	const text = c.plain.slice(statement.start, statement.end);
	for (const found of text.matchAll(/([A-Za-z_]\w*)\s*\[([^[\]]*)\]/g)) {
		const [whole, array = "", index = ""] = found;
		if (/^\s*(0x)?[\da-fA-F]*\s*$/.test(index) || /^\s*[A-Z][A-Z0-9_]*\s*$/.test(index)) continue;
		const start = statement.start + found.index + whole.indexOf("[") + 1;
		return { array, index: index.trim(), start, end: start + index.length };
	}
	return undefined;
}

/** Elements of an array: as it is declared, or by the bytes that are there. */
function elementsOf(place: Place, { c }: Site, array: string): string | undefined {
	const declared = new RegExp(
		`(?:[A-Za-z_]\\w*|\\*)\\s+\\**${array}\\s*\\[\\s*([^\\]\\s][^\\]]*?)\\s*\\]\\s*[;=,]`,
	).exec(c.plain)?.[1];
	if (declared !== undefined) return declared;
	const view = place.registers.get(access(place).pointer);
	if (!view || view.size === 0 || isCall(place)) return undefined;
	const stride = view.mask[1] === 0 ? 1 : view.mask[1] & -view.mask[1];
	const room = view.size - view.off - access(place).offset - access(place).size;
	return room < 0 ? undefined : `${Math.floor(room / stride) + 1}`;
}

/** Leaves when a variable is too large for the array; keeps another index within it by a mask. */
function boundIndex(place: Place): Mend | undefined {
	const site = siteOf(place);
	const subscript = site && subscriptOf(site);
	const count = subscript && elementsOf(place, site, subscript.array);
	if (!site || !subscript || count === undefined) return undefined;
	const { index, array, start, end } = subscript;
	if (/^[A-Za-z_]\w*$/.test(index)) {
		const unsigned = isUnsigned(site, index);
		const condition = `${unsigned ? "" : "(__u32)"}${index} >= ${count}`;
		const lines = check(site, condition, leaveText(place, site));
		return { title: `Leave when ${index} is beyond ${array}`, edits: before(site, lines) };
	}
	const number = Number(count);
	if (!Number.isInteger(number) || (number & (number - 1)) !== 0) return undefined;
	const text = /^[\w.>()-]+$/.test(index) ? index : `(${index})`;
	const edit = site.c.edit(start, end, `${text} & ${number - 1}`);
	return { title: `Keep the index of ${array} below ${number}`, edits: [edit] };
}

const UNSIGNED =
	"(?:__u(?:8|16|32|64)|u(?:8|16|32|64)|uint(?:8|16|32|64)_t|size_t|unsigned(?:\\s+\\w+)?)";

function isUnsigned({ c, around }: Site, name: string): boolean {
	const text = `${around.parameters};${c.plain.slice(around.start, around.end)}`;
	return new RegExp(`\\b${UNSIGNED}\\s+(?:[\\w\\s=,+*-]*,\\s*)?${name}\\b`).test(text);
}

/** The bytes that the memory in a register has from there on. */
function roomOf(view: RegView | undefined): number {
	if (!view) return 0;
	return view.type === PTR_TO_STACK ? -(view.off + view.value[1]) : view.size - view.off;
}

/** Clamps the variable that is passed as size to the memory that is passed before it. */
function boundSize(place: Place): Mend | undefined {
	const site = siteOf(place);
	const register = namedRegister(place) ?? 0;
	const range = argumentRange(place, register);
	const room = declaredRoom(place, site, register) ?? roomOf(place.registers.get(register - 1));
	const proto = helperById(insnAt(place.code, place.pc).imm);
	if (!site || !range || !proto || room <= 0) return undefined;
	const text = site.c.text.slice(range.start, range.end);
	const simple = /^[A-Za-z_]\w*$/.test(text);
	// A comparison that the verifier did not learn from is of no use a second time.
	const earlier = site.c.plain.slice(site.around.start, site.statement.start);
	if (!simple || earlier.includes(`${text} > ${room}`)) {
		const mask = 2 ** Math.floor(Math.log2(room)) - 1;
		const edit = site.c.edit(range.start, range.end, `${simple ? text : `(${text})`} & ${mask}`);
		return { title: `Keep the size up to ${mask}`, edits: [edit] };
	}
	const lines = [
		`if (${isUnsigned(site, text) ? "" : "(__u32)"}${text} > ${room})`,
		`${site.c.step}${text} = ${room};`,
	];
	return { title: `Keep ${text} up to ${room}`, edits: before(site, lines) };
}

/** The declared bytes of a local array that is passed as memory: the frame may have more behind it. */
function declaredRoom(place: Place, site: Site | undefined, register: number): number | undefined {
	const range = argumentRange(place, register - 1);
	const name =
		range && /^&?([A-Za-z_]\w*)$/.exec(site?.c.text.slice(range.start, range.end) ?? "")?.[1];
	if (!site || name === undefined) return undefined;
	const found = new RegExp(`\\b(?:char|__u8|u8|uint8_t)\\s+${name}\\s*\\[\\s*(\\d+)\\s*\\]`).exec(
		site.c.plain,
	);
	return found ? Number(found[1]) : undefined;
}

function leaveWhenZero(place: Place): Mend | undefined {
	const site = siteOf(place);
	const range = argumentRange(place, namedRegister(place) ?? 0);
	const text = range && site?.c.text.slice(range.start, range.end);
	if (!site || text === undefined || !/^[A-Za-z_]\w*$/.test(text)) return undefined;
	const lines = check(site, `!${text}`, leaveText(place, site));
	return { title: `Leave when ${text} is 0`, edits: before(site, lines) };
}

/** What makes a pointer of the number again, or keeps the number from being used. */
function readAgain(place: Place): Mend | undefined {
	const lost = lostPointer(place);
	if (lost?.kind === "null") return leaveWhenNull(place, lost.register);
	if (lost?.kind === "released") return dropCall(place);
	if (lost?.kind === "moved" && lost.pc !== undefined) return packetAgain(place, lost.pc);
	const register = isCall(place) ? namedRegister(place) : access(place).pointer;
	if (place.registers.get(register ?? -1)?.type !== SCALAR_VALUE) return undefined;
	return probe(place, register ?? 0);
}

/** Variables of the function whose values come from the packet's start or end, in order, with how they were made. */
function packetVariables({ c, around, statement }: Site): { name: string; value: string }[] {
	const text = c.plain.slice(around.start, statement.start);
	const out: { name: string; value: string }[] = [];
	for (const found of text.matchAll(/([A-Za-z_]\w*)\s*=(?!=)\s*([^;=]+);/g)) {
		const [, name = "", value = ""] = found;
		const known = out.some((v) => new RegExp(`\\b${v.name}\\b`).test(value));
		if (/(->|\.)data(_end|_meta)?\b/.test(value) || (known && !value.includes("->")))
			out.push({ name, value });
	}
	return out;
}

/** Sets the packet's pointers again behind the call that may move it, and compares the one that is used. */
function packetAgain(place: Place, pc: number): Mend | undefined {
	const site = siteOf(place, lineOf(place, pc));
	const use = siteOf(place);
	if (!site?.statement.inBlock || !use) return undefined;
	const again = packetVariables(site);
	const used = again.findLast((v) => new RegExp(`\\b${v.name}\\b`).test(textOf(use)));
	const call = isCall(place);
	const { offset, size } = access(place);
	const need = call ? sizeOfArgument(place, namedRegister(place) ?? 0) : offset + size;
	const checked = used && need && packetCheck(place, use, used.name, need);
	if (again.length < 2 || !used || !checked) return undefined;
	return {
		title: `Read ${used.name} again after ${calleeAt(place, pc)}`,
		edits: behind(site, [...again.map((v) => `${v.name} = ${v.value};`), ...checked]),
	};
}

/** `p->a->b` as BPF_CORE_READ(p, a, b). */
function probe(place: Place, register: number): Mend | undefined {
	const site = siteOf(place);
	const name = variableOf(place, register);
	if (!site || isCall(place) || !access(place).load) return undefined;
	const { c, statement } = site;
	const text = c.plain.slice(statement.start, statement.end);
	const chains = [
		...text.matchAll(/(&\s*)?\b([A-Za-z_]\w*)((?:->[A-Za-z_]\w*)+)(?!\s*[[.(]|\s*=[^=]|\w|->)/g),
	];
	const found = chains.find(
		(m) => !m[1] && (name === undefined ? chains.length === 1 : m[2] === name),
	);
	if (!found) return undefined;
	const members = (found[3] ?? "").split("->").slice(1);
	const start = statement.start + found.index;
	const read = `BPF_CORE_READ(${[found[2], ...members].join(", ")})`;
	const edits = [c.edit(start, start + found[0].length, read)];
	if (!c.text.includes("bpf_core_read.h")) edits.unshift(include(c, "<bpf/bpf_core_read.h>"));
	return { title: `Read ${found[0]} with BPF_CORE_READ`, edits };
}

function include(c: CText, header: string): TextEdit {
	const last = [...c.text.matchAll(/^[ \t]*#[ \t]*include\b[^\n]*\n/gm)].at(-1);
	const at = last ? last.index + last[0].length : 0;
	return c.edit(at, at, `#include ${header}\n`);
}

/** The statement of the rejected call, alone on its lines, away. */
export function dropCall(place: Place): Mend | undefined {
	const site = siteOf(place);
	const name = calleeAt(place, place.pc);
	if (!site || !new RegExp(`^${name}\\s*\\(`).test(textOf(site))) return undefined;
	return { title: `Remove this ${name}`, edits: [removed(site)] };
}

function removed({ c, statement }: Site) {
	const start = c.offset(c.lineOf(statement.start));
	const alone = c.text.slice(start, statement.start).trim() === "" && statement.inBlock;
	const rest = /^[ \t]*\n/.exec(c.text.slice(statement.end))?.[0].length;
	if (!alone || rest === undefined) return c.edit(statement.start, statement.end, ";");
	return c.edit(start, statement.end + rest, "");
}
