// Accessibility as axe sees it, in both themes, in every state of the page; and room at every width.

import AxeBuilder from "@axe-core/playwright";
import { expect, type Ide, type Theme, test } from "./ide.ts";

/** `part` names what has appeared since the page was looked at as a whole. */
async function clean(ide: Ide, where: string, part?: string): Promise<void> {
	// A theme or a panel that just appeared may still be fading.
	await ide.page.evaluate(() =>
		Promise.all(document.getAnimations().map((a) => a.finished.catch(() => undefined))),
	);
	// There are no frames, which spares a page of axe's own for each look.
	const axe = new AxeBuilder({ page: ide.page })
		.options({ resultTypes: ["violations"] })
		.setLegacyMode();
	if (part !== undefined) axe.include(part);
	// The lines of the editor are looked at once, on the main screen.
	else if (where !== "main") axe.exclude(".view-lines");
	const { violations } = await axe.analyze();
	const found = violations.map(
		(v) => `${where}: ${v.impact} ${v.id}: ${v.nodes.map((n) => n.html.slice(0, 160)).join(" | ")}`,
	);
	expect.soft(found).toEqual([]);
}

for (const theme of ["dark", "light"] as const satisfies readonly Theme[]) {
	test.describe(theme, () => {
		test.use({ colorScheme: theme, contextOptions: { reducedMotion: "reduce" } });

		test(`main screen and every panel, ${theme}`, async ({ ide }) => {
			await ide.open();
			await clean(ide, "main");
			for (const name of ["Registers", "Stack", "Maps", "Problems", "Output", "Terminal"]) {
				await ide.panel(name);
				await clean(ide, name, `section[aria-label="${name}"]`);
			}
			await ide.press("Examples");
			await clean(ide, "examples", 'aside[aria-label="Examples"]');
		});

		test(`rejected, debugging, dialogs, ${theme}`, async ({ ide, page }) => {
			await ide.open();
			await ide.run();
			await clean(ide, "after a run");
			await page.keyboard.press("F10");
			await page.keyboard.press("F10");
			await ide.expectStep(1);
			await clean(ide, "debugging");
			await page.keyboard.press("Shift+Escape");
			await ide.shareLink();
			await clean(ide, "share", "dialog");
			await page.keyboard.press("Escape");
			for (const command of ["Settings…", "Keyboard shortcuts", "Projects…", "Add a packet…"]) {
				await ide.command(command);
				await expect(page.getByRole("dialog")).toBeVisible();
				await clean(ide, command, "dialog");
				await page.keyboard.press("Escape");
			}
			await ide.search("step");
			await clean(ide, "palette", "dialog");
			await page.keyboard.press("Escape");
			await ide.example("Bounds not proven");
			await expect(ide.card).toBeVisible();
			await clean(ide, "rejected");
		});

		test(`phone, ${theme}`, async ({ ide, page }) => {
			await page.setViewportSize({ width: 390, height: 844 });
			await page.goto("/");
			await expect(page.getByText("Accepted").first()).toBeVisible();
			const nav = page.getByRole("navigation", { name: "Panels" });
			for (const name of ["Code", "Verifier", "Registers", "Packets", "More"]) {
				await nav.getByRole("button", { name }).click();
				await clean(ide, `phone ${name}`);
			}
		});
	});
}

for (const width of [1920, 1440, 1100, 700, 390])
	test(`nothing sticks out at ${width} pixels`, async ({ page }) => {
		await page.setViewportSize({ width, height: 844 });
		await page.goto("/");
		await expect(page.getByText("Accepted").first()).toBeVisible();
		const out = await page.evaluate(() => {
			const beyond = [...document.querySelectorAll("header button, nav button, footer button")]
				.map((b) => ({ name: b.textContent, box: b.getBoundingClientRect() }))
				.filter(({ box }) => box.width > 0 && (box.right > innerWidth + 1 || box.left < -1));
			return { wide: document.documentElement.scrollWidth, beyond: beyond.map((b) => b.name) };
		});
		expect(out.beyond).toEqual([]);
		expect(out.wide).toBeLessThanOrEqual(width);
	});
