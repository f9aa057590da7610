// The verifier's state after a line, right-aligned at its end. A hint gives way before code is ever covered.

import css from "./marks.module.css";
import type { monaco } from "./monaco.ts";

export interface Hint {
	readonly line: number;
	readonly text: string;
}

export interface HintLayer {
	set(hints: readonly Hint[]): void;
	dispose(): void;
}

export function hintLayer(editor: monaco.editor.IStandaloneCodeEditor): HintLayer {
	const layer = document.createElement("div");
	layer.className = css["hints"] ?? "";
	layer.setAttribute("aria-hidden", "true");
	editor.getContainerDomNode().append(layer);
	let all = new Map<number, string>();
	let frame = 0;
	const draw = () => {
		frame = 0;
		layer.replaceChildren(...visible(editor, all));
	};
	const soon = () => {
		frame ||= requestAnimationFrame(draw);
	};
	const ends = [
		editor.onDidScrollChange(soon),
		editor.onDidLayoutChange(soon),
		editor.onDidChangeModelContent(soon),
		editor.onDidChangeModel(soon),
		editor.onDidChangeConfiguration(soon),
	];
	return {
		set(hints) {
			all = new Map(hints.map((h) => [h.line, h.text]));
			soon();
		},
		dispose() {
			cancelAnimationFrame(frame);
			for (const end of ends) end.dispose();
			layer.remove();
		},
	};
}

function* visible(
	editor: monaco.editor.IStandaloneCodeEditor,
	hints: ReadonlyMap<number, string>,
): Generator<HTMLElement> {
	const model = editor.getModel();
	if (!model || hints.size === 0) return;
	const info = editor.getLayoutInfo();
	const right = info.verticalScrollbarWidth + info.minimap.minimapWidth + 12;
	const room = info.width - info.contentLeft - right;
	for (const { startLineNumber, endLineNumber } of editor.getVisibleRanges())
		for (let line = startLineNumber; line <= endLineNumber; line++) {
			const text = hints.get(line);
			if (text === undefined || line > model.getLineCount()) continue;
			const used = editor.getOffsetForColumn(line, model.getLineMaxColumn(line));
			if (used + text.length * 7.5 + 28 > room + editor.getScrollLeft()) continue;
			const span = document.createElement("span");
			span.textContent = text;
			span.style.right = `${right}px`;
			span.style.top = `${editor.getTopForLineNumber(line) - editor.getScrollTop()}px`;
			span.style.lineHeight = "var(--code-line)";
			yield span;
		}
}
