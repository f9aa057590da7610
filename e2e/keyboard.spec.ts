// The keyboard and the editor's own help: palette, shortcuts, completion, hover, labels, format, problems while typing.

import { expect, test } from "./ide.ts";

test("the whole way by keyboard: edit, run, step, leave, share", async ({ ide, page }) => {
	await ide.open();
	await ide.search(":9");
	await page.keyboard.press("Enter");
	await expect(page.getByText(/^Ln 9, Col/).or(page.getByText(/^insn 9/).first())).toBeVisible();
	await page.keyboard.press("F5");
	await expect(ide.chart).not.toHaveAttribute("aria-label", /not run/);
	await page.keyboard.press("F10");
	await ide.expectStep(0);
	await page.keyboard.press("F10");
	await ide.expectStep(1);
	await page.keyboard.press("ControlOrMeta+g");
	await expect(ide.dialog("Go to step").getByRole("textbox")).toBeFocused();
	await page.keyboard.type("50%");
	await page.keyboard.press("Enter");
	await expect(ide.stepping.getByRole("slider")).not.toHaveAttribute("aria-valuenow", "1");
	await page.keyboard.press("Shift+Escape");
	await expect(ide.stepping).toBeHidden();
	// Steps that are still under way when the session is left do not bring it back.
	for (const key of ["F10", "F10", "F10", "Shift+Escape"]) await page.keyboard.press(key);
	await page.keyboard.press("F5");
	await expect(ide.runButton).toHaveAttribute("title", "Run all packets");
	await expect(ide.stepping).toBeHidden();
	await page.keyboard.press("ControlOrMeta+Shift+s");
	await expect(
		ide.dialog("Share this project").getByRole("textbox", { name: "Link" }),
	).toBeFocused();
	await page.keyboard.press("Escape");
	await expect(ide.dialog("Share this project")).toBeHidden();
});

test("the palette finds, says why not, and gives the focus back", async ({ ide, page }) => {
	await ide.open();
	await ide.focusEditor();
	await ide.search("step back");
	const first = page.getByRole("option").first();
	await expect(first).toContainText("Step back");
	await expect(first).toHaveAttribute("aria-disabled", "true");
	await expect(first).toContainText("Nothing is paused");
	await page.keyboard.press("Escape");
	await expect(ide.palette).toBeHidden();
	await expect(page.getByRole("textbox", { name: /^Assembly source/ })).toBeFocused();
});

test("the sheet of shortcuts, and themes", async ({ ide, page }) => {
	await page.emulateMedia({ colorScheme: "dark" });
	await ide.open();
	await page.keyboard.press("F1");
	const sheet = ide.dialog("Keyboard shortcuts");
	for (const title of ["Run", "Step back", "Go to definition or label", "Format the file"])
		await expect(sheet.getByRole("listitem").filter({ hasText: title }).first()).toBeVisible();
	await page.keyboard.press("Escape");
	await ide.theme("dark");
	await ide.command("Switch between dark and light");
	await ide.theme("light");
	await ide.command("High contrast");
	await expect(page.locator("html")).toHaveAttribute("data-theme", "contrast");
	await ide.command("Follow the system's theme");
	await ide.theme("dark");
	await page.emulateMedia({ colorScheme: "light" });
	await ide.theme("light");
});

test("spaces, tabs and quotes arrive in the editor, whatever panel is open", async ({
	ide,
	page,
}) => {
	await ide.open();
	const panels = [
		"Terminal",
		"Problems",
		"Output",
		"Packets",
		"Registers",
		"Stack",
		"Maps",
		"Verifier",
	];
	let expected = "";
	await ide.write("");
	for (const name of panels) {
		await ide.panel(name);
		await ide.focusEditor();
		await page.keyboard.press("ControlOrMeta+End");
		await page.keyboard.type(`; ${name}  a b 'c' ?\n`);
		expected += `; ${name}  a b 'c' ?\n`;
		expect(await ide.source()).toBe(expected);
	}
	await page.keyboard.press("Escape");
	await page.keyboard.press("Tab");
	await expect(page.getByRole("textbox", { name: /^Assembly source/ })).not.toBeFocused();
});

test("completion, hover, go to label, format", async ({ ide, page }) => {
	await ide.open();
	await ide.caretAt("r1 = closed_ports ll");
	await page.keyboard.press("Enter");
	await page.keyboard.type("call bpf_map_look");
	await expect(ide.suggestions.first()).toContainText("bpf_map_lookup_elem");
	await page.keyboard.press("Enter");
	await expect
		.poll(() => ide.source())
		.toContain("\tcall bpf_map_lookup_elem\n\tcall bpf_map_lookup_elem\n");

	await ide.caretAt("call bpf_map_lookup_elem", "Home");
	await expect(await ide.hover("call bpf_map_lookup_elem", "bpf_map_lookup_elem")).toContainText(
		/key/,
	);
	await page.mouse.move(0, 0);

	const label = 1 + (await ide.source()).split("\n").indexOf("out:");
	await ide.caretAt("if r0 == 0 goto out", "Home");
	for (let n = 0; n < "if r0 == 0 goto o".length; n++) await page.keyboard.press("ArrowRight");
	await page.keyboard.press("F12");
	await expect(page.getByText(`Ln ${label}, Col`)).toBeVisible();

	await ide.write("\t.section xdp\n.globl prog\nprog:\n   r0   =  2\n exit\n");
	await ide.verdict("Accepted");
	await page.keyboard.press("Alt+Shift+f");
	// Reading the text moves the caret, which ends a format that is still under way.
	await expect(ide.line(".section")).toHaveText(/^\.section/);
	expect(await ide.source()).toBe(".section xdp\n.globl prog\nprog:\n\tr0   =  2\n\texit\n");
});

test("problems are underlined while typing, listed, and gone when mended", async ({
	ide,
	page,
}) => {
	await ide.open();
	await ide.caretAt("w7 = XDP_PASS");
	await page.keyboard.press("Enter");
	await page.keyboard.type("r11 = 5");
	await ide.verdict("Does not assemble");
	await expect(ide.squiggles.first()).toBeVisible();
	const problems = await ide.panel("Problems");
	await expect(problems.getByRole("listitem").first()).toContainText(/firewall\.s:\d+/);
	await ide.focusEditor();
	for (const _ of "r11 = 5") await page.keyboard.press("Backspace");
	await ide.verdict("Accepted");
	await expect(ide.squiggles).toHaveCount(0);
	await expect(problems).toContainText("No problems");
});
