// Makes the editor in its host element and keeps it in step with the stores; the component only mounts it.

import type { TextEdit } from "../../engine/base/index.ts";
import { formatWith } from "../commands/format.ts";
import { pointAtLine } from "../commands/point.ts";
import { cursor } from "../stores/cursor.ts";
import { currentProgram, engineMirror } from "../stores/engine.ts";
import { headerText } from "../stores/headers.ts";
import { settings } from "../stores/settings.ts";
import { toggleBreakpoint, workspace } from "../stores/workspace.ts";
import { cLanguageId, languageOf, registerC } from "./clang.ts";
import { registerCServices } from "./cservices.ts";
import { decorations, setMarkers } from "./decorate.ts";
import { rangeOf, registerFixes } from "./fixes.ts";
import { hintLayer } from "./hints.ts";
import { languageId, registerLanguage } from "./language.ts";
import css from "./marks.module.css";
import { makeModels } from "./models.ts";
import { monaco } from "./monaco.ts";
import { codeFont, followTheme } from "./theme.ts";
import { type CardZone, cardZone } from "./zone.ts";

export interface Mounted {
	readonly zone: CardZone;
	show(path: string): void;
	/** Makes room for a sheet over the lower half, and scrolls a line out from under it; undefined: no sheet any more. */
	reveal(line: number | undefined): void;
	/** Edits files; Undo takes it back. */
	apply(edits: readonly TextEdit[]): void;
	dispose(): void;
}

type Code = monaco.editor.IStandaloneCodeEditor;

export function mountEditor(host: HTMLElement): Mounted {
	registerLanguage();
	if (registerC()) {
		registerCServices();
		for (const id of [languageId, cLanguageId]) registerFixes(id);
	}
	const editor = monaco.editor.create(host, options());
	const models = makeModels();
	const path = () => models.pathOf(editor.getModel());
	const zone = cardZone(editor, () => editor.getOption(monaco.editor.EditorOption.lineHeight));
	const ends = [
		followTheme(editor),
		followMarks(editor, path),
		followCaret(editor, path),
		followBreakpoints(editor, path),
		followFormat(editor),
		leaveByTab(editor),
	];
	performance.mark("editor-ready");
	return {
		zone,
		show(next) {
			const model = models.open(next);
			if (editor.getModel() !== model) editor.setModel(model);
			editor.updateOptions(optionsOf(next));
		},
		reveal(line) {
			const bottom = line === undefined ? 0 : Math.round(0.6 * editor.getLayoutInfo().height);
			editor.updateOptions({ padding: { ...padding, bottom } });
			if (line !== undefined) editor.revealLineNearTop(line);
		},
		apply(edits) {
			const shown = editor.getModel();
			for (const file of new Set(edits.map((e) => e.span.file))) {
				const model = models.open(file);
				const operations = edits
					.filter((e) => e.span.file === file)
					.map(({ span, text }) => ({ range: rangeOf(model, span), text }));
				model.pushStackElement();
				if (model === shown) editor.executeEdits("mend", operations);
				else model.pushEditOperations([], operations, () => null);
				model.pushStackElement();
			}
			editor.focus();
		},
		dispose() {
			for (const end of ends) end();
			zone.dispose();
			models.dispose();
			editor.dispose();
		},
	};
}

const padding = { top: 4 };

function options(): monaco.editor.IStandaloneEditorConstructionOptions {
	return {
		...codeFont(),
		model: null,
		theme: "skep",
		automaticLayout: true,
		fontLigatures: false,
		glyphMargin: true,
		lineNumbersMinChars: 3,
		lineDecorationsWidth: 12,
		folding: false,
		minimap: { enabled: false },
		renderLineHighlight: "none",
		scrollBeyondLastLine: false,
		padding,
		overviewRulerBorder: true,
		overviewRulerLanes: 1,
		scrollbar: { verticalScrollbarSize: 8, horizontalScrollbarSize: 8, useShadows: false },
		placeholder: "; Start typing, drop a file here, or open an example.",
		smoothScrolling: false,
		tabSize: 4,
		guides: { indentation: false },
		bracketPairColorization: { enabled: false },
		insertSpaces: false,
		detectIndentation: false,
		// Pasted text keeps its indentation; Enter after a whole word makes a line.
		autoIndent: "advanced",
		acceptSuggestionOnEnter: "smart",
		wordBasedSuggestions: "off",
		occurrencesHighlight: "singleFile",
		fixedOverflowWidgets: true,
		ariaLabel: "Assembly source. Press Escape, then Tab, to leave the editor.",
		stickyScroll: { enabled: false },
		quickSuggestions: { other: true, comments: false, strings: false },
		hover: { delay: 300 },
		unicodeHighlight: { ambiguousCharacters: false },
	};
}

/** What depends on the file that is shown. */
function optionsOf(path: string): monaco.editor.IEditorOptions {
	const isC = languageOf(path, languageId) === cLanguageId;
	return {
		readOnly: headerText(path) !== undefined,
		ariaLabel: `${isC ? "C" : "Assembly"} source. Press Escape, then Tab, to leave the editor.`,
		placeholder: `${isC ? "//" : ";"} Start typing, drop a file here, or open an example.`,
	};
}

/** Draws decorations, problems and hints whenever what they come from changes. */
function followMarks(editor: Code, path: () => string | undefined): () => void {
	const marks = editor.createDecorationsCollection();
	const hints = hintLayer(editor);
	let frame = 0;
	const draw = () => {
		frame = 0;
		const file = path();
		const model = editor.getModel();
		if (!file || !model) return;
		marks.set(decorations(file).filter((d) => d.range.startLineNumber <= model.getLineCount()));
		const { built, build, verdicts } = engineMirror.getState();
		setMarkers(model, file, build);
		const program = currentProgram(built?.programs, workspace.getState().project.program);
		const reply = program && verdicts[program.name];
		const shown = settings.getState().hints ? (reply?.hints ?? []) : [];
		// On a phone only the line with the cursor has room for its hint.
		const one = innerWidth < 600 ? cursor.getState().line : undefined;
		hints.set(shown.filter((h) => h.file === file && (one === undefined || h.line === one)));
	};
	const soon = () => {
		frame ||= requestAnimationFrame(draw);
	};
	const ends = [
		engineMirror.subscribe(soon),
		cursor.subscribe(soon),
		workspace.subscribe(soon),
		settings.subscribe(soon),
	];
	const model = editor.onDidChangeModel(soon);
	soon();
	return () => {
		cancelAnimationFrame(frame);
		for (const end of ends) end();
		model.dispose();
		hints.dispose();
		marks.clear();
	};
}

/** Marks moves of the caret that follow the cursor, so that they do not move it in turn. */
const follows = "skep.cursor";

/** Caret and cursor follow each other. */
function followCaret(editor: Code, path: () => string | undefined): () => void {
	const moved = editor.onDidChangeCursorPosition((e) => {
		const file = path();
		if (file && e.source !== follows && e.source !== "modelChange")
			pointAtLine(file, e.position.lineNumber, e.position.column);
	});
	const reveal = () => {
		const { file, line, column = 1, by } = cursor.getState();
		if (by === "editor" || line === undefined || file !== path()) return;
		const model = editor.getModel();
		if (!model || line > model.getLineCount()) return;
		editor.setPosition({ lineNumber: line, column }, follows);
		editor.revealLineInCenterIfOutsideViewport(line);
	};
	const end = cursor.subscribe(reveal);
	const model = editor.onDidChangeModel(reveal);
	return () => {
		moved.dispose();
		model.dispose();
		end();
	};
}

/** Clicks in the margin set breakpoints; a hollow dot shows where. */
function followBreakpoints(editor: Code, path: () => string | undefined): () => void {
	const { GUTTER_GLYPH_MARGIN, GUTTER_LINE_NUMBERS } = monaco.editor.MouseTargetType;
	const inMargin = (t: monaco.editor.IMouseTarget) =>
		t.type === GUTTER_GLYPH_MARGIN || t.type === GUTTER_LINE_NUMBERS;
	const hover = editor.createDecorationsCollection();
	const click = editor.onMouseDown((e) => {
		const file = path();
		const line = e.target.position?.lineNumber;
		if (file && line && inMargin(e.target)) toggleBreakpoint(file, line);
	});
	const move = editor.onMouseMove((e) => {
		const line = inMargin(e.target) ? e.target.position?.lineNumber : undefined;
		hover.set(
			line === undefined
				? []
				: [
						{
							range: new monaco.Range(line, 1, line, 1),
							options: { glyphMarginClassName: css["maybe"] ?? null },
						},
					],
		);
	});
	const leave = editor.onMouseLeave(() => hover.clear());
	const action = editor.addAction({
		id: "skep.breakpoint",
		label: "Toggle breakpoint",
		keybindings: [monaco.KeyCode.F9],
		contextMenuGroupId: "navigation",
		run: () => {
			const file = path();
			const line = editor.getPosition()?.lineNumber;
			if (file && line) toggleBreakpoint(file, line);
		},
	});
	return () => {
		for (const end of [click, move, leave, action]) end.dispose();
	};
}

/** The same key everywhere, beside the platform's own. */
function followFormat(editor: Code): () => void {
	const format = async () => {
		await editor.getAction("editor.action.formatDocument")?.run();
	};
	formatWith(format);
	const action = editor.addAction({
		id: "skep.format",
		label: "Format the file",
		keybindings: [monaco.KeyMod.Alt | monaco.KeyMod.Shift | monaco.KeyCode.KeyF],
		run: format,
	});
	return () => {
		formatWith(undefined);
		action.dispose();
	};
}

/** Escape, then Tab, moves the focus out; any other key makes Tab an indent again. */
function leaveByTab(editor: Code): () => void {
	const key = editor.onKeyDown((e) => {
		if (e.keyCode === monaco.KeyCode.Escape) editor.updateOptions({ tabFocusMode: true });
		else if (e.keyCode !== monaco.KeyCode.Tab && e.keyCode !== monaco.KeyCode.Shift)
			editor.updateOptions({ tabFocusMode: false });
	});
	const blur = editor.onDidBlurEditorText(() => editor.updateOptions({ tabFocusMode: false }));
	return () => {
		key.dispose();
		blur.dispose();
	};
}
