// Keys of the whole page: each combination runs its command, unless a dialog has the keyboard.

import { commandFor, dialogOpen, perform } from "../commands/registry.ts";
import { comboOf } from "../lib/keys.ts";
import { dialogs, openDialog } from "../stores/dialogs.ts";

export function handleKey(e: KeyboardEvent): void {
	if (e.isComposing) return;
	if (dialogOpen()) {
		if (!document.querySelector("dialog[open]")) keepForDialog(e);
		return;
	}
	const combo = comboOf(e);
	const found = commandFor(combo);
	if (!found) return;
	e.preventDefault();
	e.stopPropagation();
	perform(found.id);
}

/** A dialog that is still loading has no keyboard yet: what is typed for it must not reach the editor. */
function keepForDialog(e: KeyboardEvent): void {
	e.preventDefault();
	e.stopPropagation();
	const { open } = dialogs.getState();
	const typed = e.key.length === 1 && !e.ctrlKey && !e.metaKey;
	if (open?.kind === "palette" && typed)
		openDialog({ kind: "palette", text: (open.text ?? "") + e.key });
}
