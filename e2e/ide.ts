// The one driver of the page: what a person sees and does, so that specs name roles and words and no selectors.

import { test as base, type Download, expect, type Locator, type Page } from "@playwright/test";

export type Theme = "dark" | "light";

const sourceBox = /^(Assembly|C) source/;

export class Ide {
	readonly page: Page;
	/** Errors of the console, uncaught exceptions and breaches of the content policy. */
	readonly faults: string[] = [];

	constructor(page: Page) {
		this.page = page;
		page.on("pageerror", (error) => this.faults.push(error.message));
		page.on("console", (message) => {
			if (message.type() === "error") this.faults.push(message.text());
		});
		page.on("dialog", (dialog) => {
			this.faults.push(`a dialog of the browser: ${dialog.message()}`);
			void dialog.dismiss();
		});
	}

	async open(path = "/"): Promise<this> {
		await this.page.goto(path);
		await this.ready();
		return this;
	}

	/** The editor is there, and the engine has its word on the program. */
	async ready(): Promise<void> {
		await expect(this.page.getByRole("status").filter({ hasText: "Engine ready" })).toBeVisible();
		await expect(this.page.getByRole("textbox", { name: sourceBox })).toBeAttached();
		await expect(this.settledPill).not.toContainText(/Starting|Verifying/);
	}

	// Verdict

	get pill(): Locator {
		return this.page.getByTitle("Open the Verifier panel");
	}

	/** The pill while it speaks of the text as it stands. */
	get settledPill(): Locator {
		return this.pill.and(this.page.locator("[aria-busy=false]"));
	}

	/** The word on the text as it stands. */
	async verdict(word: string | RegExp): Promise<void> {
		await expect(this.settledPill).toContainText(word);
	}

	/** The line numbers that carry the mark of a rejection in the margin. */
	async rejectedLines(): Promise<number[]> {
		return await this.editor.evaluate((editor) => {
			const marks = [...editor.querySelectorAll("[class*='badMargin']")];
			const numbers = [...editor.querySelectorAll(".line-numbers")];
			const top = (e: Element) => Math.round(e.getBoundingClientRect().top);
			return numbers
				.filter((n) => marks.some((m) => top(m) === top(n)))
				.map((n) => Number(n.textContent));
		});
	}

	get card(): Locator {
		return this.page.getByRole("note", { name: "Why not?" });
	}

	// Editor

	get editor(): Locator {
		return this.page.getByRole("region", { name: "Editor" });
	}

	/** Puts the keyboard into the editor. */
	async focusEditor(): Promise<void> {
		await this.page.getByRole("textbox", { name: sourceBox }).focus();
	}

	/** Replaces the whole text of the open file, by pasting. */
	async write(text: string): Promise<void> {
		await this.page.evaluate((text) => navigator.clipboard.writeText(text), text);
		await this.focusEditor();
		await this.page.keyboard.press("ControlOrMeta+a");
		await this.page.keyboard.press(text === "" ? "Delete" : "ControlOrMeta+v");
	}

	/** The whole text of the open file, by way of the clipboard. */
	async source(): Promise<string> {
		await this.focusEditor();
		await this.page.keyboard.press("ControlOrMeta+a");
		await this.page.keyboard.press("ControlOrMeta+c");
		await this.page.keyboard.press("ArrowRight");
		const text = await this.page.evaluate(() => navigator.clipboard.readText());
		return text.replaceAll("\r\n", "\n");
	}

	line(text: string): Locator {
		return this.editor.locator(".view-line").filter({ hasText: text }).first();
	}

	/** Puts the caret on the first line that holds a text, by the keyboard; answers its number. */
	async caretAt(text: string, key: "Home" | "End" = "End"): Promise<number> {
		const lines = (await this.source()).split("\n");
		const number = 1 + lines.findIndex((line) => line.includes(text));
		expect(number, `a line with ${text}`).toBeGreaterThan(0);
		await this.search(`:${number}`);
		await this.page.getByRole("option", { name: `line ${number}` }).click();
		await this.focusEditor();
		await this.page.keyboard.press(key);
		await expect(this.page.getByText(`Ln ${number}, Col`)).toBeVisible();
		return number;
	}

	/** Wavy lines under the text. */
	get squiggles(): Locator {
		return this.editor.locator(".squiggly-error");
	}

	/** The rows of the completion list. */
	get suggestions(): Locator {
		return this.page.locator(".suggest-widget.visible").getByRole("option");
	}

	/** The text that appears when the pointer rests on a word of the source. */
	async hover(line: string, word: string): Promise<Locator> {
		await this.line(line).getByText(word, { exact: true }).first().hover();
		return this.page.locator(".monaco-hover:visible");
	}

	/** Switches the breakpoint of a line by its margin. */
	async breakpoint(text: string): Promise<void> {
		await this.caretAt(text);
		await this.page.keyboard.press("F9");
	}

	get breakpoints(): Locator {
		return this.editor.locator(".glyph-margin-widgets [class*='breakpoint']");
	}

	// Frame

	button(name: string | RegExp): Locator {
		return this.page.getByRole("button", { name, exact: typeof name === "string" }).first();
	}

	async press(name: string | RegExp): Promise<void> {
		await this.button(name).click();
	}

	/** Run, in the top bar. */
	get runButton(): Locator {
		return this.page.getByRole("banner").getByRole("button", { name: /^(Run|Continue)/ });
	}

	get stopButton(): Locator {
		return this.page.getByRole("banner").getByRole("button", { name: "Stop" });
	}

	tab(name: string): Locator {
		return this.page.getByRole("tab", { name: new RegExp(`^${name}`) });
	}

	/** Shows a panel by its tab and answers its region. */
	async panel(name: string): Promise<Locator> {
		await this.tab(name).click();
		return this.region(name);
	}

	region(name: string): Locator {
		return this.page.getByRole("region", { name, exact: true });
	}

	async menu(button: string, item: string | RegExp): Promise<void> {
		await this.press(button);
		await this.page
			.getByRole("menuitem", { name: item })
			.or(this.page.getByRole("menuitemradio", { name: item }))
			.first()
			.click();
	}

	dialog(name: string): Locator {
		return this.page.getByRole("dialog", { name });
	}

	get palette(): Locator {
		return this.page.getByRole("combobox", { name: "Commands" });
	}

	/** Opens the palette and types into it. */
	async search(text: string): Promise<void> {
		await this.page.keyboard.press("ControlOrMeta+k");
		await expect(this.palette).toBeFocused();
		await this.page.keyboard.type(text);
	}

	/** Runs a command by the palette. */
	async command(text: string): Promise<void> {
		await this.search(text);
		await expect(this.page.getByRole("option").first()).toContainText(text);
		await this.page.keyboard.press("Enter");
		await expect(this.palette).toBeHidden();
	}

	async theme(theme: Theme): Promise<void> {
		await expect(this.page.locator("html")).toHaveAttribute("data-theme", theme);
	}

	async toast(text: string | RegExp): Promise<void> {
		await expect(this.page.getByText(text).first()).toBeVisible();
	}

	/** Takes away whatever message is shown. */
	async dismissToasts(): Promise<void> {
		const close = this.page
			.getByRole("status", { name: "Messages" })
			.getByRole("button", { name: "Close" });
		// One may go by itself while it is aimed at.
		while ((await close.count()) > 0)
			await close
				.first()
				.click({ timeout: 2000 })
				.catch(() => undefined);
	}

	async example(title: string): Promise<void> {
		const list = this.page.getByRole("complementary", { name: "Examples" });
		if (!(await list.isVisible())) await this.press("Examples");
		await list.getByRole("button", { name: title, exact: true }).click();
		await this.toast(`Opened the example “${title}”`);
		await this.ready();
	}

	async projectName(name: string | RegExp): Promise<void> {
		await expect(this.page.getByRole("button", { name: "Project", exact: true })).toContainText(
			name,
		);
	}

	/** The names in the list of projects. */
	async projects(): Promise<string[]> {
		await this.command("Projects…");
		const dialog = this.dialog("Projects");
		await expect(dialog.getByRole("listitem").first()).toBeVisible();
		const names = await dialog.getByRole("listitem").getByRole("button").allTextContents();
		await this.page.keyboard.press("Escape");
		return names.filter((name) => name !== "");
	}

	// Packets

	/** One row of the packet list, from 1. */
	packet(number: number): Locator {
		return this.page.getByRole("button", { name: `More about packet ${number}` }).locator("..");
	}

	get packetRows(): Locator {
		return this.page.getByRole("button", { name: /^More about packet / }).locator("..");
	}

	get chart(): Locator {
		return this.region("Packet list").getByRole("img");
	}

	/** What the chart says: action → count. */
	async counts(): Promise<Record<string, number>> {
		const label = (await this.chart.getAttribute("aria-label")) ?? "";
		const parts = label.split(", ").map((part) => /^(\d+) (.*)$/.exec(part));
		return Object.fromEntries(parts.map((m) => [m?.[2] ?? "", Number(m?.[1])]));
	}

	async run(): Promise<void> {
		await this.runButton.click();
		await expect(this.chart).not.toHaveAttribute("aria-label", /not run/);
	}

	field(name: string | RegExp): Locator {
		return this.region("Fields").getByRole("button", { name });
	}

	/** The offsets of bytes that are marked as changed. */
	async changedBytes(): Promise<number> {
		return await this.page
			.getByRole("group", { name: "Bytes after" })
			.locator("[class*='changed']")
			.count();
	}

	// Stepping

	get stepping(): Locator {
		return this.page.getByRole("toolbar", { name: "Stepping" });
	}

	/** The step that is shown, and how many there are. */
	async expectStep(step: number | RegExp): Promise<void> {
		await expect(this.stepping.getByRole("slider", { name: "Step" })).toHaveAttribute(
			"aria-valuenow",
			step instanceof RegExp ? step : String(step),
		);
	}

	async totalSteps(): Promise<number> {
		return Number(
			await this.stepping.getByRole("slider", { name: "Step" }).getAttribute("aria-valuemax"),
		);
	}

	/** Goes to a step by its number. */
	async seek(step: number): Promise<void> {
		await this.stepping.getByRole("textbox", { name: "Step" }).fill(String(step));
		await this.page.keyboard.press("Enter");
		await this.expectStep(step);
	}

	/** The cells of a register's row: name, value, what the verifier knew. */
	register(name: string): Locator {
		return this.region("Registers")
			.getByRole("row")
			.filter({ has: this.page.getByRole("cell", { name, exact: true }) })
			.first();
	}

	// Sharing and files

	/** The link in the share dialog, which stays open. */
	async shareLink(): Promise<string> {
		await this.press("Share");
		const box = this.dialog("Share this project").getByRole("textbox", { name: "Link" });
		await expect(box).toHaveValue(/#v1\./);
		return await box.inputValue();
	}

	/** Drops a file on the page. */
	async drop(name: string, content: string | Uint8Array): Promise<void> {
		await this.dropAll([{ name, content }]);
	}

	/** Drops several files at once. */
	async dropAll(
		files: readonly { readonly name: string; readonly content: string | Uint8Array }[],
	): Promise<void> {
		await this.page.evaluate(
			(dropped) => {
				const data = new DataTransfer();
				for (const { name, text } of dropped) {
					const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
					data.items.add(new File([bytes], name));
				}
				const init = { dataTransfer: data, bubbles: true, cancelable: true };
				document.body.dispatchEvent(new DragEvent("drop", init));
			},
			files.map(({ name, content }) => ({ name, text: Buffer.from(content).toString("base64") })),
		);
	}

	async download(act: () => Promise<void>): Promise<{ name: string; bytes: Buffer }> {
		const [file] = await Promise.all([this.page.waitForEvent("download"), act()]);
		return { name: file.suggestedFilename(), bytes: await read(file) };
	}

	// Terminal

	/** Types a line into the terminal. */
	async type(line: string): Promise<void> {
		await this.page.getByRole("textbox", { name: "Terminal input" }).focus();
		await this.page.keyboard.type(line);
		await this.page.keyboard.press("Enter");
	}

	/** What the terminal shows. */
	get screen(): Locator {
		return this.region("Terminal").getByRole("list");
	}
}

async function read(file: Download): Promise<Buffer> {
	const parts: Buffer[] = [];
	for await (const part of await file.createReadStream()) parts.push(Buffer.from(part));
	return Buffer.concat(parts);
}

/** `ide` is the page; `friend` is a page with a storage of its own. Faults that the page reports fail the test. */
export const test = base.extend<{ ide: Ide; friend: Ide }>({
	ide: async ({ page }, use) => {
		const ide = new Ide(page);
		await use(ide);
		expect(ide.faults, "faults that the page reported").toEqual([]);
	},
	friend: async ({ browser }, use) => {
		const context = await browser.newContext({
			permissions: ["clipboard-read", "clipboard-write"],
			viewport: { width: 1440, height: 900 },
		});
		const friend = new Ide(await context.newPage());
		await use(friend);
		expect(friend.faults, "faults that the friend's page reported").toEqual([]);
		await context.close();
	},
});

export { expect };
