// Which dialog is open; one at a time.

import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";

export type Dialog =
	| { readonly kind: "palette"; readonly text?: string }
	| { readonly kind: "share" }
	| { readonly kind: "settings" }
	| { readonly kind: "shortcuts" }
	| { readonly kind: "projects" }
	| { readonly kind: "file"; readonly rename?: string }
	| { readonly kind: "packet"; readonly index?: number }
	| { readonly kind: "traffic" }
	| { readonly kind: "goto" }
	| { readonly kind: "name"; readonly title: string };

export const dialogs = createStore<{ readonly open: Dialog | undefined }>(() => ({
	open: undefined,
}));

export const useDialog = () => useStore(dialogs, (s) => s.open);

export function openDialog(open: Dialog): void {
	dialogs.setState({ open });
}

export function closeDialog(): void {
	dialogs.setState({ open: undefined });
}
