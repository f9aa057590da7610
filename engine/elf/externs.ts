// Undefined symbols of an object → what they stand for: a slot of the `.kconfig` map, a function or variable of the kernel, an
// address. The order and the layout are libbpf's (docs.kernel.org/bpf/libbpf/libbpf_overview.html).

import { type Diagnostic, utf8 } from "../base/index.ts";
import { type Btf, resolveType, sizeOf } from "../btf/index.ts";
import type { Relocatable } from "../object/index.ts";
import { typesCompatible } from "./core/compat.ts";
import { idOf, type Target } from "./core/relocate.ts";
import { essentialName } from "./core/spec.ts";
import type { KernelProfile } from "./kernel.ts";

/** What a reference to an extern becomes. */
export type Resolved =
	| { readonly kind: "kconfig"; readonly offset: number }
	/** Type id in the kernel's BTF. */
	| { readonly kind: "typed"; readonly id: number; readonly name: string }
	| { readonly kind: "address"; readonly value: bigint }
	/** A weak symbol that the kernel lacks; its number is what libbpf puts into the invalid call. */
	| { readonly kind: "missing"; readonly number: number }
	| { readonly kind: "fault"; readonly message: string; readonly unsupported?: string };

export interface Externs {
	/** By the index of the symbol. */
	readonly bySymbol: ReadonlyMap<number, Resolved>;
	/** Contents of the `.kconfig` map; absent when there are no such externs. */
	readonly kconfig?: Uint8Array;
	/** Where each `.kconfig` variable (BTF id) stands in it. */
	readonly places: ReadonlyMap<number, number>;
	readonly diagnostics: readonly Diagnostic[];
}

interface Extern {
	readonly symbol: number;
	readonly name: string;
	readonly weak: boolean;
	/** BTF id of the variable or function. */
	readonly id: number;
	readonly section: string;
	readonly size: number;
	readonly align: number;
}

/** Resolves the undefined symbols that BTF describes; the others are faults where they are used. */
export function resolveExterns(
	object: Relocatable,
	btf: Btf | undefined,
	kernel: KernelProfile,
	target: Target | undefined,
): Externs {
	const bySymbol = new Map<number, Resolved>();
	const places = new Map<number, number>();
	const externs: Extern[] = [];
	object.symbols.forEach((symbol, index) => {
		if (symbol.section !== undefined || symbol.name === "" || symbol.kind === "section") return;
		const found = btf && declared(btf, index, symbol.name, symbol.binding === "weak");
		if (typeof found === "object") externs.push(found);
		else bySymbol.set(index, unknown(symbol.name, found));
	});
	externs.sort(order);
	const kconfig = btf ? fillConfig(externs, btf, kernel, { bySymbol, places }) : undefined;
	externs.forEach((extern, number) => {
		if (btf && extern.section === ".ksyms")
			bySymbol.set(extern.symbol, kernelSymbol(extern, number, btf, kernel, target));
	});
	const faults = [...bySymbol].flatMap(([index, r]) =>
		r.kind === "fault" && object.symbols[index]?.binding !== "weak" && !r.unsupported ? [r] : [],
	);
	return { bySymbol, places, ...(kconfig ? { kconfig } : {}), diagnostics: faults.map(problem) };
}

function problem({ message }: { message: string }): Diagnostic {
	return { severity: "warning", id: "elf/extern", message };
}

function unknown(name: string, reason: string | undefined): Resolved {
	return {
		kind: "fault",
		message: `extern ${name}: ${reason ?? "the object has no BTF that describes it"}`,
	};
}

function declared(btf: Btf, symbol: number, name: string, weak: boolean): Extern | string {
	const id = btf.types.findIndex(
		(t) =>
			((t.kind === "var" && t.linkage === 2) || (t.kind === "func" && t.linkage === "extern")) &&
			t.name === name,
	);
	if (id < 0) return "the object has no BTF that describes it";
	const section = btf.types.find((t) => t.kind === "datasec" && t.vars.some((v) => v.type === id));
	if (section?.kind !== "datasec")
		return "nothing defines it; link the object that does, or declare it __ksym or __kconfig";
	if (section.name !== ".kconfig" && section.name !== ".ksyms")
		return `externs in section ${section.name} are not known; link the object that defines it`;
	const size = sizeOf(btf, id) ?? 0;
	const number = optionKind(btf, id)?.kind !== "string" && [1, 2, 4, 8].includes(size);
	return { symbol, name, weak, id, section: section.name, size, align: number ? size : 1 };
}

/** `.kconfig` first: by alignment, the largest first, then size, then name. */
function order(a: Extern, b: Extern): number {
	if (a.section !== b.section) return a.section === ".kconfig" ? -1 : 1;
	if (a.section === ".kconfig") {
		if (a.align !== b.align) return b.align - a.align;
		if (a.size !== b.size) return a.size - b.size;
	}
	return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

/** Largest `.kconfig` map: an array type in hostile BTF may have any length. */
const MOST_CONFIG = 1 << 20;

function fillConfig(
	externs: readonly Extern[],
	btf: Btf,
	kernel: KernelProfile,
	into: { bySymbol: Map<number, Resolved>; places: Map<number, number> },
): Uint8Array | undefined {
	const options = externs.filter((e) => e.section === ".kconfig");
	let length = 0;
	for (const extern of options) {
		const offset = Math.ceil(length / extern.align) * extern.align;
		into.places.set(extern.id, offset);
		into.bySymbol.set(extern.symbol, { kind: "kconfig", offset });
		length = offset + extern.size;
	}
	if (length === 0 || length > MOST_CONFIG) return undefined;
	const bytes = new Uint8Array(length);
	for (const extern of options) {
		const offset = into.places.get(extern.id) ?? 0;
		const fault = setOption(extern, btf, kernel, bytes.subarray(offset, offset + extern.size));
		if (fault === undefined) continue;
		const message = `extern ${extern.name}: ${fault}`;
		into.bySymbol.set(extern.symbol, { kind: "fault", message });
	}
	return bytes;
}

type OptionKind = "bool" | "char" | "int" | "tristate" | "string";

function optionKind(btf: Btf, id: number): { kind: OptionKind; signed: boolean } | undefined {
	const type = resolveType(btf, id)?.type;
	const plain = (kind: OptionKind) => ({ kind, signed: false });
	if (type?.kind === "int") {
		if (type.bool) return type.size === 1 ? plain("bool") : undefined;
		if (type.size === 1) return { kind: "char", signed: type.signed };
		return [2, 4, 8].includes(type.size) ? { kind: "int", signed: type.signed } : undefined;
	}
	if (type?.kind === "enum" || type?.kind === "enum64")
		return type.size === 4 && type.name === "libbpf_tristate" ? plain("tristate") : undefined;
	if (type?.kind === "array" && type.length > 0)
		return optionKind(btf, type.type)?.kind === "char" ? plain("string") : undefined;
	return undefined;
}

/** Fills one variable; a text is what is wrong. */
function setOption(
	extern: Extern,
	btf: Btf,
	kernel: KernelProfile,
	bytes: Uint8Array,
): string | undefined {
	const kind = optionKind(btf, extern.id);
	if (!kind) return "its type is not one of bool, char, integer, enum libbpf_tristate, char array";
	const special: Record<string, number> = {
		LINUX_KERNEL_VERSION: kernel.version,
		LINUX_HAS_BPF_COOKIE: kernel.bpfCookie ? 1 : 0,
		LINUX_HAS_SYSCALL_WRAPPER: kernel.syscallWrapper ? 1 : 0,
	};
	const number = Object.hasOwn(special, extern.name) ? special[extern.name] : undefined;
	if (number !== undefined) return setNumber(kind, BigInt(number), bytes, true);
	if (!extern.name.startsWith("CONFIG_")) {
		if (extern.name.startsWith("LINUX_") && extern.weak) return undefined;
		return "only CONFIG_ options and the LINUX_ values of libbpf can be asked for";
	}
	const text = Object.hasOwn(kernel.config, extern.name) ? kernel.config[extern.name] : undefined;
	if (text === undefined || text === "")
		return extern.weak ? undefined : "the kernel's configuration does not have it";
	return setText(kind, text, bytes);
}

type Kind = NonNullable<ReturnType<typeof optionKind>>;

function setText(kind: Kind, text: string, bytes: Uint8Array): string | undefined {
	if (text.startsWith('"')) return setString(kind, text, bytes);
	if (!/^[ynm]/.test(text)) {
		if (kind.kind !== "int" && kind.kind !== "char") return `value ${text} needs an integer type`;
		if (!/^-?(0[xX][0-9a-fA-F]+|\d+)$/.test(text)) return `value ${text} is not a number`;
		const negative = text.startsWith("-");
		const size = BigInt(text.replace("-", ""));
		return setNumber(kind, BigInt.asUintN(64, negative ? -size : size), bytes, false);
	}
	const letter = text[0] ?? "n";
	if (kind.kind === "bool") {
		if (letter === "m") return "value m needs a tristate or char type";
		bytes[0] = letter === "y" ? 1 : 0;
	} else if (kind.kind === "tristate") bytes[0] = { y: 1, m: 2 }[letter] ?? 0;
	else if (kind.kind === "char") bytes[0] = letter.charCodeAt(0);
	else return `value ${letter} needs a bool, tristate or char type`;
	return undefined;
}

function setString(kind: Kind, text: string, bytes: Uint8Array): string | undefined {
	if (kind.kind !== "string") return `value ${text} needs a char array`;
	if (text.length < 2 || !text.endsWith('"')) return `value ${text} has no closing quote`;
	bytes.set(utf8(text.slice(1, -1)).subarray(0, bytes.length - 1));
	return undefined;
}

function setNumber(
	kind: Kind,
	value: bigint,
	bytes: Uint8Array,
	orBool: boolean,
): string | undefined {
	if (kind.kind === "tristate" || kind.kind === "string" || (kind.kind === "bool" && !orBool))
		return `value ${value} needs an integer, char or bool type`;
	if (kind.kind === "bool" && value > 1n) return `value ${value} is not 0 or 1`;
	const bits = bytes.length * 8;
	const fits = kind.signed
		? BigInt.asIntN(bits, value) === BigInt.asIntN(64, value)
		: BigInt.asUintN(bits, value) === value;
	if (!fits) return `value ${value} does not fit in ${bytes.length} bytes`;
	for (let i = 0; i < bytes.length; i++) bytes[i] = Number((value >> BigInt(8 * i)) & 0xffn);
	return undefined;
}

/** A function or variable of the kernel. */
function kernelSymbol(
	extern: Extern,
	number: number,
	btf: Btf,
	kernel: KernelProfile,
	target: Target | undefined,
): Resolved {
	const type = btf.types[extern.id];
	if (type?.kind === "func") return kernelFunction(extern, number, type.type, btf, target);
	const wanted = resolveType(btf, extern.id);
	if (!wanted) return kernelAddress(extern, kernel);
	const id = target && idOf(target, extern.name, "var");
	if (id === undefined || !target) return lacking(extern, number, target, "extern");
	const own = resolveType(target.btf, id)?.id ?? 0;
	if (!typesCompatible(btf, wanted.id, target.btf, own)) {
		const types = `expected ${typeText(btf, wanted.id)}, but kernel has ${typeText(target.btf, own)}`;
		return {
			kind: "fault",
			message: `extern (var ksym) '${extern.name}': incompatible types, ${types}`,
		};
	}
	return { kind: "typed", id, name: extern.name };
}

function kernelFunction(
	extern: Extern,
	number: number,
	proto: number,
	btf: Btf,
	target: Target | undefined,
): Resolved {
	const id = target && idOf(target, essentialName(extern.name), "func");
	const type = id === undefined ? undefined : target?.btf.types[id];
	if (id === undefined || !target || type?.kind !== "func")
		return lacking(extern, number, target, "kfunc");
	if (typesCompatible(btf, proto, target.btf, type.type))
		return { kind: "typed", id, name: type.name };
	if (extern.weak) return { kind: "missing", number };
	return {
		kind: "fault",
		message: `extern (func ksym) '${extern.name}': func_proto [${proto}] incompatible with vmlinux [${type.type}]`,
	};
}

/** `[ID] KIND NAME`, as libbpf speaks of types. */
function typeText(btf: Btf, id: number): string {
	const type = btf.types[id];
	return `[${id}] ${type?.kind ?? "unknown"} ${type && "name" in type ? type.name : ""}`;
}

function lacking(
	extern: Extern,
	number: number,
	target: Target | undefined,
	what: "kfunc" | "extern",
): Resolved {
	if (extern.weak && target) return { kind: "missing", number };
	return {
		kind: "fault",
		message: `${what} ${extern.name} needs a kernel's BTF that has it`,
		unsupported: `${what} ${extern.name}`,
	};
}

/** `extern const void name __ksym`: its address alone. */
function kernelAddress(extern: Extern, kernel: KernelProfile): Resolved {
	const known = kernel.symbols;
	const value = known && Object.hasOwn(known, extern.name) ? known[extern.name] : undefined;
	if (value !== undefined) return { kind: "address", value };
	if (extern.weak) return { kind: "address", value: 0n };
	return {
		kind: "fault",
		message: `extern ${extern.name} needs a kernel's table of symbols that has it`,
		unsupported: `extern ${extern.name}`,
	};
}
