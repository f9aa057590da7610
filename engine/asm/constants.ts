// Numbers that every source knows by name: those of the instruction encoding, and what programs return and pass most.
// A definition of the user's own wins over them.

import { helperByName } from "../abi/index.ts";
import * as isa from "../isa/index.ts";

function encoding(): [string, bigint][] {
	const numbers: [string, bigint][] = [];
	for (const [name, value] of Object.entries(isa))
		if (name.startsWith("BPF_") && typeof value === "number") numbers.push([name, BigInt(value)]);
	for (let i = 0; i <= 10; i++) numbers.push([`BPF_REG_${i}`, BigInt(i)]);
	for (let i = 1; i <= 5; i++) numbers.push([`BPF_REG_ARG${i}`, BigInt(i)]);
	return numbers;
}

const named: Readonly<Record<string, number>> = {
	BPF_REG_CTX: 6,
	BPF_REG_FP: 10,
	BPF_REG_A: 0,
	BPF_REG_X: 7,
	BPF_REG_TMP: 8,
	BPF_TO_LE: 0,
	BPF_TO_BE: 8,
	MAX_BPF_STACK: 512,
	BPF_ANY: 0,
	BPF_NOEXIST: 1,
	BPF_EXIST: 2,
	BPF_F_LOCK: 4,
	BPF_F_CURRENT_CPU: 0xffffffff,
	BPF_F_INGRESS: 1,
	BPF_F_RECOMPUTE_CSUM: 1,
	BPF_F_PSEUDO_HDR: 16,
	XDP_ABORTED: 0,
	XDP_DROP: 1,
	XDP_PASS: 2,
	XDP_TX: 3,
	XDP_REDIRECT: 4,
	TC_ACT_UNSPEC: -1,
	TC_ACT_OK: 0,
	TC_ACT_RECLASSIFY: 1,
	TC_ACT_SHOT: 2,
	TC_ACT_PIPE: 3,
	TC_ACT_STOLEN: 4,
	TC_ACT_REDIRECT: 7,
	SK_DROP: 0,
	SK_PASS: 1,
	ETH_HLEN: 14,
	ETH_P_IP: 0x0800,
	ETH_P_ARP: 0x0806,
	ETH_P_8021Q: 0x8100,
	ETH_P_IPV6: 0x86dd,
	IPPROTO_ICMP: 1,
	IPPROTO_TCP: 6,
	IPPROTO_UDP: 17,
	IPPROTO_ICMPV6: 58,
	AF_INET: 2,
	AF_INET6: 10,
};

const table: ReadonlyMap<string, bigint> = new Map([
	...encoding(),
	...Object.entries(named).map(([name, value]) => [name, BigInt(value)] as const),
]);

/** The predefined constant of this name; `BPF_FUNC_map_lookup_elem` and the like too. */
export function constant(name: string): bigint | undefined {
	const value = table.get(name);
	if (value !== undefined || !name.startsWith("BPF_FUNC_")) return value;
	const helper = helperByName(name.slice(9));
	return helper === undefined ? undefined : BigInt(helper.id);
}

/** Names for completion, those of the encoding left out. */
export function constantNames(): readonly string[] {
	return Object.keys(named);
}
