// What an empty file offers: ways to begin.

import { examples, loadExamples } from "../stores/examples.ts";
import { setText } from "../stores/workspace.ts";
import type { IconName } from "../ui/index.ts";
import { openExample } from "./examples.ts";
import { pickAndImport } from "./registry.ts";

export interface Start {
	readonly icon: IconName;
	readonly title: string;
	readonly note: string;
	readonly run: (path: string) => unknown;
}

/** The smallest XDP program that Linux accepts. */
export const skeleton = `	.section xdp
	.globl pass
pass:
	w0 = XDP_PASS
	exit
`;

async function example(id: string): Promise<void> {
	await loadExamples();
	const found = examples.getState().list?.find((e) => e.id === id);
	if (found) await openExample(found);
}

export const starts: readonly Start[] = [
	{
		icon: "code",
		title: "Smallest program",
		note: "XDP, 2 instructions",
		run: (path) => setText(path, skeleton),
	},
	{
		icon: "shield",
		title: "Port firewall",
		note: "example, XDP with a map and packets",
		run: () => example("firewall"),
	},
	{
		icon: "map",
		title: "Counter per protocol",
		note: "example, XDP with a per-CPU array",
		run: () => example("protocol-counter"),
	},
	{
		icon: "object",
		title: "Open a file",
		note: ".s, .o made by clang, or a project",
		run: pickAndImport,
	},
];
