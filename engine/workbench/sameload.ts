// Two load requests → whether the verifier must say the same of both: they may differ in places and texts of source lines, which only
// its log shows. Knows nothing of verdicts.

import { decodeBtf } from "../btf/index.ts";
import type { LoadRequest } from "../object/index.ts";

/** Whether a verdict on `a` is one on `b`, with its counts and states; the log's source lines aside. */
export function sameLoad(a: LoadRequest, b: LoadRequest): boolean {
	const { code: codeA, btf: btfA, lines: linesA, ...restA } = a;
	const { code: codeB, btf: btfB, lines: linesB, ...restB } = b;
	if (!sameData(codeA, codeB) || !sameData(restA, restB)) return false;
	if (linesA.length !== linesB.length || linesA.some((l, i) => l.insn !== linesB[i]?.insn))
		return false;
	if (!btfA || !btfB) return btfA === btfB;
	if (sameData(btfA, btfB)) return sameData(linesA, linesB) || inside(a, btfA) === inside(b, btfB);
	const typesA = decodeBtf(btfA).value?.types;
	const typesB = decodeBtf(btfB).value?.types;
	return sameData(typesA, typesB) && inside(a, btfA) === inside(b, btfB);
}

/** Whether the texts of all lines are in the strings, which is all that the verifier asks of them. */
function inside(request: LoadRequest, btf: Uint8Array): boolean {
	const length = decodeBtf(btf).value?.stringLength ?? 0;
	return request.lines.every((l) => l.lineOff >>> 0 < length && l.fileNameOff >>> 0 < length);
}

/** Equality of numbers, texts, arrays and plain objects, all the way down. */
function sameData(a: unknown, b: unknown): boolean {
	if (Object.is(a, b)) return true;
	if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
	if (ArrayBuffer.isView(a)) return ArrayBuffer.isView(b) && sameBytes(a, b);
	if (Array.isArray(a))
		return Array.isArray(b) && a.length === b.length && a.every((x, i) => sameData(x, b[i]));
	const [left, right]: [Fields, Fields] = [{ ...a }, { ...b }];
	const keys = Object.keys(left);
	return (
		keys.length === Object.keys(right).length &&
		keys.every((k) => Object.hasOwn(right, k) && sameData(left[k], right[k]))
	);
}

type Fields = Readonly<Record<string, unknown>>;

function sameBytes(a: ArrayBufferView, b: ArrayBufferView): boolean {
	const [left, right] = [a, b].map((v) => new Uint8Array(v.buffer, v.byteOffset, v.byteLength));
	if (!left || left.length !== right?.length) return false;
	for (let i = 0; i < left.length; i++) if (left[i] !== right[i]) return false;
	return true;
}
