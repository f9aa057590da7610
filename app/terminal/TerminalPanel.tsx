// The terminal: a prompt whose lines go to the engine. The only importer of xterm.

import { FitAddon } from "@xterm/addon-fit";
import { type ITheme, Terminal } from "@xterm/xterm";
import "@xterm/xterm/css/xterm.css";
import { useEffect, useRef } from "react";
import { ask, refreshMaps } from "../commands/session.ts";
import { complete } from "./complete.ts";
import { emptyLine, type Line, press } from "./line.ts";
import css from "./terminal.module.css";

const prompt = "skep $ ";

function theme(): ITheme {
	const style = getComputedStyle(document.documentElement);
	const token = (name: string) => style.getPropertyValue(`--${name}`).trim();
	return {
		background: token("surface-1"),
		foreground: token("text-1"),
		cursor: token("text-1"),
		cursorAccent: token("surface-1"),
		selectionBackground: token("selection"),
		black: token("surface-4"),
		red: token("chart-5"),
		green: token("chart-3"),
		yellow: token("accent"),
		blue: token("chart-1"),
		magenta: token("chart-4"),
		cyan: token("syn-type"),
		white: token("text-2"),
		brightBlack: token("text-3"),
	};
}

// What was typed and printed outlives the panel, so that hiding it loses nothing.
const kept: { text: string; line: Line } = { text: "", line: emptyLine };
const most = 200_000;

function makeTerminal(): Terminal {
	const style = getComputedStyle(document.documentElement);
	return new Terminal({
		fontFamily: style.getPropertyValue("--font-code"),
		fontSize: 12,
		lineHeight: 1.25,
		theme: theme(),
		cursorBlink: false,
		convertEol: true,
		screenReaderMode: true,
		scrollback: 5000,
	});
}

function mount(host: HTMLElement): () => void {
	const terminal = makeTerminal();
	const fit = new FitAddon();
	terminal.loadAddon(fit);
	terminal.open(host);
	let running = false;
	/** Typed while a command runs; it is read when the answer is there. */
	let ahead: string[] = [];
	const print = (text: string) => {
		kept.text = (kept.text + text).slice(-most);
		terminal.write(text);
	};
	const show = () => {
		const { text, caret } = kept.line;
		const back = text.length - caret;
		terminal.write(`\r\x1b[J\x1b[33m${prompt}\x1b[0m${text}${back > 0 ? `\x1b[${back}D` : ""}`);
	};
	if (kept.text === "") print("Type help for what can be done here.\n");
	else terminal.write(kept.text);
	show();
	const submit = async (text: string) => {
		print(`\r\x1b[J\x1b[33m${prompt}\x1b[0m${text}\n`);
		if (text.trim() === "clear") {
			kept.text = "";
			terminal.reset();
		} else if (text.trim() !== "") {
			running = true;
			const answer = await ask((e) => e.command(text));
			running = false;
			if (answer === undefined) print("The engine was started again: there is no answer.\n");
			else if (answer) print(answer.endsWith("\n") ? answer : `${answer}\n`);
			void refreshMaps();
		}
		show();
		const typed = ahead;
		ahead = [];
		for (const keys of typed) take(keys);
	};
	const completeLine = async (line: Line) => {
		const candidates = await ask((e) => e.complete(line.text.slice(0, line.caret)));
		if (!candidates || kept.line !== line) return;
		const found = complete(line, candidates);
		kept.line = found.line;
		if (found.choices.length > 0)
			print(`\r\x1b[J\x1b[33m${prompt}\x1b[0m${line.text}\n${found.choices.join("  ")}\n`);
		show();
	};
	const take = (typed: string) => {
		if (running) {
			ahead.push(typed);
			return;
		}
		const [line, effect] = press(kept.line, typed);
		kept.line = line;
		if (effect.kind === "submit") void submit(effect.text);
		else if (effect.kind === "cancel") print("^C\n");
		else if (effect.kind === "complete") {
			void completeLine(line);
			return;
		} else if (effect.kind === "clear") {
			kept.text = "";
			terminal.clear();
		}
		if (effect.kind !== "submit") show();
	};
	const data = terminal.onData(take);
	const end = followHost(host, terminal, fit);
	return () => {
		data.dispose();
		end();
		terminal.dispose();
	};
}

/** Keeps size and colours those of the page. */
function followHost(host: HTMLElement, terminal: Terminal, fit: FitAddon): () => void {
	const resize = new ResizeObserver(() => host.clientWidth > 0 && fit.fit());
	resize.observe(host);
	const look = new MutationObserver(() => {
		terminal.options.theme = theme();
	});
	look.observe(document.documentElement, { attributeFilter: ["data-theme"] });
	return () => {
		resize.disconnect();
		look.disconnect();
	};
}

export function TerminalPanel() {
	const host = useRef<HTMLDivElement>(null);
	useEffect(() => (host.current ? mount(host.current) : undefined), []);
	return <div ref={host} className={css.terminal} />;
}
