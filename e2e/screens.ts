// Makes the pictures of docs/screens: `npm run screens`. Not a test: it says nothing about right or wrong.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, type Ide, type Theme, test } from "./ide.ts";

const object = readFileSync(new URL("../engine/testdata/elf/firewall.o", import.meta.url));
const folder = fileURLToPath(new URL("../docs/screens/", import.meta.url));

async function shoot(ide: Ide, name: string, theme: Theme): Promise<void> {
	await ide.dismissToasts();
	await ide.page.mouse.move(720, 4);
	await ide.page.evaluate(() =>
		Promise.all(document.getAnimations().map((a) => a.finished.catch(() => undefined))),
	);
	await ide.page.screenshot({ path: `${folder}${name}-${theme}.png`, caret: "hide" });
}

for (const theme of ["dark", "light"] as const satisfies readonly Theme[])
	test.describe(theme, () => {
		test.use({ colorScheme: theme, contextOptions: { reducedMotion: "reduce" } });

		test(`main, ${theme}`, async ({ ide }) => {
			await ide.open();
			await ide.run();
			await ide.packet(4).click();
			await ide.caretAt("if r3 > r2 goto out             ; prove", "Home");
			await ide.panel("Registers");
			await shoot(ide, "main", theme);
		});

		test(`rejected, ${theme}`, async ({ ide, page }) => {
			await ide.open();
			await ide.caretAt("; prove that 20 bytes", "Home");
			await page.keyboard.type("; ");
			await ide.verdict("Rejected");
			await expect(ide.card).toBeVisible();
			await ide.panel("Verifier");
			await shoot(ide, "rejected", theme);
		});

		test(`debugging, ${theme}`, async ({ ide, page }) => {
			await ide.open();
			await ide.breakpoint("r3 = *(u16 *)(r6 + 2)");
			await ide.run();
			await ide.packet(4).click();
			await page.keyboard.press("F10");
			await ide.expectStep(0);
			await page.keyboard.press("F5");
			await expect(ide.stepping.getByRole("slider")).not.toHaveAttribute("aria-valuenow", "0");
			await shoot(ide, "debug", theme);
		});

		test(`rewriting, ${theme}`, async ({ ide }) => {
			await ide.open();
			await ide.example("Load balancer");
			await ide.run();
			await ide.packetRows.filter({ hasText: "TX" }).first().click();
			await ide.panel("Maps");
			await shoot(ide, "rewriting", theme);
		});

		test(`C beside its assembly, ${theme}`, async ({ ide, page }) => {
			await ide.open();
			await ide.example("Load balancer in C");
			await ide.run();
			await ide.packetRows.filter({ hasText: "TX" }).first().click();
			await ide.breakpoint("__u32 key = choose");
			await page.keyboard.press("F10");
			await ide.expectStep(0);
			await page.keyboard.press("F5");
			await expect(ide.stepping.getByRole("slider")).not.toHaveAttribute("aria-valuenow", "0");
			await shoot(ide, "c-stepping", theme);
		});

		test(`C rejected, ${theme}`, async ({ ide }) => {
			await ide.open();
			await ide.example("Unproven bounds in C");
			await expect(ide.card).toBeVisible();
			await ide.panel("Verifier");
			await shoot(ide, "c-rejected", theme);
		});

		test(`C with problems, ${theme}`, async ({ ide, page }) => {
			await ide.open();
			await ide.example("Port firewall in C");
			await ide.panel("Problems");
			await ide.caretAt("__be16 port = tcp->dest");
			for (let i = 0; i < 5; i++) await page.keyboard.press("Backspace");
			await page.keyboard.type("dset;");
			await expect(ide.region("Problems")).toContainText("dset");
			await shoot(ide, "c-problems", theme);
		});

		test(`C completed, ${theme}`, async ({ ide, page }) => {
			await ide.open();
			await ide.example("Port firewall in C");
			await ide.caretAt("__be16 port = tcp->dest");
			await page.keyboard.press("Enter");
			await page.keyboard.type("if (tcp->d", { delay: 80 });
			await expect(ide.suggestions.first()).toBeVisible();
			await ide.page.screenshot({ path: `${folder}c-completion-${theme}.png`, caret: "hide" });
		});

		test(`an object of clang's, ${theme}`, async ({ ide }) => {
			await ide.open();
			await ide.drop("firewall.o", object);
			await ide.verdict("Accepted");
			const panel = await ide.panel("Object");
			await panel.getByText("Relocations", { exact: true }).click();
			await expect(panel).toContainText("rules");
			await shoot(ide, "object", theme);
		});

		test(`phone, ${theme}`, async ({ ide, page }) => {
			await page.setViewportSize({ width: 390, height: 844 });
			await page.goto("/");
			await expect(page.getByText("Accepted").first()).toBeVisible();
			await expect(page.getByRole("textbox", { name: /^Assembly source/ })).toBeAttached();
			await page.getByRole("banner").getByRole("button", { name: "Run" }).click();
			await shoot(ide, "phone", theme);
			await page.getByRole("navigation", { name: "Panels" }).getByText("Packets").click();
			await expect(ide.chart).not.toHaveAttribute("aria-label", /not run/);
			await shoot(ide, "phone-packets", theme);
		});
	});
