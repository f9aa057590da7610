// Room for a card below a line: a view zone of whole lines that pushes the code down, and a widget over it that can be
// clicked and focused. The card itself is drawn by React into `node`.

import css from "./marks.module.css";
import type { monaco } from "./monaco.ts";

export interface CardZone {
	readonly node: HTMLElement;
	/** Shows the zone below a line; undefined hides it. */
	place(line: number | undefined): void;
	dispose(): void;
}

export function cardZone(
	editor: monaco.editor.IStandaloneCodeEditor,
	lineHeight: () => number,
): CardZone {
	const node = cardHost();
	const widget: monaco.editor.IOverlayWidget = {
		getId: () => "skep.card",
		getDomNode: () => node,
		getPosition: () => null,
	};
	editor.addOverlayWidget(widget);
	let zone: string | undefined;
	let below: number | undefined;
	let lines = 0;
	const align = () => {
		const info = editor.getLayoutInfo();
		// The lines around the one that fails are part of the answer.
		node.style.setProperty("--card-room", `${Math.max(200, Math.round(info.height * 0.6))}px`);
		node.style.left = `${info.contentLeft}px`;
		node.style.width = `${info.contentWidth - info.verticalScrollbarWidth}px`;
	};
	const draw = () => {
		editor.changeViewZones((zones) => {
			if (zone !== undefined) zones.removeZone(zone);
			zone = undefined;
			node.hidden = below === undefined;
			if (below === undefined) return;
			align();
			zone = zones.addZone({
				afterLineNumber: below,
				heightInLines: lines,
				domNode: document.createElement("div"),
				onDomNodeTop: (top) => {
					node.style.top = `${top}px`;
				},
			});
		});
	};
	const measure = () => {
		const inner = node.firstElementChild;
		if (!inner || below === undefined) return;
		const needed = Math.ceil((inner.getBoundingClientRect().height + 16) / lineHeight());
		if (needed === lines) return;
		lines = needed;
		node.style.height = `${lines * lineHeight()}px`;
		draw();
		reveal(editor, below, lines * lineHeight());
	};
	const observer = new ResizeObserver(measure);
	observer.observe(node);
	const changes = new MutationObserver(() => {
		observer.disconnect();
		observer.observe(node);
		if (node.firstElementChild) observer.observe(node.firstElementChild);
		measure();
	});
	changes.observe(node, { childList: true, subtree: true, characterData: true });
	const layout = editor.onDidLayoutChange(align);
	return {
		node,
		place(line) {
			if (line === below) return;
			below = line;
			draw();
			measure();
		},
		dispose() {
			observer.disconnect();
			changes.disconnect();
			layout.dispose();
			below = undefined;
			editor.removeOverlayWidget(widget);
		},
	};
}

/** The element that a card is drawn into. What can be scrolled in the card is not for the editor to scroll. */
function cardHost(): HTMLElement {
	const node = document.createElement("div");
	node.className = css["zone"] ?? "";
	node.hidden = true;
	const keep = (e: Event) => {
		const card = node.firstElementChild;
		if (card && card.scrollHeight > card.clientHeight) e.stopPropagation();
	};
	node.addEventListener("wheel", keep, { passive: true });
	return node;
}

/** Scrolls just so far that a card below a line in view is seen whole, and the caret's line still is. */
function reveal(
	editor: monaco.editor.IStandaloneCodeEditor,
	line: number,
	cardHeight: number,
): void {
	const { height } = editor.getLayoutInfo();
	const scrolled = editor.getScrollTop();
	const top = editor.getTopForLineNumber(line);
	if (top < scrolled || top >= scrolled + height) return;
	const caret = editor.getTopForLineNumber(editor.getPosition()?.lineNumber ?? line);
	const most = caret < scrolled ? top : Math.min(caret, top);
	const wanted = editor.getBottomForLineNumber(line) + cardHeight - height;
	if (wanted > scrolled) editor.setScrollTop(Math.min(wanted, most));
}
