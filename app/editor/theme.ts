// The editor's theme, made from the page's tokens; made again when the theme or the density changes.

import { monaco } from "./monaco.ts";

const colours: Readonly<Record<string, string>> = {
	"editor.placeholder.foreground": "syn-comment",
	"editor.background": "surface-1",
	"editor.foreground": "syn-text",
	"editorLineNumber.foreground": "line-number",
	"editorLineNumber.activeForeground": "text-1",
	"editor.selectionBackground": "selection",
	"editor.inactiveSelectionBackground": "surface-4",
	"editor.lineHighlightBackground": "accent-soft",
	"editorCursor.foreground": "text-1",
	"editorError.foreground": "reject-line",
	"editorWarning.foreground": "warning",
	"editorInfo.foreground": "changed-text",
	"editorWidget.background": "surface-overlay",
	"editorWidget.border": "border-2",
	"editorWidget.foreground": "text-1",
	"editorHoverWidget.background": "surface-overlay",
	"editorHoverWidget.border": "border-2",
	"editorSuggestWidget.background": "surface-overlay",
	"editorSuggestWidget.border": "border-2",
	"editorSuggestWidget.foreground": "text-1",
	"editorSuggestWidget.selectedBackground": "surface-4",
	"editorSuggestWidget.selectedForeground": "text-1",
	"editorSuggestWidget.highlightForeground": "accent",
	"editorSuggestWidget.focusHighlightForeground": "accent",
	"editor.wordHighlightBackground": "surface-3",
	"editor.findMatchBackground": "changed",
	"editor.findMatchHighlightBackground": "selection",
	"editorBracketMatch.background": "surface-3",
	"editorBracketMatch.border": "border-3",
	"editorOverviewRuler.border": "border-1",
	"editorGutter.background": "surface-1",
	"scrollbarSlider.background": "surface-4",
	"scrollbarSlider.hoverBackground": "border-3",
	"scrollbarSlider.activeBackground": "border-3",
	"menu.background": "surface-overlay",
	"menu.foreground": "text-1",
	"menu.selectionBackground": "surface-3",
	"menu.selectionForeground": "text-1",
	"menu.border": "border-2",
	"list.hoverBackground": "surface-3",
	"list.focusBackground": "surface-4",
	"input.background": "surface-1",
	"input.foreground": "text-1",
	"input.border": "border-3",
	"textLink.foreground": "accent",
	focusBorder: "focus",
};

const rules: Readonly<Record<string, string>> = {
	"": "syn-text",
	keyword: "syn-keyword",
	type: "syn-type",
	function: "syn-function",
	string: "syn-string",
	number: "syn-number",
	comment: "syn-comment",
	constant: "syn-preproc",
	directive: "syn-preproc",
	"keyword.directive": "syn-preproc",
	"string.include": "syn-string",
	register: "syn-register",
	label: "syn-label",
	operator: "syn-operator",
};

const token = (style: CSSStyleDeclaration, name: string) =>
	style.getPropertyValue(`--${name}`).trim();

/** A colour with six digits: style sheets come minified (`#fff`), which the editor refuses. */
const colour = (style: CSSStyleDeclaration, name: string) =>
	token(style, name).replace(/^#(.)(.)(.)$/, "#$1$1$2$2$3$3");

/** Type and size of code, as the tokens say. */
export function codeFont(): { fontFamily: string; fontSize: number; lineHeight: number } {
	const style = getComputedStyle(document.documentElement);
	return {
		fontFamily: token(style, "font-code"),
		fontSize: Number.parseInt(token(style, "code-size"), 10),
		lineHeight: Number.parseInt(token(style, "code-line"), 10),
	};
}

function define(): void {
	const style = getComputedStyle(document.documentElement);
	const theme = document.documentElement.dataset["theme"];
	monaco.editor.defineTheme("skep", {
		base: theme === "light" ? "vs" : theme === "contrast" ? "hc-black" : "vs-dark",
		inherit: true,
		rules: Object.entries(rules).map(([name, of]) => ({
			token: name,
			foreground: colour(style, of).slice(1),
		})),
		colors: Object.fromEntries(
			Object.entries(colours).map(([name, of]) => [name, colour(style, of)]),
		),
	});
	monaco.editor.setTheme("skep");
}

/** Keeps theme and type as the root element has them; answers how to end that. */
export function followTheme(editor: monaco.editor.IStandaloneCodeEditor): () => void {
	const apply = () => {
		define();
		editor.updateOptions(codeFont());
	};
	apply();
	const observer = new MutationObserver(apply);
	observer.observe(document.documentElement, { attributeFilter: ["data-theme", "data-density"] });
	return () => observer.disconnect();
}
