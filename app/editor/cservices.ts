// C in the editor: completion, hover, definition, uses, rename and outline, answered by the engine.

import type { Span } from "../../engine/base/index.ts";
import type { Completions } from "../../engine/workbench/source.ts";
import { askAgain, askOfSource } from "../commands/session.ts";
import { openFile } from "../commands/view.ts";
import { headerTab, keepHeader } from "../stores/headers.ts";
import { cLanguageId } from "./clang.ts";
import { openModel } from "./models.ts";
import { monaco } from "./monaco.ts";

type Kind = Completions["items"][number]["kind"];
type Model = monaco.editor.ITextModel;

const { CompletionItemKind, SymbolKind } = monaco.languages;
const kinds: Readonly<Record<Kind, monaco.languages.CompletionItemKind>> = {
	member: CompletionItemKind.Field,
	variable: CompletionItemKind.Variable,
	function: CompletionItemKind.Function,
	constant: CompletionItemKind.EnumMember,
	type: CompletionItemKind.Struct,
	macro: CompletionItemKind.Constant,
	keyword: CompletionItemKind.Keyword,
	header: CompletionItemKind.File,
};

/** The file of a model: the path behind the project's id. */
function pathOf(model: Model): string {
	return model.uri.path.split("/").slice(2).join("/");
}

/** The model's uri with another file of the same project. */
function uriOf(model: Model, path: string): monaco.Uri {
	const [, project = ""] = model.uri.path.split("/");
	return model.uri.with({ path: `/${project}/${path}` });
}

function rangeOf(span: Span): monaco.IRange {
	const { line, column, start, end } = span;
	return {
		startLineNumber: line,
		startColumn: column,
		endLineNumber: line,
		endColumn: column + end - start,
	};
}

/** Plain text as Markdown that shows it as it is. */
function plain(text: string): string {
	return text.replace(/[\\`*_{}[\]<>()#+!|~-]/g, "\\$&");
}

export function registerCServices(): void {
	registerCompletion();
	registerHover();
	registerNavigation();
	registerRename();
	registerFormat();
}

/** Says later whether a model is as it was: places in an answer about another text mean nothing. */
function unchanged(model: Model): () => boolean {
	const version = model.isDisposed() ? 0 : model.getVersionId();
	return () => !model.isDisposed() && model.getVersionId() === version;
}

/** Whether names may follow what was just typed: several characters call for a list only in their place. */
function opensList(before: string): boolean {
	const typed = before.at(-1) ?? "";
	if (typed === ">") return before.endsWith("->");
	if (typed === "#") return /^\s*#$/.test(before);
	return !/[<"/]/.test(typed) || /^\s*#\s*include\b/.test(before);
}

const none = { suggestions: [] };

function registerCompletion(): void {
	monaco.languages.registerCompletionItemProvider(cLanguageId, {
		triggerCharacters: [".", ">", "<", '"', "#", "/"],
		async provideCompletionItems(model, position, context, token) {
			const before = model.getLineContent(position.lineNumber).slice(0, position.column - 1);
			const byCharacter =
				context.triggerKind === monaco.languages.CompletionTriggerKind.TriggerCharacter;
			if (byCharacter && !opensList(before)) return none;
			const offset = model.getOffsetAt(position);
			const untilThere = model.getValue().slice(0, offset);
			const found = await askOfSource((e) => e.sourceComplete(pathOf(model), offset));
			if (!found || token.isCancellationRequested || model.isDisposed()) return none;
			// Letters that were typed meanwhile narrow the list down; after anything else it is a list of something else.
			const now = model.getValue();
			const since = /^\w*/.exec(now.slice(offset))?.[0].length ?? 0;
			const caret = caretOf(model);
			if (!now.startsWith(untilThere) || (caret !== undefined && caret > offset + since))
				return none;
			const [from, to] = [model.getPositionAt(found.from), model.getPositionAt(found.to)];
			return {
				incomplete: found.more,
				suggestions: found.items.map((c, i) => ({
					label: c.label,
					kind: kinds[c.kind],
					insertText: c.insert ?? c.label,
					range: monaco.Range.fromPositions(from, to),
					sortText: String(i).padStart(5, "0"),
					...described(c.detail, c.doc),
				})),
			};
		},
	});
}

/** The offset of the caret in the editor that shows a model. */
function caretOf(model: Model): number | undefined {
	const editor = monaco.editor.getEditors().find((e) => e.getModel() === model);
	const position = editor?.getPosition();
	return position ? model.getOffsetAt(position) : undefined;
}

/** On a phone there is room for the name alone: what it is stands with its documentation. */
function described(detail = "", doc = "") {
	const narrow = innerWidth < 600;
	const text = narrow ? [detail, doc].filter((part) => part !== "").join("\n\n") : doc;
	return {
		...(detail && !narrow ? { detail } : {}),
		...(text ? { documentation: text } : {}),
	};
}

function registerHover(): void {
	monaco.languages.registerHoverProvider(cLanguageId, {
		async provideHover(model, position) {
			const offset = model.getOffsetAt(position);
			const same = unchanged(model);
			const found = await askOfSource((e) => e.sourceHover(pathOf(model), offset));
			if (!found || !same()) return null;
			const [from, to] = [model.getPositionAt(found.start), model.getPositionAt(found.end)];
			const title = { value: `\`\`\`${cLanguageId}\n${found.title}\n\`\`\`` };
			return {
				range: monaco.Range.fromPositions(from, to),
				contents: [title, ...found.paragraphs.map((p) => ({ value: plain(p) }))],
			};
		},
	});
}

function registerNavigation(): void {
	monaco.languages.registerDefinitionProvider(cLanguageId, {
		async provideDefinition(model, position) {
			const offset = model.getOffsetAt(position);
			const same = unchanged(model);
			const found = await askOfSource((e) => e.sourceDefinition(pathOf(model), offset));
			if (!found || !same()) return null;
			const { span, text } = found;
			const name = span.file.replace(/^<built-in>\//, "");
			const uri = uriOf(model, text === undefined ? span.file : headerTab(name));
			if (text !== undefined) {
				keepHeader(name, text);
				if (!monaco.editor.getModel(uri)) monaco.editor.createModel(text, cLanguageId, uri);
			}
			return { uri, range: rangeOf(span) };
		},
	});
	monaco.languages.registerDocumentSymbolProvider(cLanguageId, {
		async provideDocumentSymbols(model) {
			const items = (await askOfSource((e) => e.sourceOutline(pathOf(model)))) ?? [];
			const symbols = {
				function: SymbolKind.Function,
				variable: SymbolKind.Variable,
				map: SymbolKind.Object,
				type: SymbolKind.Struct,
			};
			return items.map((i) => ({
				name: i.name,
				detail: i.detail,
				kind: symbols[i.kind],
				tags: [],
				range: rangeOf(i.span),
				selectionRange: rangeOf(i.span),
			}));
		},
	});
	monaco.languages.registerDocumentHighlightProvider(cLanguageId, {
		async provideDocumentHighlights(model, position) {
			const offset = model.getOffsetAt(position);
			const path = pathOf(model);
			const same = unchanged(model);
			const spans = (await askOfSource((e) => e.sourceUses(path, offset))) ?? [];
			if (!same()) return [];
			return spans.filter((s) => s.file === path).map((s) => ({ range: rangeOf(s) }));
		},
	});
	// A definition in another file is opened in a tab of the page.
	monaco.editor.registerEditorOpener({
		openCodeEditor(_source, resource, place) {
			const path = resource.path.split("/").slice(2).join("/");
			const line = place && ("lineNumber" in place ? place.lineNumber : place.startLineNumber);
			openFile(path, line);
			return true;
		},
	});
}

function registerRename(): void {
	monaco.languages.registerRenameProvider(cLanguageId, {
		async provideRenameEdits(model, position, name) {
			const offset = model.getOffsetAt(position);
			const same = unchanged(model);
			const found = await askOfSource((e) => e.sourceRename(pathOf(model), offset, name));
			if (!found || "error" in found)
				return { edits: [], rejectReason: found?.error ?? "The engine did not answer." };
			if (!same()) return { edits: [], rejectReason: "The text was changed meanwhile." };
			// Files that were not looked at yet are edited like those that were.
			for (const { span } of found.edits) openModel(span.file);
			return {
				edits: found.edits.map(({ span, text }) => ({
					resource: uriOf(model, span.file),
					versionId: undefined,
					textEdit: { range: rangeOf(span), text },
				})),
			};
		},
	});
}

/** Edits, not a new text: the caret and the breakpoints stay with their words, and one Undo takes it back. */
function registerFormat(): void {
	monaco.languages.registerDocumentFormattingEditProvider(cLanguageId, {
		async provideDocumentFormattingEdits(model) {
			const text = model.getValue();
			const same = unchanged(model);
			const edits = (await askAgain((e) => e.sourceFormat(text, pathOf(model)))) ?? [];
			if (!same()) return [];
			return edits.map(({ span, text: by }) => {
				const [from, to] = [model.getPositionAt(span.start), model.getPositionAt(span.end)];
				return { range: monaco.Range.fromPositions(from, to), text: by };
			});
		},
	});
}
