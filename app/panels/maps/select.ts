// Hexadecimal keys and values of maps as people read them. Pure.

/** Little-endian number of up to 8 bytes in decimal; empty for longer ones. */
export function asNumber(hex: string): string {
	if (hex.length === 0 || hex.length > 16) return "";
	const bytes = hex.match(/../g) ?? [];
	return BigInt(`0x${bytes.reverse().join("") || "0"}`).toString();
}

export function spaced(hex: string): string {
	return (hex.match(/../g) ?? []).join(" ");
}

/** What is wrong with typed bytes; undefined when they fit. Spaces are ignored. */
export function faultOf(typed: string, size: number): string | undefined {
	const hex = typed.replace(/\s+/g, "");
	if (/[^\da-f]/i.test(hex)) return "hexadecimal digits only";
	if (hex.length !== 2 * size)
		return `${size} byte${size === 1 ? "" : "s"} expected, ${hex.length / 2} given`;
	return undefined;
}

/** Scenario entries with one set or, without a value, removed. */
export function withEntry(
	entries: readonly { readonly key: string; readonly value: string }[],
	key: string,
	value: string | undefined,
): readonly { readonly key: string; readonly value: string }[] {
	const at = entries.findIndex((e) => e.key === key);
	if (value === undefined) return entries.filter((_, i) => i !== at);
	if (at < 0) return [...entries, { key, value }];
	return entries.map((e, i) => (i === at ? { key, value } : e));
}
