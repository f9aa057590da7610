// The one driver of the page: what a person sees and does, so that specs name no selectors.

import { expect, type Locator, type Page } from "@playwright/test";

export class Ide {
	readonly page: Page;
	readonly faults: string[] = [];

	constructor(page: Page) {
		this.page = page;
		page.on("pageerror", (error) => this.faults.push(error.message));
		page.on("console", (message) => {
			if (message.type() === "error") this.faults.push(message.text());
		});
	}

	async open(path = "/"): Promise<void> {
		await this.page.goto(path);
		await this.ready();
	}

	/** The editor and a verdict are there. */
	async ready(): Promise<void> {
		await expect(this.page.getByText("Engine ready")).toBeVisible();
		await expect(this.editor).toBeVisible();
	}

	get editor(): Locator {
		return this.page.locator("section[aria-label='Editor'] .monaco-editor").first();
	}

	get verdict(): Locator {
		return this.page.locator("header [title='Open the Verifier panel']");
	}

	async expectVerdict(word: string | RegExp): Promise<void> {
		await expect(this.verdict).toContainText(word);
	}

	/** Replaces the whole text of the open file. */
	async write(text: string): Promise<void> {
		await this.editor.click({ position: { x: 120, y: 14 } });
		await this.page.evaluate((t) => navigator.clipboard.writeText(t), text);
		await this.page.keyboard.press("ControlOrMeta+a");
		await this.page.keyboard.press("ControlOrMeta+v");
	}

	async source(): Promise<string> {
		await this.editor.click({ position: { x: 120, y: 14 } });
		await this.page.keyboard.press("ControlOrMeta+a");
		await this.page.keyboard.press("ControlOrMeta+c");
		const text = await this.page.evaluate(() => navigator.clipboard.readText());
		await this.page.keyboard.press("ArrowRight");
		return text.replaceAll("\r\n", "\n");
	}

	/** Puts the caret at the end of the first line that holds a text. */
	async caretAt(text: string): Promise<void> {
		await this.editor.locator(".view-line", { hasText: text }).first().click();
		await this.page.keyboard.press("End");
	}

	button(name: string | RegExp): Locator {
		return this.page.getByRole("button", { name, exact: typeof name === "string" }).first();
	}

	async press(name: string | RegExp): Promise<void> {
		await this.button(name).click();
	}

	async panel(name: string): Promise<void> {
		await this.page.getByRole("tab", { name: new RegExp(`^${name}`) }).click();
	}

	region(name: string): Locator {
		return this.page.getByRole("region", { name, exact: true });
	}

	/** The rows of the packet list, as text. */
	packets(): Locator {
		return this.page
			.getByRole("group", { name: "Packets", exact: true })
			.locator("[title]:has(> span)");
	}

	async command(text: string): Promise<void> {
		await this.page.keyboard.press("ControlOrMeta+k");
		const box = this.page.getByRole("combobox", { name: "Commands" });
		await expect(box).toBeVisible();
		await box.fill(text);
		await this.page.keyboard.press("Enter");
	}

	async example(title: string): Promise<void> {
		await this.press("Examples");
		await this.page.getByRole("button", { name: title, exact: true }).click();
		await expect(this.page.getByText(`Opened the example “${title}”`)).toBeVisible();
		await this.press("Files");
	}

	dialog(name: string): Locator {
		return this.page.getByRole("dialog", { name });
	}

	/** Drops a file on the page. */
	async drop(name: string, content: string | Uint8Array): Promise<void> {
		const bytes = [...(typeof content === "string" ? new TextEncoder().encode(content) : content)];
		await this.page.evaluate(
			({ name, bytes }) => {
				const data = new DataTransfer();
				data.items.add(new File([new Uint8Array(bytes)], name));
				dispatchEvent(
					new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }),
				);
			},
			{ name, bytes },
		);
	}

	async toast(text: string | RegExp): Promise<void> {
		await expect(this.page.getByText(text).first()).toBeVisible();
	}

	expectNoFaults(): void {
		expect(this.faults).toEqual([]);
	}
}
