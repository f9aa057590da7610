// Files dropped or picked: the engine reads them, what it read goes into the project or becomes one.

import type { ImportReply } from "../../engine/workbench/protocol.ts";
import { toBase64Url } from "../lib/base64url.ts";
import { toast } from "../stores/toasts.ts";
import { edit, editScenario, putFile, workspace } from "../stores/workspace.ts";
import { adopt } from "./project.ts";
import { askAgain, judgeAgainst } from "./session.ts";
import { openFile, showPanel } from "./view.ts";

const largest = 64 << 20;
export const readable = ".c,.h,.s,.bpf,.asm,.o,.pcap,.pcapng,.cap,.json";

/** Reads dropped or picked files into the project, or as a project. */
export async function importFiles(files: readonly File[]): Promise<void> {
	const objects = files.filter((f) => f.name.endsWith(".o") && f.size <= largest);
	for (const file of files) await importFile(file, objects.length > 1);
	if (objects.length < 2) return;
	toast("none", `${objects.length} objects: link them into one?`, {
		title: "Link",
		run: () => void linkFiles(objects),
	});
}

/** `several`: an object without programs of its own may still be part of one that is linked. */
async function importFile(file: File, several: boolean): Promise<void> {
	if (file.size > largest) return void toast("reject", `${file.name} is larger than 64 MiB.`);
	const bytes = new Uint8Array(await file.arrayBuffer());
	const reply = await askAgain((e) => e.importFile(file.name, bytes));
	if (!reply || (several && reply.kind === "error" && file.name.endsWith(".o"))) return;
	await take(file.name, reply);
}

/** Links objects into one of the project, which is then built. */
async function linkFiles(files: readonly File[]): Promise<void> {
	const objects = await Promise.all(
		files.map(async (f) => ({ name: f.name, bytes: new Uint8Array(await f.arrayBuffer()) })),
	);
	const linked = await askAgain((e) => e.link(objects));
	if (!linked) return;
	if ("error" in linked) return void toast("reject", linked.error);
	const reply = await askAgain((e) => e.importFile("linked.o", linked.bytes));
	if (reply) await take("linked.o", reply);
}

async function take(name: string, reply: ImportReply): Promise<void> {
	switch (reply.kind) {
		case "project":
			return adopt(reply.project, `“${reply.project.name}” from ${name}`);
		case "source": {
			const path = freePath(reply.path);
			putFile({ path, text: reply.text });
			edit((p) => ({ ...p, entry: path }));
			openFile(path);
			return;
		}
		case "object": {
			const path = freePath(reply.path);
			putFile({ path, base64: toBase64Url(reply.bytes) });
			edit((p) => ({ ...p, entry: path }));
			openFile(path);
			showPanel("assembly");
			toast("accept", `${path}: ${reply.programs.length} programs.`);
			return;
		}
		case "packets": {
			const { packets } = reply;
			const before = workspace.getState().project.scenario.packets;
			editScenario((s) => ({ ...s, packets: [...s.packets, ...packets] }));
			showPanel("packets");
			toast("accept", `${packets.length} packets of ${name} were added.`, {
				title: "Undo",
				run: () => editScenario((s) => ({ ...s, packets: before })),
			});
			return;
		}
		case "kernel":
			await judgeAgainst({ name, types: reply.types, bytes: reply.bytes });
			toast("accept", `Programs are judged against the ${reply.types} types of ${name}.`, {
				title: "Undo",
				run: () => void judgeAgainst(undefined),
			});
			return;
		case "error":
			toast("reject", `${name}: ${reply.diagnostics[0]?.message ?? "cannot be read"}`);
			return;
		default:
			reply satisfies never;
	}
}

/** The path, or one with a number when a file of that name is there. */
function freePath(path: string): string {
	const taken = new Set(workspace.getState().project.files.map((f) => f.path));
	if (!taken.has(path)) return path;
	const [, stem = path, ending = ""] = /^(.*?)(\.[^.]*)?$/.exec(path) ?? [];
	for (let n = 2; ; n++) if (!taken.has(`${stem}-${n}${ending}`)) return `${stem}-${n}${ending}`;
}
