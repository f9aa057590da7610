// Numbers that every source knows by name: those of the instruction encoding and macros, of the Linux user API, numbers of
// helpers (BPF_FUNC_*), offsets of fields (`xdp_md.data`). A definition of the user's own wins over them.

import { constants, helperByName, constant as linuxConstant, structField } from "../abi/index.ts";
import * as isa from "../isa/index.ts";

function encoding(): [string, bigint][] {
	const numbers: [string, bigint][] = [];
	for (const [name, value] of Object.entries(isa))
		if (name.startsWith("BPF_") && typeof value === "number") numbers.push([name, BigInt(value)]);
	for (let i = 0; i <= 10; i++) numbers.push([`BPF_REG_${i}`, BigInt(i)]);
	for (let i = 1; i <= 5; i++) numbers.push([`BPF_REG_ARG${i}`, BigInt(i)]);
	return numbers;
}

/** include/linux/filter.h and bpf_common.h: names that only macros use. */
const macroNumbers: Readonly<Record<string, number>> = {
	BPF_REG_CTX: 6,
	BPF_REG_FP: 10,
	BPF_REG_A: 0,
	BPF_REG_X: 7,
	BPF_REG_TMP: 8,
	BPF_TO_LE: 0,
	BPF_TO_BE: 8,
	MAX_BPF_STACK: 512,
};

const table: ReadonlyMap<string, bigint> = new Map([
	...encoding(),
	...Object.entries(macroNumbers).map(([name, value]) => [name, BigInt(value)] as const),
]);

/** The predefined number of this name. */
export function constant(name: string): bigint | undefined {
	const value = table.get(name) ?? linuxConstant(name)?.value;
	if (value !== undefined) return BigInt(value);
	if (name.startsWith("BPF_FUNC_")) return big(helperByName(name.slice(9))?.id);
	return name.includes(".") ? big(structField(name)?.offset) : undefined;
}

function big(n: number | undefined): bigint | undefined {
	return n === undefined ? undefined : BigInt(n);
}

/** Names for completion, with what kind of constant each is; those of the encoding left out. */
export function constantNames(): readonly { readonly name: string; readonly group: string }[] {
	return constants;
}
