// The phone: every panel can be reached, everything has room, targets are large enough.

import { expect, test } from "./ide.ts";

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

test("every panel can be reached, and nothing sticks out", async ({ ide, page }) => {
	await page.goto("/");
	await expect(page.getByText("Accepted").first()).toBeVisible();
	const nav = page.getByRole("navigation", { name: "Panels" });
	const fits = async () => {
		const wide = await page.evaluate(() => document.documentElement.scrollWidth);
		expect(wide).toBeLessThanOrEqual(390);
	};
	await fits();
	for (const name of ["Verifier", "Registers", "Packets"]) {
		await nav.getByRole("button", { name }).tap();
		await expect(page.getByRole("region", { name, exact: true })).toBeVisible();
		await fits();
	}
	for (const name of ["Stack", "Maps", "Terminal", "Problems", "Output"]) {
		await nav.getByRole("button", { name: "More" }).tap();
		await page.getByRole("main").getByRole("button", { name, exact: true }).tap();
		await expect(page.getByRole("region", { name, exact: true })).toBeVisible();
		await fits();
	}
	await nav.getByRole("button", { name: "Code" }).tap();
	await page.getByRole("tab", { name: "Assembly" }).tap();
	await expect(page.getByRole("group", { name: "Instructions" })).toBeVisible();
	await nav.getByRole("button", { name: "More" }).tap();
	await page.getByRole("main").getByRole("button", { name: "Examples" }).tap();
	await page.getByRole("button", { name: "Bounds not proven" }).tap();
	await expect(page.getByText("Rejected").first()).toBeVisible();
	await nav.getByRole("button", { name: "Code" }).tap();
	await expect(page.getByRole("note", { name: "Why not?" })).toBeVisible();
	await fits();
	expect(ide.faults).toEqual([]);
});

test("run, step and share on a phone", async ({ ide, page }) => {
	await page.goto("/");
	await expect(page.getByText("Accepted").first()).toBeVisible();
	await page.getByRole("banner").getByRole("button", { name: "Run" }).tap();
	await page
		.getByRole("navigation", { name: "Panels" })
		.getByRole("button", { name: "Packets" })
		.tap();
	await expect(ide.chart).not.toHaveAttribute("aria-label", /not run/);
	await page.getByRole("button", { name: "Step", exact: true }).tap();
	await expect(ide.stepping).toBeVisible();
	await expect(page.getByRole("region", { name: "Registers" })).toContainText("ctx()");
	await page.getByRole("button", { name: "Share" }).tap();
	await expect(ide.dialog("Share this project")).toBeVisible();
});

test("targets of the bars are at least 40 pixels", async ({ page }) => {
	await page.goto("/");
	await expect(page.getByText("Accepted").first()).toBeVisible();
	for (const bar of [page.getByRole("banner"), page.getByRole("navigation", { name: "Panels" })])
		for (const button of await bar.getByRole("button").all()) {
			const box = await button.boundingBox();
			expect(box?.height ?? 0, (await button.textContent()) ?? "").toBeGreaterThanOrEqual(40);
			expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(390);
		}
});

test("the outline of C leads to a declaration, completion has room for names", async ({
	ide,
	page,
}) => {
	await page.goto("/");
	await expect(page.getByText("Accepted").first()).toBeVisible();
	const nav = page.getByRole("navigation", { name: "Panels" });
	await nav.getByRole("button", { name: "More" }).tap();
	await page.getByRole("main").getByRole("button", { name: "Examples" }).tap();
	await page.getByRole("button", { name: "Port firewall in C" }).tap();
	await expect(page.getByText("Accepted").first()).toBeVisible();
	await nav.getByRole("button", { name: "More" }).tap();
	await page.getByRole("main").getByRole("button", { name: "Outline" }).tap();
	const names = page.getByRole("group", { name: "Declarations" });
	await names.getByRole("option").first().tap();
	await expect(page.getByRole("textbox", { name: /^C source/ })).toBeAttached();
	await ide.focusEditor();
	await page.keyboard.press("End");
	await page.keyboard.press("Enter");
	await page.keyboard.type("bpf_map_lookup_e");
	await expect(ide.suggestions.first()).toContainText("bpf_map_lookup_elem");
	const box = await ide.suggestions.first().boundingBox();
	expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(390);
});
