// Short messages at the bottom right; at most three, errors stay until closed.

import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";

export interface Toast {
	readonly id: number;
	readonly tone: "accept" | "reject" | "unsupported" | "warning" | "bug" | "none";
	readonly text: string;
	readonly stays: boolean;
	readonly act?: { readonly title: string; readonly run: () => void } | undefined;
}

export const toasts = createStore<{ readonly list: readonly Toast[]; readonly next: number }>(
	() => ({ list: [], next: 1 }),
);

export const useToasts = () => useStore(toasts, (s) => s.list);

export function toast(tone: Toast["tone"], text: string, act?: Toast["act"]): void {
	const { list, next } = toasts.getState();
	const stays = tone === "reject" || tone === "bug";
	const others = list.filter((t) => t.text !== text);
	toasts.setState({
		list: [...others, { id: next, tone, text, stays, act }].slice(-3),
		next: next + 1,
	});
}

export function dismiss(id: number): void {
	toasts.setState((s) => ({ ...s, list: s.list.filter((t) => t.id !== id) }));
}
