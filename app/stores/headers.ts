// Texts of headers that are not files of the project and were opened to be read; their tabs are called `header:NAME`.

import { createStore } from "zustand/vanilla";

const prefix = "header:";

export const headers = createStore<{ readonly texts: Readonly<Record<string, string>> }>(() => ({
	texts: {},
}));

/** The tab of a header. */
export function headerTab(name: string): string {
	return prefix + name;
}

/** The text behind a tab; undefined for the tab of a file, or when the text is not here. */
export function headerText(tab: string): string | undefined {
	return tab.startsWith(prefix) ? headers.getState().texts[tab.slice(prefix.length)] : undefined;
}

export function keepHeader(name: string, text: string): void {
	headers.setState((s) => ({ texts: { ...s.texts, [name]: text } }));
}
