// Clang's groups of warnings: which of them a compilation shows, by the words behind `-W`. Knows nothing of what the warnings say.

import type { Diagnostic } from "../base/index.ts";

/** Group → the groups inside. */
const inside: Readonly<Record<string, string>> = {
	unused:
		"unused-but-set-variable unused-function unused-label unused-local-typedef unused-value unused-variable",
	"unused-value": "unused-comparison unused-result",
	"unused-variable": "unused-const-variable",
	uninitialized: "sometimes-uninitialized uninitialized-const-pointer",
	parentheses:
		"logical-op-parentheses logical-not-parentheses bitwise-op-parentheses shift-op-parentheses parentheses-equality dangling-else chained-comparison",
	format:
		"format-extra-args format-insufficient-args format-security format-zero-length format-invalid-specifier nonnull",
	"tautological-compare":
		"tautological-constant-compare tautological-pointer-compare tautological-overlap-compare tautological-bitwise-compare",
	"tautological-constant-compare": "tautological-constant-out-of-range-compare",
	"bool-conversion": "pointer-bool-conversion",
	implicit: "implicit-function-declaration implicit-int",
	"incompatible-pointer-types":
		"incompatible-pointer-types-discards-qualifiers incompatible-function-pointer-types",
	"constant-conversion": "bitfield-constant-conversion",
	"enum-conversion": "implicit-enum-enum-cast",
	conversion: "bool-conversion constant-conversion enum-conversion int-conversion sign-compare",
	deprecated: "deprecated-declarations deprecated-non-prototype",
	"loop-analysis": "for-loop-analysis",
	"self-assign": "self-assign-field",
	"address-of-temporary": "return-stack-address",
	pragmas: "unknown-pragmas ignored-pragmas",
	"unknown-attributes": "",
	attributes: "unknown-attributes ignored-attributes",
	extra: "missing-field-initializers sign-compare unused-parameter",
};

/** Shown without being asked for. */
const usual = new Set(
	[
		"array-bounds asm-operand-widths bitfield-constant-conversion builtin-macro-redefined c23-extensions c99-extensions",
		"compare-distinct-pointer-types conditional-type-mismatch constant-conversion constant-logical-operand dangling-else",
		"deprecated-declarations deprecated-non-prototype division-by-zero duplicate-decl-specifier empty-body enum-compare",
		"enum-too-large excess-initializers extra-tokens format format-extra-args format-insufficient-args",
		"format-security format-invalid-specifier gnu-folding-constant header-copy ignored-attributes ignored-pragmas implicit-enum-enum-cast",
		"implicit-function-declaration implicit-int implicitly-unsigned-literal chained-comparison",
		"incompatible-function-pointer-types incompatible-pointer-types",
		"incompatible-pointer-types-discards-qualifiers initializer-overrides int-conversion int-to-pointer-cast integer-overflow",
		"invalid-noreturn invalid-pp-token literal-conversion logical-not-parentheses macro-redefined memset-transposed-args missing-declarations",
		"multichar null-dereference parentheses parentheses-equality pointer-bool-conversion",
		"pointer-integer-compare pointer-sign pointer-to-int-cast pointer-type-mismatch pragma-once-outside-header",
		"return-mismatch return-stack-address return-type shift-count-negative shift-count-overflow shift-negative-value",
		"shift-op-parentheses shift-overflow sizeof-array-argument sizeof-pointer-div sizeof-pointer-memaccess string-compare",
		"string-plus-int switch switch-bool sync-fetch-and-nand-semantics-changed tautological-compare tautological-constant-out-of-range-compare",
		"tautological-pointer-compare undefined-internal unknown-attributes unknown-escape-sequence unused-comparison",
		"unused-result unused-value visibility void-ptr-dereference #pragma-messages #warnings",
	].flatMap((line) => line.split(" ")),
);

/** Shown by -Wall. */
const more = new Set(
	[
		"bitwise-op-parentheses for-loop-analysis logical-op-parentheses misleading-indentation missing-braces self-assign",
		"self-assign-field sometimes-uninitialized tautological-bitwise-compare tautological-overlap-compare uninitialized",
		"uninitialized-const-pointer unknown-pragmas unused-but-set-variable unused-const-variable unused-function unused-label",
		"unused-local-typedef unused-variable",
	].flatMap((line) => line.split(" ")),
);

/** Shown by -Wextra. */
const extra = new Set(["missing-field-initializers", "sign-compare", "unused-parameter"]);

/** Errors unless -Wno-error=… or -Wno-… says otherwise. */
const errors = new Set([
	"chained-comparison",
	"implicit-function-declaration",
	"implicit-int",
	"incompatible-function-pointer-types",
	"incompatible-pointer-types",
	"int-conversion",
	"return-mismatch",
]);

/** Whether what is said under this name is an error unless somebody asks for less. */
export function isErrorGroup(name: string): boolean {
	return errors.has(name);
}

/** A group with all that are inside. */
export function groupsIn(group: string): string[] {
	const inner = inside[group]?.split(" ").filter((g) => g !== "") ?? [];
	return [group, ...inner.flatMap(groupsIn)];
}

/** The groups of what -Wall, -Wextra and -Weverything name. */
function named(word: string): string[] {
	if (word === "all" || word === "most") return [...more, ...usual];
	if (word === "extra") return [...extra];
	if (word === "everything") return [...usual, ...more, ...extra, ...Object.keys(inside), ...off];
	return groupsIn(word);
}

/** Known, and shown when asked for by name. */
const off = ["format-zero-length", "ordered-compare-pointer-zero"];

function isGroup(name: string): boolean {
	return usual.has(name) || more.has(name) || extra.has(name) || off.includes(name);
}

/** What the words behind `-W` ask for, the last word on a group counting: `all`, `no-unused`, `error`, `error=format`. */
export class Shown {
	readonly #on = new Set(usual);
	readonly #strict = new Set(errors);
	readonly #lenient = new Set<string>();
	readonly #quiet: boolean;
	#all = false;

	/** `quiet` shows no warning at all (-w). */
	constructor(words: readonly string[] = [], quiet = false) {
		this.#quiet = quiet;
		for (const word of words) this.#word(word);
	}

	#word(word: string): void {
		const no = word.startsWith("no-");
		const rest = no ? word.slice(3) : word;
		if (rest === "error") this.#all = !no;
		else if (rest.startsWith("error=")) for (const g of named(rest.slice(6))) this.#raise(g, !no);
		else
			for (const group of named(rest))
				if (no) this.#on.delete(group);
				else this.#on.add(group);
	}

	#raise(group: string, raised: boolean): void {
		if (raised) {
			this.#on.add(group);
			this.#strict.add(group);
			this.#lenient.delete(group);
		} else {
			this.#strict.delete(group);
			this.#lenient.add(group);
		}
	}

	/** Whether any of these is shown: what looks for them may be left out otherwise. */
	any(...groups: string[]): boolean {
		return !this.#quiet && groups.some((g) => this.#on.has(g));
	}

	/** How a warning of a group is shown, undefined for not at all. What is in no group is always shown. */
	severity(group: string): "warning" | "error" | undefined {
		if (isGroup(group) && !this.#on.has(group)) return undefined;
		if (errors.has(group) && this.#strict.has(group)) return "error";
		if (this.#quiet) return undefined;
		if (this.#strict.has(group)) return "error";
		return this.#all && !this.#lenient.has(group) ? "error" : "warning";
	}
}

/** What clang writes behind a message: ` [-Wgroup]`, ` [-Werror,-Wgroup]`; nothing behind what is in no group. */
export function groupText(d: Diagnostic): string {
	const group = d.id.replace(/^cc\//, "");
	if (!isGroup(group) || d.unsupported !== undefined) return "";
	const raised = d.severity === "error" && !errors.has(group);
	// Clang has no name of its own for this one.
	if (group === "chained-comparison") return " [-Wparentheses]";
	return raised ? ` [-Werror,-W${group}]` : ` [-W${group}]`;
}
