// Goes to a place of a diagnostic: a file of the project, or a built-in header, which opens to be read.

import { headerTab, keepHeader } from "../stores/headers.ts";
import { workspace } from "../stores/workspace.ts";
import { askAgain } from "./session.ts";
import { openFile } from "./view.ts";

export async function openPlace(file: string, line: number | undefined): Promise<void> {
	if (workspace.getState().project.files.some((f) => f.path === file)) return openFile(file, line);
	const text = await askAgain((e) => e.sourceHeader(file));
	if (text === undefined) return;
	const name = file.replace(/^<built-in>\//, "");
	keepHeader(name, text);
	openFile(headerTab(name), line);
}
