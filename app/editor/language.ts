// eBPF assembly for the editor: colours, completion, hover, go to label, outline and format, from plain services.

import { monaco } from "./monaco.ts";
import {
	type Completion,
	type CompletionKind,
	completions,
	definition,
	format,
	hover,
	type LineState,
	tokenize,
} from "./services.ts";

export const languageId = "ebpf";

const { CompletionItemKind } = monaco.languages;
const kinds: Readonly<Record<CompletionKind, monaco.languages.CompletionItemKind>> = {
	instruction: CompletionItemKind.Keyword,
	register: CompletionItemKind.Variable,
	helper: CompletionItemKind.Function,
	label: CompletionItemKind.Reference,
	map: CompletionItemKind.Struct,
	constant: CompletionItemKind.Constant,
	directive: CompletionItemKind.Module,
	section: CompletionItemKind.Module,
	type: CompletionItemKind.Enum,
};

interface State extends monaco.languages.IState {
	readonly line: LineState;
}

function stateOf(line: LineState): State {
	return {
		line,
		clone: () => stateOf(line),
		equals: (other) => (other as State).line === line,
	};
}

export function registerLanguage(): void {
	if (monaco.languages.getLanguages().some((l) => l.id === languageId)) return;
	monaco.languages.register({ id: languageId, extensions: [".s", ".bpf", ".asm"] });
	monaco.languages.setLanguageConfiguration(languageId, {
		comments: { lineComment: ";", blockComment: ["/*", "*/"] },
		brackets: [["(", ")"]],
		autoClosingPairs: [
			{ open: "(", close: ")" },
			{ open: '"', close: '"' },
		],
		wordPattern: /[.\w$]+/,
		onEnterRules: [
			{
				beforeText: /^\s*[\w.$]+:\s*(;.*)?$/,
				action: { indentAction: monaco.languages.IndentAction.Indent },
			},
		],
	});
	monaco.languages.setTokensProvider(languageId, {
		getInitialState: () => stateOf(false),
		tokenize(line, state) {
			const { tokens, state: next } = tokenize(line, (state as State).line);
			const cut = tokens.flatMap((t) => [
				{ startIndex: t.start, scopes: scopeOf(t.kind, line.slice(t.start, t.end)) },
				{ startIndex: t.end, scopes: "" },
			]);
			const starts = new Set(tokens.map((t) => t.start));
			return {
				tokens: cut.filter((c) => c.scopes !== "" || !starts.has(c.startIndex)),
				endState: stateOf(next),
			};
		},
	});
	registerCompletion();
	registerNavigation();
	// The editor has other keys for this on Linux; the shortcuts sheet promises these everywhere.
	const { KeyMod, KeyCode } = monaco;
	monaco.editor.addKeybindingRule({
		keybinding: KeyMod.Alt | KeyMod.Shift | KeyCode.KeyF,
		command: "editor.action.formatDocument",
		when: "editorTextFocus",
	});
}

/** Constants in capitals have a colour of their own among the labels. */
function scopeOf(kind: string, text: string): string {
	if (kind === "helper") return "function";
	return kind === "label" && /^[A-Z][A-Z0-9_]*$/.test(text) ? "constant" : kind;
}

/** What was typed is one of the words and the beginning of no other: there is nothing to complete. */
function isWhole(typed: string, items: readonly Completion[]): boolean {
	const begun = items.filter((c) => c.label.startsWith(typed));
	return typed !== "" && begun.length > 0 && begun.every((c) => c.label === typed);
}

function registerCompletion(): void {
	monaco.languages.registerCompletionItemProvider(languageId, {
		triggerCharacters: [" ", "_", "."],
		provideCompletionItems(model, position) {
			if (inComment(model, position)) return { suggestions: [] };
			const text = model.getValue();
			const offset = model.getOffsetAt(position);
			const { from, to, items } = completions(text, offset);
			if (isWhole(text.slice(from, offset), items)) return { suggestions: [] };
			const range = monaco.Range.fromPositions(model.getPositionAt(from), model.getPositionAt(to));
			return {
				suggestions: items.map((c) => ({
					label: c.label,
					kind: kinds[c.kind],
					insertText: c.label,
					range,
					...(c.detail ? { detail: c.detail } : {}),
					...(c.doc ? { documentation: c.doc } : {}),
				})),
			};
		},
	});
}

function inComment(model: monaco.editor.ITextModel, at: monaco.Position): boolean {
	let state: LineState = false;
	for (let line = 1; line < at.lineNumber; line++)
		state = tokenize(model.getLineContent(line), state).state;
	// A letter behind the caret belongs to the comment exactly when the caret does.
	const typed = `${model.getLineContent(at.lineNumber).slice(0, at.column - 1)}x`;
	return tokenize(typed, state).tokens.at(-1)?.kind === "comment";
}

function registerNavigation(): void {
	const rangeOf = (model: monaco.editor.ITextModel, start: number, end: number) =>
		monaco.Range.fromPositions(model.getPositionAt(start), model.getPositionAt(end));
	monaco.languages.registerHoverProvider(languageId, {
		provideHover(model, position) {
			const found = hover(model.getValue(), model.getOffsetAt(position));
			if (!found) return null;
			const title = { value: `\`\`\`ebpf\n${found.title}\n\`\`\`` };
			return {
				range: rangeOf(model, found.span.start, found.span.end),
				contents: [title, ...found.paragraphs.map((value) => ({ value: plain(value) }))],
			};
		},
	});
	monaco.languages.registerDefinitionProvider(languageId, {
		provideDefinition(model, position) {
			const to = definition(model.getValue(), model.getOffsetAt(position));
			return to ? { uri: model.uri, range: rangeOf(model, to.start, to.end) } : null;
		},
	});
	monaco.languages.registerDocumentFormattingEditProvider(languageId, {
		provideDocumentFormattingEdits(model) {
			const text = format(model.getValue());
			return text === model.getValue() ? [] : [{ range: model.getFullModelRange(), text }];
		},
	});
}

/** Plain text as Markdown that shows it as it is. */
function plain(text: string): string {
	return text.replace(/[\\`*_{}[\]<>()#+!|~-]/g, "\\$&");
}
