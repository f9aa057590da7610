// Key combinations as text: `Mod+K`, `Shift+F10`. `Mod` is Command on Apple machines, Control elsewhere.

export const apple = typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.platform);

/** The combination that an event makes, in the order Mod, Alt, Shift, key. */
export function comboOf(
	e: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">,
	mac = apple,
): string {
	const parts: string[] = [];
	if (mac ? e.metaKey : e.ctrlKey) parts.push("Mod");
	if (mac ? e.ctrlKey : e.metaKey) parts.push("Meta");
	if (e.altKey) parts.push("Alt");
	const letter = e.key.length === 1;
	if (e.shiftKey && (!letter || /[a-z]/i.test(e.key))) parts.push("Shift");
	parts.push(letter ? e.key.toUpperCase() : e.key);
	return parts.join("+");
}

/** How key caps show a combination: `Ctrl K`. */
export function showCombo(combo: string, mac = apple): string {
	const pages = { Escape: "Esc", PageUp: "PgUp", PageDown: "PgDn" };
	const names: Record<string, string> = mac
		? { ...pages, Mod: "⌘", Shift: "⇧", Alt: "⌥" }
		: { ...pages, Mod: "Ctrl" };
	return combo
		.split("+")
		.map((part) => names[part] ?? part)
		.join(" ");
}
