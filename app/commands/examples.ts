// Opens an example as a project of its own.

import type { Project } from "../../engine/workbench/project.ts";
import { type Example, fetchExample, loadExamples } from "../stores/examples.ts";
import { toast } from "../stores/toasts.ts";
import { blank } from "../stores/workspace.ts";
import { adopt } from "./project.ts";
import { closeSidebar } from "./view.ts";

async function readExample(example: Example): Promise<Project> {
	const text = await fetchExample(example.source);
	const { id, program, packets, maps = {} } = example;
	const note = /^(?:;|\/\/)\s*Try:\s*(.*)$/m.exec(text)?.[1];
	return {
		...blank,
		name: id,
		files: [{ path: example.source, text }],
		entry: example.source,
		scenario: { seed: 1, kernel: "linux-6.18", packets, maps },
		...(program ? { program } : {}),
		...(note ? { note } : {}),
	};
}

/** Counts what was picked: only the last one is opened, however late the texts come. */
let picked = 0;

export async function openExample(example: Example): Promise<void> {
	const mine = ++picked;
	try {
		const project = await readExample(example);
		if (mine !== picked) return;
		closeSidebar();
		await adopt(project, `the example “${example.title}”`);
	} catch (error) {
		toast("reject", `The example could not be loaded: ${String(error)}`);
	}
}

/** What a first visit shows: the firewall, or an empty project where examples cannot be reached. */
export async function firstProject(): Promise<Project> {
	try {
		const list = await loadExamples();
		const first = list.find((e) => e.id === "firewall") ?? list[0];
		return first ? await readExample(first) : blank;
	} catch {
		return blank;
	}
}
