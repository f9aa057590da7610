// Keys of the whole page: each combination runs its command, unless a dialog has the keyboard.

import { commandFor, dialogOpen, perform } from "../commands/registry.ts";
import { comboOf } from "../lib/keys.ts";

export function handleKey(e: KeyboardEvent): void {
	if (dialogOpen() || e.isComposing) return;
	const combo = comboOf(e);
	const found = commandFor(combo);
	if (!found) return;
	e.preventDefault();
	e.stopPropagation();
	perform(found.id);
}
