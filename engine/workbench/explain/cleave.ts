// Mends of C that have to do with leaving: what is to be given back or unlocked before, what is returned; and with the head of the file:
// licence and section.

import { flowOf } from "../../cfg/index.ts";
import { insnAt } from "../../isa/index.ts";
import { CALL } from "../jumps.ts";
import { before, dropCall, type Site, siteOf, textOf } from "./cmend.ts";
import type { CText } from "./ctext.ts";
import { type Mend, type Mends, releaseOf } from "./mending.ts";
import { firstOf } from "./names.ts";
import { calleeAt, lineOf, type Place } from "./place.ts";

/** By class of rejection. */
export const leaveMends: Mends = {
	"reference/leak": release,
	"reference/not-held": dropCall,
	"dynptr/not-held": dropCall,
	"lock/held-at-exit": unlock,
	"lock/misuse": dropLock,
	"region/unmatched": dropCall,
	"return/out-of-range": clampReturn,
	"helper/gpl-only": relicense,
	"kfunc/gpl-only": relicense,
	"btf/access": relicense,
	"attach/target": relicense,
	"helper/sleeps": sleepable,
	"kfunc/sleeps": sleepable,
	"callback/not-static": makeStatic,
	"limit/jumps": boundLoop,
	"limit/instructions": boundLoop,
	"loop/infinite": boundLoop,
};

/** The return that the path takes last. Returns that do the same are one instruction, whose line is only one of theirs: the last branch
 *  says more when what it leads to is a return. */
function leaving(place: Place): Site | undefined {
	const { code, path } = place;
	const fork = path.findLastIndex((pc) => flowOf(code, pc) === "branch");
	const asked = fork < 0 ? undefined : siteOf(place, lineOf(place, path[fork] ?? 0));
	const body = asked && /^if\b/.test(textOf(asked)) ? returnBehind(asked) : undefined;
	const passed = asked && path.slice(fork + 1).some((pc) => isBehind(place, asked, pc));
	if (body && !passed) return body;
	for (let i = path.length - 1; i > fork; i--) {
		const site = siteOf(place, lineOf(place, path[i] ?? 0));
		if (site && /^return\b/.test(textOf(site))) return site;
	}
	return undefined;
}

/** Whether the instruction comes from what stands behind the whole statement, and is not merely the function's last return. */
function isBehind(place: Place, { c, statement }: Site, pc: number): boolean {
	const site = siteOf(place, lineOf(place, pc));
	if (!site || site.statement.start < statement.whole) return false;
	return !/^return\b/.test(c.text.slice(site.statement.start, site.statement.end));
}

/** The return that stands alone behind an `if`, with braces or without. */
function returnBehind({ c, statement, around }: Site): Site | undefined {
	const at = /^\s*\{?\s*/.exec(c.plain.slice(statement.end))?.[0].length ?? 0;
	const body = c.statementAt(statement.end + at);
	if (!body || !/^return\b/.test(c.text.slice(body.start, body.end))) return undefined;
	return { c, statement: body, around };
}

/** Gives back before the return, when there is something. */
function release(place: Place): Mend | undefined {
	const pc = Number(/alloc_insn=(\d+)/.exec(place.messages.join("\n"))?.[1]);
	const made = Number.isNaN(pc) ? undefined : siteOf(place, lineOf(place, pc));
	const end = leaving(place);
	if (!made || !end || made.around.start !== end.around.start) return undefined;
	const call = calleeAt(place, pc);
	const by = releaseOf(call);
	const flags = by?.flags ? ", 0" : "";
	if (!by) return undefined;
	if (by.byAddress !== undefined) {
		const range = made.c.argumentsAt(made.statement.start, call)?.[by.byAddress];
		const address = range && made.c.text.slice(range.start, range.end);
		const lines = address && [`${by.name}(${address}${flags});`];
		return lines ? { title: `Give back ${address}`, edits: before(end, lines) } : undefined;
	}
	const name = /([A-Za-z_]\w*)\s*=[^=]/.exec(textOf(made))?.[1];
	if (name === undefined) return undefined;
	const between = made.c.plain.slice(made.statement.end, end.statement.start);
	const checked = new RegExp(`!\\s*${name}\\b|\\b${name}\\s*==\\s*(NULL|0)`).test(
		made.c.plain.slice(made.statement.start, made.statement.end) + between,
	);
	const line = `${by.name}(${name}${flags});`;
	const lines = checked ? [line] : [`if (${name})`, `${end.c.step}${line}`];
	return { title: `Give back ${name} before the return`, edits: before(end, lines) };
}

const unlocks: readonly (readonly [words: string, lock: string, unlock: string])[] = [
	["bpf_spin_lock-ed", "bpf_spin_lock", "bpf_spin_unlock"],
	["bpf_local_irq_save-ed", "bpf_local_irq_save", "bpf_local_irq_restore"],
	["bpf_rcu_read_lock-ed", "bpf_rcu_read_lock", "bpf_rcu_read_unlock"],
	["bpf_preempt_disable-ed", "bpf_preempt_disable", "bpf_preempt_enable"],
];

/** Unlocks before the return what was locked, with the same text as argument. */
function unlock(place: Place): Mend | undefined {
	const found = unlocks.find(([words]) => place.message.includes(words));
	const end = leaving(place);
	if (!found || !end) return undefined;
	const [, lock, open] = found;
	const pc = lastCall(place, lock);
	const taken = pc === undefined ? undefined : siteOf(place, lineOf(place, pc));
	const ranges = taken?.c.argumentsAt(taken.statement.start, lock);
	if (!taken || !ranges || taken.around.start !== end.around.start) return undefined;
	const text = ranges.map(({ start, end: to }) => taken.c.text.slice(start, to)).join(", ");
	return { title: `Call ${open} before the return`, edits: before(end, [`${open}(${text});`]) };
}

function lastCall(place: Place, name: string): number | undefined {
	return place.path.findLast(
		(pc) => insnAt(place.code, pc).opcode === CALL && calleeAt(place, pc) === name,
	);
}

/** A lock that is held already is not taken again, and what is not held is not unlocked. */
function dropLock(place: Place): Mend | undefined {
	const words = /same lock again|without taking a lock/;
	return words.test(place.message) ? dropCall(place) : undefined;
}

/** What is returned, within the range that the kernel's line names. */
function clampReturn(place: Place): Mend | undefined {
	const site = leaving(place);
	const range = /should have been in \[(-?\d+), (-?\d+)\]/.exec(place.message);
	const found = site && /^return\s+([\s\S]*?)\s*;$/.exec(textOf(site));
	if (!site || !range || !found?.[1]) return undefined;
	const [low, high] = [Number(range[1]), Number(range[2])];
	const known = /smin=(-?\d+) smax=\1 /.exec(place.message)?.[1];
	const value = found[1];
	const start = site.statement.start + found[0].lastIndexOf(value, found[0].length - 1);
	const put = (text: string): Mend => ({
		title: low === high ? `Return ${low}` : `Return ${low} to ${high} only`,
		edits: [site.c.edit(start, start + value.length, text)],
	});
	if (low === high) return put(`${low}`);
	const simple = /^-?\w+$/.test(value);
	if (known !== undefined && simple && !/^[a-z_]/.test(value))
		return put(`${Math.min(Math.max(Number(known), low), high)}`);
	if (low === 0 && (high & (high + 1)) === 0)
		return put(high === 1 ? `!!${simple ? value : `(${value})`}` : `(${value}) & ${high}`);
	if (!/^[A-Za-z_]\w*$/.test(value)) return undefined;
	return put(
		`${value} < ${low} || ${value} > ${high} ? ${Math.min(high, Math.max(low, 0))} : ${value}`,
	);
}

/** The licence, where that is what the kernel asks for. */
function relicense(place: Place): Mend | undefined {
	const { c } = place;
	const asked = place.messages.some((m) => /GPL/.test(m));
	if (!c || !asked) return undefined;
	const found = /SEC\s*\(\s*"license"\s*\)[^=;]*=\s*("[^"\n]*")/.exec(c.text);
	const title = "License the program under the GPL";
	if (found?.[1] !== undefined) {
		const start = found.index + found[0].length - found[1].length;
		return { title, edits: [c.edit(start, start + found[1].length, '"GPL"')] };
	}
	const end = c.text.length;
	const lead = c.text.endsWith("\n") ? "\n" : "\n\n";
	return { title, edits: [c.edit(end, end, `${lead}char LICENSE[] SEC("license") = "GPL";\n`)] };
}

const CAN_SLEEP =
	/^\??(?:fentry|fexit|fmod_ret|lsm|iter|uprobe|uretprobe|uprobe\.multi|struct_ops)(?=\/|$)/;

/** The section's sleepable form, where the program may sleep by its kind. */
function sleepable(place: Place): Mend | undefined {
	const { c, program } = place;
	const { section } = program.spec;
	const stem = CAN_SLEEP.exec(section)?.[0];
	if (!c || stem === undefined || / region$/.test(place.message)) return undefined;
	const at = c.text.indexOf(`"${section}"`);
	if (at < 0) return undefined;
	const start = at + 1 + stem.length;
	return { title: "Make the program sleepable", edits: [c.edit(start, start, ".s")] };
}

/** `static` before the function that is passed as callback. */
function makeStatic(place: Place): Mend | undefined {
	const { c, program } = place;
	const target = calledBack(place);
	const name = program.spec.functions.find((f) => f.insn === target)?.name;
	const found =
		c &&
		name &&
		new RegExp(`^([A-Za-z_][\\w \\t*]*)\\b${name}\\s*\\([^;{]*\\)\\s*\\{`, "m").exec(c.plain);
	if (!c || !found) return undefined;
	return { title: `Make ${name} static`, edits: [c.edit(found.index, found.index, "static ")] };
}

function calledBack({ code, pc }: Place): number {
	return pc + 1 + insnAt(code, pc).imm;
}

/** A bound on a loop that has none: `while (...)` and `for (...)` get one that the verifier can count. */
function boundLoop(place: Place): Mend | undefined {
	const { c } = place;
	const loop = c && loopAround(place, c);
	if (!c || !loop) return undefined;
	const indent = c.indent(loop.start);
	const counter = "turns";
	if (new RegExp(`\\b${counter}\\b`).test(c.plain)) return undefined;
	const declaration = `int ${counter} = 0;\n\n${indent}`;
	const raw = c.text.slice(loop.open, loop.close);
	const condition = raw.trim();
	const lead = /^\s+/.exec(raw)?.[0] ?? (c.text[loop.open - 1] === ";" ? " " : "");
	const always = condition === "" || condition === "1" || condition === "true";
	const text = always ? `${counter}++ < 256` : `${counter}++ < 256 && (${condition})`;
	return {
		title: "Bound the loop to 256 turns",
		edits: [
			c.edit(loop.start, loop.start, declaration),
			c.edit(loop.open, loop.close, `${lead}${text}`),
		],
	};
}

/** The loop around the rejected instruction, or the last one on its path: its start and the place of its condition. */
function loopAround(
	place: Place,
	c: CText,
): { start: number; open: number; close: number } | undefined {
	const seen = new Set<number>();
	for (let i = place.path.length - 1; i >= 0 && seen.size < 40; i--) {
		const line = lineOf(place, place.path[i] ?? 0);
		if (line === undefined || seen.has(line)) continue;
		seen.add(line);
		const statement = c.statementAt(firstOf(c, line));
		const head = statement && c.plain.slice(statement.start, statement.end);
		if (!statement?.inBlock || !head) continue;
		const start = statement.start;
		const plain = /^while\s*\(/.exec(head);
		if (plain) return { start, open: start + plain[0].length, close: statement.end - 1 };
		const counted = /^for\s*\([^;]*;([^;]*);/.exec(head);
		if (counted)
			return {
				start,
				open: start + counted[0].length - 1 - (counted[1] ?? "").length,
				close: start + counted[0].length - 1,
			};
	}
	return undefined;
}
