// One text model a file; edits go to the workspace, changes from elsewhere come back as an edit that can be undone.

import { headerText } from "../stores/headers.ts";
import { edit, setText, textOf, workspace } from "../stores/workspace.ts";
import { languageOf } from "./clang.ts";
import { languageId } from "./language.ts";
import { type LineChange, linesAfter } from "./lines.ts";
import { monaco } from "./monaco.ts";

export interface Models {
	/** The model of a text file. */
	open(path: string): monaco.editor.ITextModel;
	pathOf(model: monaco.editor.ITextModel | null): string | undefined;
	dispose(): void;
}

function lineChange({ range, text }: monaco.editor.IModelContentChange): LineChange {
	const { startLineNumber, endLineNumber, startColumn } = range;
	return { startLine: startLineNumber, endLine: endLineNumber, atStart: startColumn === 1, text };
}

/** Breakpoints stay with their instructions while lines come and go above them. */
function moveBreakpoints(path: string, changes: readonly LineChange[]): void {
	const moves = changes.some((c) => c.startLine !== c.endLine || c.text.includes("\n"));
	const { breakpoints } = workspace.getState().project;
	if (!moves || !breakpoints.some((b) => b.file === path)) return;
	const lines = breakpoints.filter((b) => b.file === path).map((b) => b.line);
	const kept = linesAfter(lines, changes).map((line) => ({ file: path, line }));
	edit((p) => ({ ...p, breakpoints: [...breakpoints.filter((b) => b.file !== path), ...kept] }));
}

/** Those of the editor that is there. */
let current: Models | undefined;

/** Makes sure that a file has its model, shown or not. */
export function openModel(path: string): void {
	current?.open(path);
}

export function makeModels(): Models {
	const models = new Map<string, monaco.editor.ITextModel>();
	let project = workspace.getState().id;
	const clear = () => {
		for (const model of models.values()) model.dispose();
		models.clear();
	};
	const end = workspace.subscribe((now, before) => {
		if (now.id !== project) {
			clear();
			project = now.id;
		}
		if (now.project.files === before.project.files) return;
		for (const [path, model] of models) refresh(path, model);
	});
	const refresh = (path: string, model: monaco.editor.ITextModel) => {
		const text = headerText(path) ?? textOf(workspace.getState().project, path);
		if (text === undefined) {
			model.dispose();
			models.delete(path);
		} else if (text !== model.getValue())
			model.pushEditOperations([], [{ range: model.getFullModelRange(), text }], () => null);
	};
	const made: Models = {
		open(path) {
			const there = models.get(path);
			if (there) return there;
			const text = headerText(path) ?? textOf(workspace.getState().project, path) ?? "";
			const uri = monaco.Uri.from({ scheme: "skep", path: `/${project}/${path}` });
			const model =
				monaco.editor.getModel(uri) ??
				monaco.editor.createModel(text, languageOf(path, languageId), uri);
			model.updateOptions({
				bracketColorizationOptions: { enabled: false, independentColorPoolPerBracketType: false },
			});
			model.setEOL(monaco.editor.EndOfLineSequence.LF);
			// Places are counted in the text that the engine has: it must be the one that is shown.
			if (model.getValue() !== text) setText(path, model.getValue());
			model.onDidChangeContent((e) => {
				if (!e.isFlush && !e.isEolChange) moveBreakpoints(path, e.changes.map(lineChange));
				setText(path, model.getValue());
			});
			models.set(path, model);
			return model;
		},
		pathOf: (model) => [...models].find(([, m]) => m === model)?.[0],
		dispose() {
			if (current === made) current = undefined;
			end();
			clear();
		},
	};
	current = made;
	return made;
}
