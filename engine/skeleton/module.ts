// An object → a TypeScript module that reaches its maps and global variables by name and type. The module stands alone: a host
// gives it byte strings, see `Maps` in its text.

import type { Diagnostic, Outcome } from "../base/index.ts";
import { type Btf, type BtfType, resolveType, sizeOf } from "../btf/index.ts";
import { identifier, readSkeleton, type Skeleton, type SkeletonMap } from "./model.ts";
import { runtime } from "./runtime.ts";

const DEPTH = 32;
const MOST_TEXT = 1 << 24;

/** The module for the object `file`; its class is called `name`. */
export function skeletonModule(file: Uint8Array, name: string): Outcome<string> {
	const { value, diagnostics } = readSkeleton(file, name);
	if (!value) return { diagnostics };
	const types = new Types(value.btf);
	const members = value.maps.flatMap((m) => member(m, types));
	if (types.tooLong) return { diagnostics: [tooLong()] };
	const text = [
		`// Maps and global variables of ${value.name}, generated from its BTF.\n\n`,
		runtime,
		"\n",
		...types.definitions,
		object(value, members),
	];
	return { value: text.join(""), diagnostics: [] };
}

function tooLong(): Diagnostic {
	return {
		severity: "error",
		id: "skeleton/size",
		message: "the types of the object are too large",
	};
}

interface Member {
	readonly ident: string;
	/** Expression that makes it, over `maps`. */
	readonly make: string;
}

function object({ name, programs }: Skeleton, members: readonly Member[]): string {
	return `/** Names of the programs. */
export const programs = ${JSON.stringify(programs)} as const;

const open = (maps: Maps) => ({
${members.map((m) => `	${m.ident}: ${m.make},\n`).join("")}});

/** The maps and global variables of a loaded object, which \`maps\` reaches. */
export type ${name} = ReturnType<typeof open>;
export const ${name}: (maps: Maps) => ${name} = open;
`;
}

function member(map: SkeletonMap, types: Types): Member[] {
	const { name, ident, variables, typeId } = map;
	if (variables) {
		const fields = variables.map((v) => `${v.ident}: [${v.offset}, ${types.codec(v.typeId)}]`);
		const codec = `struct(${map.size ?? 0}, { ${fields.join(", ")} })`;
		return [{ ident, make: `new Section(maps, ${JSON.stringify(name)}, ${codec})` }];
	}
	if (typeId === undefined) return [];
	const { key, value } = types.mapCodecs(typeId);
	return [{ ident, make: `new TypedMap(maps, ${JSON.stringify(name)}, ${key}, ${value})` }];
}

type Composite = Extract<BtfType, { kind: "struct" | "union" }>;

const PER_CPU = new Set([5, 6, 10, 21]);

/** Codec expressions of types; structs with a name are defined once. */
class Types {
	readonly #btf: Btf | undefined;
	readonly definitions: string[] = [];
	readonly #names = new Map<number, string>();
	readonly #used = new Set<string>();
	#length = 0;

	constructor(btf: Btf | undefined) {
		this.#btf = btf;
	}

	get tooLong(): boolean {
		return this.#length > MOST_TEXT;
	}

	/** Expression of the codec of a type. */
	codec(id: number, depth = 0): string {
		const text = this.tooLong || depth > DEPTH ? "bytes(0)" : this.#codec(id, depth);
		this.#length += text.length;
		return text;
	}

	#codec(id: number, depth: number): string {
		const btf = this.#btf;
		const found = btf && resolveType(btf, id);
		if (!btf || !found) return "bytes(0)";
		const { type } = found;
		switch (type.kind) {
			case "int":
				return type.bool ? "bool" : scalar(type.signed, type.size);
			case "enum":
			case "enum64":
				return scalar(type.signed, type.size);
			case "float":
				return type.size === 4 ? "f32" : type.size === 8 ? "f64" : `bytes(${type.size})`;
			case "ptr":
				return "u64";
			case "array":
				return isByte(btf, type.type)
					? `bytes(${type.length})`
					: `array(${this.codec(type.type, depth + 1)}, ${type.length})`;
			case "struct":
				return this.#struct(found.id, type, depth);
			default:
				return `bytes(${sizeOf(btf, id) ?? 0})`;
		}
	}

	#struct(id: number, type: Composite, depth: number): string {
		const known = this.#names.get(id);
		if (known !== undefined) return known;
		const fields = type.members.map((m, i) => {
			const name = identifier(m.name) || `anonymous${i}`;
			const at = m.bitSize ? 0 : m.bitOffset >> 3;
			const codec = m.bitSize
				? `bits(${m.bitOffset}, ${m.bitSize}, ${this.#isSigned(m.type)})`
				: this.codec(m.type, depth + 1);
			return `${name}: [${at}, ${codec}]`;
		});
		const text = `struct(${type.size}, { ${fields.join(", ")} })`;
		if (type.name === "") return text;
		const name = this.#fresh(`struct_${identifier(type.name)}`);
		this.#names.set(id, name);
		this.definitions.push(
			`export const ${name} = ${text};\nexport type ${name} = Value<typeof ${name}>;\n\n`,
		);
		return name;
	}

	#fresh(name: string): string {
		let unique = name;
		for (let i = 2; this.#used.has(unique); i++) unique = `${name}_${i}`;
		this.#used.add(unique);
		return unique;
	}

	#isSigned(id: number): boolean {
		const type = this.#btf && resolveType(this.#btf, id)?.type;
		return type !== undefined && "signed" in type && type.signed;
	}

	/** Codecs of the keys and values that the definition of a map names. */
	mapCodecs(id: number): { key: string; value: string } {
		const definition = this.#btf && resolveType(this.#btf, id)?.type;
		const members = definition?.kind === "struct" ? definition.members : [];
		const member = (name: string) => members.find((m) => m.name === name)?.type;
		const part = (name: string) => {
			const typed = this.#pointee(member(name));
			return typed === undefined
				? `bytes(${this.#number(member(`${name}_size`)) ?? 0})`
				: this.codec(typed);
		};
		const value = part("value");
		const perCpu = PER_CPU.has(this.#number(member("type")) ?? 0);
		return { key: part("key"), value: perCpu ? `perCpu(${value})` : value };
	}

	#pointee(id: number | undefined): number | undefined {
		const type = id !== undefined && this.#btf && resolveType(this.#btf, id)?.type;
		return type && type.kind === "ptr" ? type.type : undefined;
	}

	/** N of `int (*)[N]`. */
	#number(id: number | undefined): number | undefined {
		const array = this.#pointee(id);
		const type = array !== undefined && this.#btf && resolveType(this.#btf, array)?.type;
		return type && type.kind === "array" ? type.length : undefined;
	}
}

function scalar(signed: boolean, size: number): string {
	return [1, 2, 4, 8].includes(size) ? `${signed ? "s" : "u"}${size * 8}` : `bytes(${size})`;
}

function isByte(btf: Btf, id: number): boolean {
	const type = resolveType(btf, id)?.type;
	return type?.kind === "int" && type.size === 1 && !type.bool;
}
