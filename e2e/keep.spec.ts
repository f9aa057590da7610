// What stays over a reload: project, layout, theme, breakpoints; and the page without a network.

import { expect, test } from "./ide.ts";
import { drops, passes } from "./programs.ts";

test("project, layout, theme and breakpoints are as they were after a reload", async ({
	ide,
	page,
}) => {
	await page.emulateMedia({ colorScheme: "dark" });
	await ide.open();
	await ide.theme("dark");
	await ide.press("Theme");
	await ide.theme("light");
	await ide.write(drops);
	await ide.verdict("Accepted");
	await ide.breakpoint("r0 = 1");
	await ide.tab("Stack").click({ button: "right" });
	await page.getByRole("menuitem", { name: "Move to the lower dock" }).click();
	const lower = page.getByRole("tablist", { name: "Panels of the lower dock" });
	await expect(lower.getByRole("tab", { name: "Stack" })).toBeVisible();
	await ide.tab("Output").click({ button: "right" });
	await page.getByRole("menuitem", { name: "Hide" }).click();
	await page.reload();
	await ide.ready();
	await ide.theme("light");
	expect(await ide.source()).toBe(drops);
	await expect(ide.breakpoints).toHaveCount(1);
	await expect(lower.getByRole("tab", { name: "Stack" })).toHaveAttribute("aria-selected", "true");
	await expect(ide.tab("Output")).toHaveCount(0);
	await ide.command("Put all panels back");
	await expect(ide.tab("Output")).toBeVisible();
});

test("an edit made in the last moment before a reload is kept", async ({ ide, page }) => {
	await ide.open();
	await ide.write(passes);
	await page.reload();
	await ide.ready();
	expect(await ide.source()).toBe(passes);
});

test("another example never takes the place of one's own work", async ({ ide, page }) => {
	await ide.open();
	await ide.write(passes);
	await ide.command("Rename the project");
	await ide.dialog("Rename the project").getByRole("textbox", { name: "Name" }).fill("mine");
	await page.keyboard.press("Enter");
	await ide.projectName("mine");
	await ide.example("VLAN pop");
	await ide.projectName("vlan-pop");
	await ide.press("Back");
	await ide.projectName("mine");
	expect(await ide.source()).toBe(passes);
});

test("a second visit works without a network", async ({ ide, page, context }) => {
	await ide.open();
	await expect
		.poll(() =>
			page.evaluate(async () => {
				const registration = await navigator.serviceWorker.getRegistration();
				return registration?.active?.state;
			}),
		)
		.toBe("activated");
	await context.setOffline(true);
	await page.reload();
	await ide.ready();
	await ide.verdict("Accepted");
	await ide.run();
	await ide.example("Load balancer");
	await ide.verdict("Accepted");
	await context.setOffline(false);
	ide.faults.length = 0;
});
