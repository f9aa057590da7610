// The list of examples that the site ships, fetched once.

import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import type { Scenario } from "../../engine/workbench/project.ts";

/** One entry of `examples/index.json`; the source stands beside it. */
export interface Example {
	readonly id: string;
	readonly title: string;
	readonly group: string;
	/** Path of its assembly or C below `examples/`. */
	readonly source: string;
	readonly program?: string;
	readonly packets: Scenario["packets"];
	readonly maps?: Scenario["maps"];
}

export const examples = createStore<{
	readonly list: readonly Example[] | undefined;
	readonly error?: string;
}>(() => ({ list: undefined }));

export const useExamples = () => useStore(examples);

const address = (file: string) => new URL(`examples/${file}`, document.baseURI).href;

export async function loadExamples(): Promise<readonly Example[]> {
	const { list } = examples.getState();
	if (list) return list;
	try {
		const fetched = JSON.parse(await fetchExample("index.json")) as Example[];
		examples.setState({ list: fetched });
		return fetched;
	} catch (error) {
		examples.setState({ error: error instanceof Error ? error.message : String(error) });
		return [];
	}
}

/** The text of a file of the examples. */
export async function fetchExample(file: string): Promise<string> {
	const reply = await fetch(address(file));
	if (!reply.ok) throw new Error(`${file}: ${reply.status} ${reply.statusText}`);
	return await reply.text();
}
