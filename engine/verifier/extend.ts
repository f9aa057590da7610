// Programs that are attached to other programs: extensions, which take the place of a global function, and tracing programs at a
// function's entry or end (the part of bpf_check_attach_target with a target program, btf_check_func_type_match of the kernel).

import { type Btf, type BtfType, resolveType } from "../btf/index.ts";
import type { AttachTarget, TargetFunction } from "../object/index.ts";
import type { Env } from "./env.ts";
import { EINVAL } from "./env.ts";
import type { Target } from "./kernelnames.ts";
import { kindWord } from "./kindword.ts";
import { checkProto, protoOf } from "./traced.ts";

const TRACING = 26;
const EXT = 28;
const FENTRY = 24;
const FEXIT = 25;
const MODIFY_RETURN = 26;
const LSM = 29;
const LSM_CGROUP = 43;
/** Attach types whose context ends with what the function returned: fexit and those of security hooks. */
const readsResult = new Set([FEXIT, 27, LSM_CGROUP]);

const isExtension = (env: Env) => env.request.type === EXT;

function refuse(env: Env, message: string, reason = "attach/program"): number {
	return env.fail(EINVAL, reason, message);
}

/** Whether the program may be attached to function `id` of `target`, which its BTF calls `name`. */
export function checkTargetProgram(
	env: Env,
	target: AttachTarget,
	id: number,
	name: string,
): TargetFunction | number {
	const at = target.functions.find((f) => f.typeId === id);
	if (!at) return refuse(env, `Subprog ${name} doesn't exist`);
	const extension = isExtension(env);
	if (at.exceptionCallback)
		return refuse(
			env,
			`${extension ? "Extension" : "FENTRY/FEXIT"} programs cannot attach to exception callback`,
		);
	const effects = extension ? checkEffects(env, at) : 0;
	if (effects < 0) return effects;
	if (!target.jited) return refuse(env, "Can attach to only JITed progs");
	if (env.request.type === TRACING) {
		if (target.nested) return refuse(env, "Cannot nest tracing program attach more than once");
	} else if (target.type === env.request.type) return refuse(env, "Cannot recursively attach");
	const traces = target.expectedAttachType === FENTRY || target.expectedAttachType === FEXIT;
	if (extension && target.type === TRACING && traces)
		return refuse(env, "Cannot extend fentry/fexit");
	return at;
}

/** What callers of the function rely on must hold for what takes its place. */
function checkEffects(env: Env, at: TargetFunction): number {
	const own = env.subprogs[0];
	if (at.unreliable) return refuse(env, "Cannot replace static functions", "attach/prototype");
	if (own?.changesPacket && !at.changesPacket)
		return refuse(
			env,
			"Extension program changes packet data, while original does not",
			"attach/effects",
		);
	if (own?.mightSleep && !at.mightSleep)
		return refuse(env, "Extension program may sleep, while original does not", "attach/effects");
	return 0;
}

/** Attaches the program to function `id` of a program: what it replaces, or what it finds in its context. */
export function attachToFunction(
	env: Env,
	target: AttachTarget,
	at: TargetFunction,
	btf: Btf,
	id: number,
): number {
	const func = btf.types[id];
	if (func?.kind !== "func") return refuse(env, `attach_btf_id ${id} is not a function`);
	const extension = isExtension(env);
	if (extension) {
		const error = checkMatch(env, btf, func);
		if (error < 0) return error;
	}
	const proto = protoOf(btf, func.type);
	if (!proto) return silent(env);
	const wrong = at.unreliable ? 0 : checkProto(env, btf, func.name, proto);
	if (wrong < 0) return wrong;
	if (env.sleepable) return refuse(env, `${func.name} is not sleepable`);
	const { expectedAttachType } = env.request;
	if (expectedAttachType === MODIFY_RETURN)
		return refuse(env, "can't modify return codes of BPF programs");
	const isVoid = proto.returns === 0;
	const cgroup = target.type === LSM && target.expectedAttachType === LSM_CGROUP;
	const made: Target = {
		name: func.name,
		params: proto.params,
		returns: proto.returns,
		special: [],
		trusted: false,
		hasResult: readsResult.has(expectedAttachType),
		skipped: 0,
		program: { btf, type: target.replaces ?? target.type, unreliable: at.unreliable },
		...(extension && cgroup ? { range: { min: isVoid ? 1 : 0, max: 1 } } : {}),
	};
	env.target = made;
	if (extension) env.takeOver(target);
	return 0;
}

/** Refused without a word. */
function silent(env: Env): number {
	env.failure ??= { errno: EINVAL, reason: "attach/program", pc: 0 };
	return -EINVAL;
}

const VOID: BtfType = { kind: "void" };

function behind(btf: Btf, id: number): BtfType {
	return resolveType(btf, id)?.type ?? VOID;
}

/** Number of elements in the head of a type. */
function elements(type: BtfType): number {
	if ("members" in type) return type.members.length;
	if ("values" in type) return type.values.length;
	return "params" in type ? type.params.length : 0;
}

/** The flag in the head of a type. */
function flag(type: BtfType): boolean {
	if (type.kind === "enum" || type.kind === "enum64") return type.signed;
	if (type.kind === "fwd") return type.union;
	return "members" in type && type.members.some((m) => m.bitSize > 0);
}

/** Whether two types have the same head: kind, number of elements, flag. */
function sameHead(a: BtfType, b: BtfType): boolean {
	return a.kind === b.kind && elements(a) === elements(b) && flag(a) === flag(b);
}

type Func = Extract<BtfType, { kind: "func" }>;

/** btf_check_type_match: this program's prototype against that of the function which it replaces. */
function checkMatch(env: Env, btf: Btf, theirs: Func): number {
	const say = (message: string) => refuse(env, message, "attach/prototype");
	const id = env.request.functions[0]?.typeId;
	if (id === undefined || !env.btf) return say("Program extension requires BTF");
	const own = env.btf.types[id];
	if (own?.kind !== "func") return silent(env);
	for (const func of [own, theirs])
		if (func.linkage !== "global") return say(`${func.name}() is not a global function`);
	const mine = protoOf(env.btf, own.type);
	const other = protoOf(btf, theirs.type);
	if (!mine || !other) return silent(env);
	const [n, m] = [mine.params.length, other.params.length];
	if (n !== m) return say(`${own.name}() has ${n} args while ${theirs.name}() has ${m} args`);
	const [a, b] = [behind(env.btf, mine.returns), behind(btf, other.returns)];
	if (!sameHead(a, b))
		return say(
			`Return type ${kindWord(a)} of ${own.name}() doesn't match type ${kindWord(b)} of ${theirs.name}()`,
		);
	for (const [i, param] of mine.params.entries()) {
		const left = { btf: env.btf, name: own.name, type: behind(env.btf, param.type) };
		const right = { btf, name: theirs.name, type: behind(btf, other.params[i]?.type ?? 0) };
		const trouble = mismatch(i, left, right);
		if (trouble !== undefined) return say(trouble);
	}
	return 0;
}

interface Side {
	readonly btf: Btf;
	/** Of the function. */
	readonly name: string;
	/** Of the argument. */
	readonly type: BtfType;
}

function mismatch(i: number, left: Side, right: Side): string | undefined {
	const { type: a, name } = left;
	const { type: b, name: other } = right;
	if (!sameHead(a, b))
		return `arg${i} in ${name}() is ${kindWord(a)} while ${other}() has ${kindWord(b)}`;
	if ("size" in a && "size" in b && a.size !== b.size)
		return `arg${i} in ${name}() has size ${a.size} while ${other}() has ${b.size}`;
	if (a.kind === "int" || a.kind === "enum" || a.kind === "enum64") return undefined;
	if (a.kind !== "ptr" || b.kind !== "ptr") return `arg${i} in ${name}() has unrecognized type`;
	const [to, with_] = [behind(left.btf, a.type), behind(right.btf, b.type)];
	for (const [side, type] of [
		[left, to],
		[right, with_],
	] as const)
		if (type.kind !== "struct" && type.kind !== "union")
			return `arg${i} in ${side.name}() is not a pointer to context`;
	const [s1, s2] = [to, with_].map((type) => ("name" in type ? type.name : ""));
	if (s1 === s2) return undefined;
	return `arg${i} ${name}(struct ${s1} *) doesn't match ${other}(struct ${s2} *)`;
}
