// What the kernel's own test programs say about themselves, in declaration tags of their BTF (`comment:test_...`): expected verdict
// and messages, load flags, companions. For tests only.

import { type Btf, decodeBtf } from "../btf/index.ts";

export interface Expectation {
	readonly verdict?: "success" | "failure";
	/** Texts that the log must have, in this order; `{{...}}` are regular expressions. */
	readonly messages: readonly string[];
	readonly logLevel: number;
	/** BPF_F_* to set and to clear. */
	readonly set: number;
	readonly clear: number;
	/** Loaded along with every other program of the object. */
	readonly auxiliary: boolean;
}

const flagNames: Record<string, number> = {
	BPF_F_STRICT_ALIGNMENT: 1,
	BPF_F_ANY_ALIGNMENT: 2,
	BPF_F_TEST_RND_HI32: 4,
	BPF_F_TEST_STATE_FREQ: 8,
	BPF_F_SLEEPABLE: 16,
	BPF_F_XDP_HAS_FRAGS: 32,
	BPF_F_TEST_REG_INVARIANTS: 128,
};

/** The tags of each function, by its name. */
function tagsOf(btf: Btf): Map<string, string[]> {
	const tags = new Map<string, string[]>();
	for (const type of btf.types) {
		if (type.kind !== "decl_tag" || type.component !== -1) continue;
		const target = btf.types[type.type];
		if (target?.kind !== "func" || !type.name.startsWith("comment:test_")) continue;
		const list = tags.get(target.name) ?? [];
		list.push(type.name.slice("comment:test_".length));
		tags.set(target.name, list);
	}
	return tags;
}

/** Expectations by the name of the program. */
export function expectations(bytes: Uint8Array | undefined): Map<string, Expectation> {
	const btf = bytes && decodeBtf(bytes).value;
	const found = new Map<string, Expectation>();
	for (const [name, tags] of btf ? tagsOf(btf) : []) found.set(name, read(tags));
	return found;
}

function read(tags: readonly string[]): Expectation {
	const all = (key: string) =>
		tags.filter((t) => t.startsWith(`${key}=`)).map((t) => t.slice(key.length + 1));
	const flags = all("prog_flags").map((text) => {
		const name = text.replace("!", "");
		return { clear: text.startsWith("!"), bits: flagNames[name] ?? (Number(name) || 0) };
	});
	const bits = (clear: boolean) =>
		flags.filter((f) => f.clear === clear).reduce((sum, f) => sum | f.bits, 0);
	const messages = all("expect_msg").map((text) => text.replace(/^\d+=/, ""));
	const elsewhere = all("arch").length > 0 && !all("arch").includes("X86_64");
	const said = tags.includes("expect_failure")
		? "failure"
		: tags.includes("expect_success") || messages.length > 0 || all("retval").length > 0
			? "success"
			: undefined;
	return {
		...(said && !elsewhere ? { verdict: said } : {}),
		messages,
		logLevel: Number(all("log_level")[0] ?? 1),
		set: bits(false),
		clear: bits(true),
		auxiliary: tags.includes("auxiliary"),
	};
}

/** The first of the expected messages that the log lacks behind those before it. */
export function missingMessage(log: string, messages: readonly string[]): string | undefined {
	let from = 0;
	for (const message of messages) {
		const found = new RegExp(pattern(message), "m").exec(log.slice(from));
		if (!found) return message;
		from += found.index + found[0].length;
	}
	return undefined;
}

function pattern(message: string): string {
	return message
		.split(/(\{\{.*?\}\})/)
		.map((part) =>
			part.startsWith("{{")
				? part.slice(2, -2).replace(/\[\[:(\w+):\]\]/g, (_, set) => classes[set] ?? ".")
				: part.replace(/[.[\]\\()*+?{}|^$/]/g, "\\$&"),
		)
		.join("");
}

const classes: Record<string, string> = { space: "\\s", digit: "\\d", alpha: "[a-zA-Z]" };
