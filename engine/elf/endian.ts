// A big-endian object → the same in little-endian order: instructions, BTF and its records. Contents of data sections stay as they
// are, for nothing tells their words; such an object cannot run here, but it can be shown.

import { view } from "../base/index.ts";
import { INSN_SIZE } from "../isa/index.ts";
import type { Relocatable } from "../object/index.ts";

export function littleEndian(r: Relocatable): Relocatable {
	return {
		...r,
		sections: r.sections.map((s) => (s.kind === "code" ? { ...s, bytes: code(s.bytes) } : s)),
		...(r.btf ? { btf: words(r.btf, true) } : {}),
		...(r.btfExt ? { btfExt: words(r.btfExt, false) } : {}),
	};
}

//   an instruction: opcode, registers (the nibbles change places), 16-bit offset, 32-bit immediate
function code(bytes: Uint8Array): Uint8Array {
	const out = bytes.slice();
	const data = view(out);
	for (let at = 0; at + INSN_SIZE <= out.length; at += INSN_SIZE) {
		const registers = out[at + 1] ?? 0;
		out[at + 1] = ((registers & 15) << 4) | (registers >> 4);
		data.setUint16(at + 2, data.getUint16(at + 2, false), true);
		data.setUint32(at + 4, data.getUint32(at + 4, false), true);
	}
	return out;
}

//   a header: 16-bit magic, version, flags; then words of 32 bits to the end, in `.BTF` to the strings
function words(bytes: Uint8Array, hasStrings: boolean): Uint8Array {
	const out = bytes.slice();
	const data = view(out);
	if (out.length < 24 || data.getUint16(0, true) === 0xeb9f) return out;
	data.setUint16(0, data.getUint16(0, false), true);
	const strings = data.getUint32(4, false) + data.getUint32(16, false);
	const end = hasStrings ? Math.min(out.length, strings) : out.length;
	for (let at = 4; at + 4 <= (hasStrings ? Math.max(end, 24) : end); at += 4)
		data.setUint32(at, data.getUint32(at, false), true);
	return out;
}
