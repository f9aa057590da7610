// The page itself: accessibility, layout kept over reload, widths, security headers, offline, and its weight.

import { gzipSync } from "node:zlib";
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { Ide } from "./ide.ts";

for (const theme of ["dark", "light"] as const)
	test(`axe finds nothing, ${theme}`, async ({ page }) => {
		await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
		const ide = new Ide(page);
		await ide.open();
		await ide.expectVerdict("Accepted");
		for (const panel of [
			"Registers",
			"Stack",
			"Maps",
			"Verifier",
			"Problems",
			"Output",
			"Packets",
		]) {
			await ide.panel(panel);
			await page.waitForTimeout(200);
			const { violations } = await new AxeBuilder({ page }).exclude(".monaco-editor").analyze();
			expect(violations.map((v) => `${panel}: ${v.id}: ${v.nodes[0]?.html}`)).toEqual([]);
		}
		await ide.press("Share");
		await expect(ide.dialog("Share this project")).toBeVisible();
		const { violations } = await new AxeBuilder({ page }).include("dialog").analyze();
		expect(violations.map((v) => `${v.id}: ${v.nodes[0]?.html}`)).toEqual([]);
	});

test("panels move between docks, hide, and are as they were after a reload", async ({ page }) => {
	const ide = new Ide(page);
	await ide.open();
	await page.getByRole("tab", { name: "Stack" }).click({ button: "right" });
	await page.getByRole("menuitem", { name: "Move to the lower dock" }).click();
	const lower = page.getByRole("tablist", { name: "Panels of the lower dock" });
	await expect(lower.getByRole("tab", { name: "Stack" })).toBeVisible();
	await page.getByRole("tab", { name: "Output" }).click({ button: "right" });
	await page.getByRole("menuitem", { name: "Hide" }).click();
	await page.reload();
	await ide.ready();
	await expect(lower.getByRole("tab", { name: "Stack" })).toHaveAttribute("aria-selected", "true");
	await expect(page.getByRole("tab", { name: "Output" })).toHaveCount(0);
	await ide.command("Put all panels back");
	await expect(page.getByRole("tab", { name: "Output" })).toBeVisible();
	ide.expectNoFaults();
});

for (const width of [1440, 1100, 700, 390])
	test(`nothing sticks out at ${width} px`, async ({ page }) => {
		await page.setViewportSize({ width, height: 844 });
		await page.goto("/");
		await expect(page.getByText("Accepted").first()).toBeVisible();
		const wide = await page.evaluate(() => document.documentElement.scrollWidth);
		expect(wide).toBeLessThanOrEqual(width);
		const out = await page.evaluate(() =>
			[...document.querySelectorAll("header button, nav button")]
				.filter((b) => {
					const box = b.getBoundingClientRect();
					return box.width > 0 && (box.right > innerWidth + 1 || box.left < -1);
				})
				.map((b) => b.textContent),
		);
		expect(out).toEqual([]);
	});

test("the policy is served and in the page, without unsafe-eval", async ({ page }) => {
	const reply = await page.goto("/");
	const header = reply?.headers()["content-security-policy"] ?? "";
	const meta = await page
		.locator("meta[http-equiv='Content-Security-Policy']")
		.getAttribute("content");
	for (const policy of [header, meta ?? ""]) {
		expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval'");
		expect(policy).not.toContain("'unsafe-eval'");
	}
});

test("the page works without a network once it was there", async ({ page, context }) => {
	const ide = new Ide(page);
	await ide.open();
	await page.evaluate(async () => {
		await navigator.serviceWorker.ready;
	});
	await page.waitForTimeout(3000);
	await context.setOffline(true);
	await page.reload();
	await ide.ready();
	await ide.expectVerdict("Accepted");
	await context.setOffline(false);
});

test("spaces arrive in the editor, Escape and Tab leave it", async ({ page }) => {
	const ide = new Ide(page);
	await ide.open();
	await ide.write("; a b");
	expect(await ide.source()).toBe("; a b");
	await page.keyboard.press("Escape");
	await page.keyboard.press("Tab");
	const inside = await page.evaluate(
		() => document.activeElement?.closest(".monaco-editor") !== null,
	);
	expect(inside).toBe(false);
});

test("the first load stays under its budget", async ({ page }) => {
	const html = await (await page.request.get("/")).text();
	const first = [...html.matchAll(/(?:src|href)="(\.\/[^"]+\.js)"/g)].map((m) => m[1] ?? "");
	let total = 0;
	for (const path of first) total += gzipSync(await (await page.request.get(path)).body()).length;
	test.info().annotations.push({ type: "first load, gzip", description: `${total} bytes` });
	expect(total).toBeGreaterThan(20_000);
	expect(total).toBeLessThan(150_000);
});
