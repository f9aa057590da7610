// The two places that hold structs of Linux 6.18 say the same: what vmlinux.h declares for programs, and the types that the simulated
// kernel is judged by. The header may leave members out, so a member's place is compared only where all are there.
import { expect, test } from "vitest";
import { kernelBtf } from "../abi/index.ts";
import { type Btf, type BtfType, decodeBtf, resolveType } from "../btf/index.ts";
import { builtinHeaders, compile } from "../cc/index.ts";

type Composite = BtfType & { readonly kind: "struct" | "union" };

function decoded(bytes: Uint8Array | undefined): Btf {
	const { value, diagnostics } = decodeBtf(bytes ?? new Uint8Array());
	if (!value) throw new Error(diagnostics[0]?.message);
	return value;
}

/** Structs and unions by their tag, those with members. */
function composites(btf: Btf): Map<string, { readonly id: number; readonly type: Composite }> {
	const found = new Map<string, { readonly id: number; readonly type: Composite }>();
	for (const [id, type] of btf.types.entries())
		if ((type.kind === "struct" || type.kind === "union") && type.name && type.members.length)
			found.set(`${type.kind} ${type.name}`, { id, type });
	return found;
}

interface Place {
	readonly bit: number;
	readonly type: number;
}

/** Members by name with their places; those of structs and unions without a name count as the outer one's own. */
function places(btf: Btf, type: Composite, base = 0, into = new Map<string, Place>()) {
	for (const member of type.members) {
		const bit = base + member.bitOffset;
		const inner = resolveType(btf, member.type)?.type;
		if (member.name) into.set(member.name, { bit, type: member.type });
		else if (inner?.kind === "struct" || inner?.kind === "union") places(btf, inner, bit, into);
	}
	return into;
}

/** Nothing of the kernel's type is left out, nor of a type that lies inside it. */
function isWhole(header: Btf, own: number, kernel: Btf, real: number): boolean {
	const [ours, theirs] = [resolveType(header, own)?.type, resolveType(kernel, real)?.type];
	if (ours?.kind === "array" && theirs?.kind === "array")
		return isWhole(header, ours.type, kernel, theirs.type);
	if (ours?.kind !== "struct" && ours?.kind !== "union") return true;
	if (theirs?.kind !== ours.kind) return false;
	const inside = places(header, ours);
	return [...places(kernel, theirs)].every(([name, place]) => {
		const member = inside.get(name);
		return member !== undefined && isWhole(header, member.type, kernel, place.type);
	});
}

/** The header's structs, as BTF of an object that has a variable of each. */
function headerTypes(): Btf {
	const header = builtinHeaders();
	const tags = [...(header("vmlinux.h") ?? "").matchAll(/^(?:struct|union) \w+(?= \{)/gm)];
	const variables = tags.map(([tag], i) => `${tag} v${i};`);
	const text = `#include "vmlinux.h"\n${variables.join("\n")}\n`;
	const { value, diagnostics } = compile(
		{ name: "all.c", text },
		{ builtin: header, read: () => undefined },
	);
	if (!value) throw new Error(diagnostics[0]?.message);
	return decoded(value.btf);
}

test("vmlinux.h and the simulated kernel's types agree on names and places of members", async () => {
	const kernel = decoded(await kernelBtf());
	const header = headerTypes();
	const theirs = composites(kernel);
	const faults: string[] = [];
	let [compared, whole] = [0, 0];
	for (const [tag, { id, type }] of composites(header)) {
		const real = theirs.get(tag);
		if (!real) continue;
		compared++;
		const [ours, wanted] = [places(header, type), places(kernel, real.type)];
		for (const name of ours.keys()) if (!wanted.has(name)) faults.push(`${tag}: no ${name}`);
		if (!isWhole(header, id, kernel, real.id)) continue;
		whole++;
		const { size } = real.type;
		if (type.size !== size) faults.push(`${tag}: ${type.size} bytes, not ${size}`);
		for (const [name, { bit }] of ours)
			if (bit !== wanted.get(name)?.bit)
				faults.push(`${tag}.${name}: bit ${bit}, not ${wanted.get(name)?.bit}`);
	}
	expect(faults).toEqual([]);
	expect(compared).toBeGreaterThan(400);
	expect(whole).toBeGreaterThan(300);
});
