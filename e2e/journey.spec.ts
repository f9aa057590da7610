// The main job from end to end: edit, verdict, packets, step, share, open the link elsewhere.

import { readCapture } from "../engine/net/index.ts";
import { expect, test } from "./ide.ts";
import { drops, passes } from "./programs.ts";

const proof = "if r3 > r2 goto out             ; prove";

test("a first visit shows a working firewall; a line taken out is rejected with Linux's words; put back it is accepted", async ({
	ide,
	page,
}) => {
	await ide.open();
	await ide.verdict("Accepted");
	await expect(ide.tab("firewall.s")).toBeVisible();
	await expect(ide.packet(12)).toBeAttached();
	expect(await ide.rejectedLines()).toEqual([]);

	const line = await ide.caretAt("; prove that 20 bytes", "Home");
	await page.keyboard.type("; ");
	await ide.verdict(/Rejected.*insn \d+/);
	const read = line + 1;
	await expect.poll(() => ide.rejectedLines()).toEqual([read]);
	await expect(ide.card).toContainText(`line ${read}`);
	await expect(ide.card).toContainText("invalid access to packet, off=");
	for (const word of ["Known", "Needed", "Path"]) await expect(ide.card).toContainText(word);
	await expect(ide.runButton).toBeDisabled();
	const problems = await ide.panel("Problems");
	await expect(problems).toContainText(`firewall.s:${read}`);

	await ide.card.getByRole("button", { name: /^Prove \d+ bytes from r/ }).click();
	await ide.verdict("Accepted");
	await page.keyboard.press("ControlOrMeta+z");
	await ide.verdict(/Rejected/);

	await ide.caretAt("; prove that 20 bytes", "Home");
	await page.keyboard.press("Delete");
	await page.keyboard.press("Delete");
	await ide.verdict("Accepted");
	await expect(ide.card).toBeHidden();
	await expect.poll(() => ide.rejectedLines()).toEqual([]);
	expect(await ide.source()).toContain(`\t${proof}`);
	await expect(ide.runButton).toBeEnabled();
});

test("packets go through: actions, chart, fields, filter, and the capture that comes out", async ({
	ide,
	page,
}) => {
	await ide.open();
	expect(await ide.counts()).toEqual({ "not run": 12 });
	await ide.run();
	const counts = await ide.counts();
	const { PASS = 0, DROP = 0 } = counts;
	expect(PASS).toBeGreaterThan(0);
	expect(DROP).toBeGreaterThan(0);
	expect(PASS + DROP).toBe(12);
	await expect(ide.packet(4)).toContainText("DROP");

	await ide.menu("Filter by action", /^DROP/);
	await expect(ide.packetRows).toHaveCount(DROP);
	await ide.menu("Filter by action", "All actions");

	await ide.packet(4).click();
	await expect(ide.field(/^Destination port/)).toContainText("23");

	const { name, bytes } = await ide.download(() => ide.press("Save pcap"));
	expect(name).toBe("firewall.pcap");
	const read = readCapture(bytes);
	expect(read.diagnostics).toEqual([]);
	expect(read.value?.packets.length).toBe(PASS);

	const maps = await ide.panel("Maps");
	await expect(maps).toContainText("closed_ports");
	await expect(page.getByRole("group", { name: "Entries of closed_ports" })).toContainText(
		String(DROP),
	);
});

test("bytes and fields that a program rewrites are marked", async ({ ide }) => {
	await ide.open();
	await ide.example("Load balancer");
	await ide.run();
	const { TX = 0 } = await ide.counts();
	expect(TX).toBeGreaterThan(0);
	await ide.packetRows.filter({ hasText: "TX" }).first().click();
	expect(await ide.changedBytes()).toBeGreaterThan(0);
	await expect(ide.field(/^Destination .* → /).first()).toBeVisible();
	await expect(ide.region("Bytes")).toContainText(/\d+ bytes? changed/);
});

test("a packet is stepped through in both directions, with what the verifier knew beside each value", async ({
	ide,
	page,
}) => {
	await ide.open();
	await ide.packet(4).click();
	await page.keyboard.press("F10");
	await ide.expectStep(0);
	const total = await ide.totalSteps();
	expect(total).toBeGreaterThan(10);
	const registers = ide.region("Registers");
	for (const head of ["Reg", "Value", "Verifier knows"])
		await expect(registers.getByRole("columnheader", { name: head })).toBeVisible();
	await expect(ide.register("r1")).toContainText("ctx()");

	await page.keyboard.press("F10");
	await page.keyboard.press("F10");
	await ide.expectStep(2);
	await expect(ide.register("r6")).toContainText("pkt(");
	await expect(registers).toContainText("Every value lies inside what the verifier recorded");
	await page.keyboard.press("Shift+F10");
	await ide.expectStep(1);
	await ide.seek(total);
	await expect(ide.stepping).toContainText("Ended: DROP");
	await ide.seek(1);
	await ide.stepping.getByRole("slider", { name: "Step" }).focus();
	for (const key of ["ArrowRight", "ArrowRight", "ArrowLeft"]) await page.keyboard.press(key);
	await ide.expectStep(2);

	await ide.breakpoint("r3 = *(u16 *)(r6 + 2)");
	await expect(ide.breakpoints).toHaveCount(1);
	await ide.press("End");
	await expect(ide.stepping).toBeHidden();

	await page.keyboard.press("F10");
	await ide.expectStep(0);
	await page.keyboard.press("F5");
	await expect(page.getByText(/^insn 18/).first()).toBeVisible();
	await expect(ide.register("r6")).toContainText("pkt(");
	await page.keyboard.press("F5");
	await expect(ide.stepping).toContainText("Ended: DROP");
	await ide.press("End");
	await expect(ide.stepping).toBeHidden();
	await expect(ide.runButton).toContainText("Run");
});

test("the share dialog says how far the link travels; a friend opens it in a clean browser and nothing runs", async ({
	ide,
	friend,
}) => {
	await ide.open();
	await ide.write(drops);
	await ide.verdict("Accepted");
	const link = await ide.shareLink();
	const dialog = ide.dialog("Share this project");
	await expect(dialog).toContainText(`${link.length.toLocaleString("en")} characters`);
	await expect(dialog.getByRole("img", { name: "Length of the link" })).toBeVisible();
	await dialog.getByRole("button", { name: "Copy link" }).click();
	await ide.toast("Link copied");
	expect(await ide.page.evaluate(() => navigator.clipboard.readText())).toBe(link);
	await dialog.getByRole("checkbox", { name: /^Packets/ }).uncheck();
	await expect
		.poll(async () => (await dialog.getByRole("textbox", { name: "Link" }).inputValue()).length)
		.toBeLessThan(link.length);

	await friend.open(link);
	await friend.toast("from the link");
	await friend.verdict("Accepted");
	expect(await friend.source()).toBe(drops);
	expect(await friend.counts()).toEqual({ "not run": 12 });
	await expect(friend.stopButton).toBeDisabled();
	await friend.run();
	expect(await friend.counts()).toEqual({ DROP: 12 });
});

test("a link made while paused opens at the same step", async ({ ide, friend }) => {
	await ide.open();
	await ide.verdict("Accepted");
	await ide.page.keyboard.press("F10");
	await ide.expectStep(0);
	await ide.seek(5);
	const value = await ide.register("r1").textContent();
	await friend.open(await ide.shareLink());
	await friend.expectStep(5);
	expect(await friend.register("r1").textContent()).toBe(value);
});

test("a link opened over unsaved work keeps that work in the project list", async ({
	ide,
	friend,
}) => {
	await ide.open();
	await ide.write(drops);
	const link = await ide.shareLink();
	await friend.open();
	await friend.command("Rename the project");
	await friend.dialog("Rename the project").getByRole("textbox", { name: "Name" }).fill("mine");
	await friend.page.keyboard.press("Enter");
	await friend.projectName("mine");
	await friend.write(passes);
	await friend.page.evaluate((hash) => {
		location.hash = hash;
	}, new URL(link).hash);
	await friend.toast("“mine” is kept in the project list");
	await friend.projectName("firewall");
	await friend.press("Back");
	await friend.projectName("mine");
	expect(await friend.source()).toBe(passes);
	expect(await friend.projects()).toEqual(expect.arrayContaining(["mine", "firewall"]));
});
