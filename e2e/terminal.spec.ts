// The terminal: what it says of itself, Skep's own commands, and bpftool over the programs and maps of the page.

import { expect, test } from "./ide.ts";

test("help, skep check, bpftool over programs and maps", async ({ ide }) => {
	await ide.open();
	await ide.run();
	const { DROP = 0 } = await ide.counts();
	await ide.panel("Terminal");
	await expect(ide.screen).toContainText("help");
	await ide.type("help");
	for (const word of ["skep", "bpftool"]) await expect(ide.screen).toContainText(word);
	await ide.type("clear");
	await ide.type("skep check firewall.s");
	await expect(ide.screen).toContainText(/firewall.*(accepted|processed)/s);
	await ide.type("clear");
	await ide.type("bpftool prog show");
	await expect(ide.screen).toContainText(/\d+: xdp {2}name firewall {2}tag [0-9a-f]{16}/);
	await ide.type("clear");
	await ide.type("bpftool map dump name closed_ports");
	await expect(ide.screen).toContainText(/key: 00 17 {2}value: \S+.*Found 2 elements/s);
	const entries = [...((await ide.screen.textContent()) ?? "").matchAll(/value: ([0-9a-f]{2})/g)];
	expect(entries.reduce((sum, m) => sum + Number.parseInt(m[1] ?? "", 16), 0)).toBe(DROP);
	await ide.type("clear");
	await ide.type("no-such-command <b>");
	await expect(ide.screen).toContainText("no-such-command");
	await ide.type("bpftool map dump id 99999");
	await expect(ide.screen).toContainText(/Error: /);
});

test("history, editing of the line, and what was typed outlives the panel", async ({
	ide,
	page,
}) => {
	await ide.open();
	await ide.panel("Terminal");
	// The second line is typed while the first is answered.
	await ide.type("skep check firewall.s");
	await ide.type("bpftool version");
	await expect(ide.screen).toContainText("bpftool v");
	await expect(ide.screen).toContainText("processed");
	await ide.panel("Packets");
	await ide.panel("Terminal");
	await expect(ide.screen).toContainText("bpftool v");
	await page.getByRole("textbox", { name: "Terminal input" }).focus();
	await page.keyboard.press("ArrowUp");
	await page.keyboard.press("ControlOrMeta+u");
	await page.keyboard.type("heelp");
	for (let n = 0; n < 2; n++) await page.keyboard.press("ArrowLeft");
	await page.keyboard.press("Backspace");
	await page.keyboard.press("Enter");
	await expect(ide.screen).toContainText("trace_pipe");
});
