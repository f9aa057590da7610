// Function and line records that come with a program's BTF: do they fit the program (check_btf_info_early,
// check_btf_func and check_btf_line of the kernel).

import { resolveType } from "../btf/index.ts";
import type { Env } from "./env.ts";
import { EINVAL } from "./env.ts";
import { checkAbnormalReturn } from "./subprogs.ts";

function refuse(env: Env, message: string, end?: string): number {
	return env.fail(EINVAL, "program/btf-info", message, end);
}

/** Before the functions are known: the records by themselves. */
export function checkFunctionRecords(env: Env): number {
	const { functions, lines } = env.request;
	if (functions.length === 0 && lines.length === 0) return checkAbnormalReturn(env);
	if (!env.btf) return -EINVAL;
	if (functions.length === 0) return checkAbnormalReturn(env);
	let previous = 0;
	for (const [i, record] of functions.entries()) {
		const insn = record.insn >>> 0;
		// None of these ends its line.
		if (i === 0 ? insn !== 0 : insn <= previous)
			return refuse(
				env,
				i === 0
					? `nonzero insn_off ${insn} for the first func info record`
					: `same or smaller insn offset (${insn}) than previous func info record (${previous})`,
				"",
			);
		if (env.btf.types[record.typeId]?.kind !== "func")
			return refuse(env, `invalid type id ${record.typeId} in func info`, "");
		previous = insn;
	}
	return 0;
}

/** Once the functions are known: records and functions match, early exits return a number. */
export function checkBtfInfo(env: Env): number {
	const { functions, lines } = env.request;
	if (functions.length === 0) {
		const error = checkAbnormalReturn(env);
		if (error < 0 || lines.length === 0) return error;
	} else {
		const error = checkFunctions(env);
		if (error < 0) return error;
	}
	return checkLines(env);
}

function checkFunctions(env: Env): number {
	const { functions } = env.request;
	const { btf } = env;
	if (functions.length !== env.subprogs.length)
		return refuse(env, "number of funcs in func_info doesn't match number of subprogs");
	for (const [i, subprog] of env.subprogs.entries()) {
		if (subprog.start !== functions[i]?.insn)
			return refuse(env, "func_info BTF section doesn't match subprog layout in BPF program");
		const func = btf?.types[subprog.typeId];
		const proto = func?.kind === "func" ? btf?.types[func.type] : undefined;
		if (i === 0 || !btf || proto?.kind !== "func_proto") continue;
		const returns = resolveType(btf, proto.returns)?.type;
		const scalar =
			(returns?.kind === "int" && returns.size <= 8) ||
			returns?.kind === "enum" ||
			returns?.kind === "enum64";
		if (!scalar && subprog.hasLdAbs)
			return refuse(env, "LD_ABS is only allowed in functions that return 'int'.");
		if (!scalar && subprog.hasTailCall)
			return refuse(env, "tail_call is only allowed in functions that return 'int'.");
	}
	return 0;
}

function checkLines(env: Env): number {
	const { lines } = env.request;
	const { code, subprogs } = env;
	const length = env.btf?.stringLength ?? 0;
	if (lines.length === 0) return 0;
	let s = 0;
	let previous = 0;
	for (const [i, line] of lines.entries()) {
		const insn = line.insn >>> 0;
		if ((i > 0 && insn <= previous) || insn >= code.length)
			return refuse(
				env,
				`Invalid line_info[${i}].insn_off:${insn} (prev_offset:${previous} prog->len:${code.length})`,
			);
		if (code.opcode[line.insn] === 0)
			return refuse(env, `Invalid insn code at line_info[${i}].insn_off`);
		if (line.lineOff >>> 0 >= length || line.fileNameOff >>> 0 >= length)
			return refuse(env, `Invalid line_info[${i}].line_off or .file_name_off`);
		const start = subprogs[s]?.start;
		if (start !== undefined) {
			if (line.insn === start) s++;
			else if (start < line.insn) return refuse(env, `missing bpf_line_info for func#${s}`);
		}
		previous = line.insn;
	}
	if (s === subprogs.length) return 0;
	return refuse(
		env,
		`missing bpf_line_info for ${subprogs.length - s} funcs starting from func#${s}`,
	);
}
