// What an empty file offers: ways to begin.

import { examples, loadExamples } from "../stores/examples.ts";
import { edit, renameFile, setText, workspace } from "../stores/workspace.ts";
import type { IconName } from "../ui/index.ts";
import { openExample } from "./examples.ts";
import { pickAndImport } from "./registry.ts";
import { openFile } from "./view.ts";

export interface Start {
	readonly icon: IconName;
	readonly title: string;
	readonly note: string;
	/** `path`: the empty file. */
	readonly run: (path: string) => unknown;
}

/** The smallest XDP program that Linux accepts. */
export const skeleton = `	.section xdp
	.globl pass
pass:
	w0 = XDP_PASS
	exit
`;

/** The same in C. */
export const skeletonC = `#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

SEC("xdp")
int pass(struct xdp_md *ctx)
{
	return XDP_PASS;
}

char _license[] SEC("license") = "GPL";
`;

/** Fills an empty file, under a name that fits the language, and builds it from now on. */
function begin(path: string, ending: "c" | "s", text: string): void {
	const fits = new RegExp(`\\.${ending}$`, "i").test(path);
	const { files } = workspace.getState().project;
	const wanted = path.replace(/(\.[^.]*)?$/, `.${ending}`);
	const to = fits || files.some((f) => f.path === wanted) ? path : wanted;
	if (to !== path) renameFile(path, to);
	setText(to, text);
	edit((p) => (p.entry === to ? p : { ...p, entry: to }));
	openFile(to);
}

async function example(id: string): Promise<void> {
	await loadExamples();
	const found = examples.getState().list?.find((e) => e.id === id);
	if (found) await openExample(found);
}

export const starts: readonly Start[] = [
	{
		icon: "code",
		title: "Smallest program in C",
		note: "XDP, main.c",
		run: (path) => begin(path, "c", skeletonC),
	},
	{
		icon: "code",
		title: "Smallest program in assembly",
		note: "XDP, 2 instructions",
		run: (path) => begin(path, "s", skeleton),
	},
	{
		icon: "shield",
		title: "Port firewall in C",
		note: "example, XDP with a map and packets",
		run: () => example("firewall-c"),
	},
	{
		icon: "map",
		title: "Counter per protocol",
		note: "example in assembly, XDP with an array",
		run: () => example("protocol-counter"),
	},
	{
		icon: "object",
		title: "Open a file",
		note: ".c, .s, .o made by clang, or a project",
		run: pickAndImport,
	},
];
