// What the person chose about looks; persisted. public/theme.js applies the same values before the first paint.

import { useStore } from "zustand";
import { persist } from "zustand/middleware";
import { createStore } from "zustand/vanilla";

export type Theme = "system" | "dark" | "light" | "contrast";
export type Density = "auto" | "compact" | "roomy" | "present";

export interface Settings {
	readonly theme: Theme;
	readonly density: Density;
	/** State after the line, at its end. */
	readonly hints: boolean;
	/** Ctrl+S formats the file; it is kept as it is typed, either way. */
	readonly formatOnSave: boolean;
	/** Bytes beside each instruction of the assembly. */
	readonly bytes: boolean;
	/** Which executor Run uses. */
	readonly engine: "vm" | "jit";
}

export const settings = createStore<Settings>()(
	persist(
		(): Settings => ({
			theme: "system",
			density: "auto",
			hints: true,
			formatOnSave: false,
			bytes: false,
			engine: "vm",
		}),
		{ name: "skep.settings", version: 1, migrate: (old) => old as Settings },
	),
);

export const useSettings = <T>(select: (s: Settings) => T): T => useStore(settings, select);

/** The theme that `system` stands for now. */
export function systemTheme(): Exclude<Theme, "system"> {
	if (matchMedia("(prefers-contrast: more)").matches) return "contrast";
	return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

function apply(): void {
	const { theme, density } = settings.getState();
	const root = document.documentElement;
	const next = theme === "system" ? systemTheme() : theme;
	if (root.dataset["theme"] !== next) root.dataset["theme"] = next;
	const coarse = matchMedia("(pointer: coarse)").matches;
	const room = density === "auto" ? (coarse ? "roomy" : "compact") : density;
	if (root.dataset["density"] !== room) root.dataset["density"] = room;
}

/** Keeps the root element's theme and density as chosen. */
export function followSettings(): void {
	apply();
	settings.subscribe(apply);
	for (const query of ["(prefers-color-scheme: dark)", "(prefers-contrast: more)"])
		matchMedia(query).addEventListener("change", apply);
}
