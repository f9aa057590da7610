// Bytes → the body of a C string literal that continues over lines, as `bpftool gen skeleton` writes it.

const WIDTH = 78;

/** Escapes of all bytes, `\0` for zero; a line is broken with a backslash before it grows past 78 columns. */
export function literal(bytes: Uint8Array): string {
	const parts: string[] = [];
	let column = 0;
	for (const byte of bytes) {
		const text = byte === 0 ? "\\0" : `\\x${byte.toString(16).padStart(2, "0")}`;
		if (column + text.length > WIDTH) {
			parts.push("\\\n");
			column = 0;
		}
		parts.push(text);
		column += text.length;
	}
	return parts.join("");
}
