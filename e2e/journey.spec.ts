// The main job from end to end: edit, verdict, packets, step, share, open the link elsewhere.

import { expect, test } from "@playwright/test";
import { Ide } from "./ide.ts";

const rejected = "\t.section xdp\n\t.globl prog\nprog:\n\tr0 = *(u8 *)(r1 + 100)\n\texit\n";
const passes = "\t.section xdp\n\t.globl prog\nprog:\n\tr0 = 2\n\texit\n";
const drops = passes.replace("r0 = 2", "r0 = 1");

test("a first visit shows a working firewall", async ({ page }) => {
	const ide = new Ide(page);
	await ide.open();
	await ide.expectVerdict("Accepted");
	await expect(page.getByRole("tab", { name: "firewall.s" })).toBeVisible();
	await expect(ide.packets()).not.toHaveCount(0);
	ide.expectNoFaults();
});

test("edit, verdict while typing, packets, step, share, open the link elsewhere", async ({
	page,
	browser,
}) => {
	const ide = new Ide(page);
	await ide.open();
	await ide.expectVerdict("Accepted");

	await ide.write(rejected);
	await ide.expectVerdict("Rejected");
	await expect(page.getByRole("note", { name: "Why not?" })).toContainText(
		"invalid bpf_context access",
	);
	await expect(ide.button("Run")).toBeDisabled();

	await ide.write(drops);
	await ide.expectVerdict("Accepted");
	await ide.press("Run");
	await expect(ide.packets().first()).toContainText("DROP");

	await page.keyboard.press("F10");
	await expect(page.getByText("Paused", { exact: true })).toBeVisible();
	await page.keyboard.press("F10");
	await expect(page.getByText("step 1 of 2", { exact: true })).toBeVisible();
	await page.keyboard.press("Shift+F10");
	await expect(page.getByText("step 0 of 2")).toBeVisible();
	await ide.press("End");
	await expect(page.getByText("Paused", { exact: true })).toBeHidden();

	await ide.press("Share");
	const link = await ide
		.dialog("Share this project")
		.getByRole("textbox", { name: "Link" })
		.inputValue();
	expect(link).toContain("#v1.d.");
	const other = await browser.newContext({ permissions: ["clipboard-read", "clipboard-write"] });
	const friend = new Ide(await other.newPage());
	await friend.open(link);
	await friend.toast("from the link");
	await friend.expectVerdict("Accepted");
	expect(await friend.source()).toBe(drops);
	await expect(friend.packets().first()).toContainText("not run");
	friend.expectNoFaults();
	await other.close();
	ide.expectNoFaults();
});

test("nothing is lost over a reload, nor when a link is opened over it", async ({ page }) => {
	const ide = new Ide(page);
	await ide.open();
	await ide.write(passes);
	await ide.expectVerdict("Accepted");
	await page.reload();
	await ide.ready();
	expect(await ide.source()).toBe(passes);

	await ide.command("Rename the project");
	await page.getByRole("textbox", { name: "Name" }).fill("mine");
	await page.keyboard.press("Enter");
	await ide.example("Pass or drop");
	await ide.press("Back");
	await expect(page.getByRole("button", { name: "Project", exact: true })).toContainText("mine");
	expect(await ide.source()).toBe(passes);
	ide.expectNoFaults();
});

test("an endless unverified run is stopped without losing a character", async ({ page }) => {
	const ide = new Ide(page);
	await ide.open();
	const endless =
		"\t.section xdp\n\t.globl prog\nprog:\n\tr0 = 0\nagain:\n\tr0 += 1\n\tgoto again\n";
	await ide.write(endless);
	await ide.expectVerdict(/Rejected|Not supported/);
	await ide.command("Run unverified");
	const stop = ide.button("Stop");
	if (await stop.isEnabled()) await stop.click();
	await expect(stop).toBeDisabled();
	await expect(page.getByText("Engine ready")).toBeVisible();
	expect(await ide.source()).toBe(endless);
	await ide.write(passes);
	await ide.expectVerdict("Accepted");
});
