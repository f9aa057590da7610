// The engine under a person's hand: it stops when told, is replaced when it hangs or falls, and nothing typed is lost.

import { expect, test } from "./ide.ts";
import { endless, passes } from "./programs.ts";

test("an endless unverified run is ended without losing a character", async ({ ide }) => {
	await ide.open();
	await ide.write(endless);
	await ide.verdict(/Rejected|Not supported/);
	await ide.command("Run unverified");
	await ide.stopButton.click({ timeout: 2000 }).catch(() => undefined);
	await expect(ide.stopButton).toBeDisabled();
	await expect(ide.page.getByText("Engine ready")).toBeVisible();
	expect(await ide.source()).toBe(endless);
	await ide.write(passes);
	await ide.verdict("Accepted");
	await ide.run();
	expect(await ide.counts()).toEqual({ PASS: 12 });
});

test.describe("an engine that hangs or falls", () => {
	test.use({ serviceWorkers: "block" });
	for (const [what, sabotage] of [
		["hangs", "for (;;);"],
		["falls", "setTimeout(() => { throw new Error('sabotaged'); });"],
	] as const)
		test(`an engine that ${what} is replaced, and the project is as it was`, async ({
			ide,
			page,
		}) => {
			let first = true;
			await page.route(/engine\.worker.*\.js$/, async (route) => {
				const reply = await route.fetch();
				const script = await reply.text();
				const trap = `addEventListener("message", (e) => { if (JSON.stringify(e.data).includes('"run"')) { ${sabotage} } });`;
				await route.fulfill({ response: reply, body: first ? trap + script : script });
				first = false;
			});
			await ide.open();
			await ide.write(passes);
			await ide.verdict("Accepted");
			await ide.runButton.click();
			if (what === "hangs") await ide.stopButton.click();
			await ide.toast("Your project is as it was");
			await ide.ready();
			await ide.verdict("Accepted");
			await ide.run();
			expect(await ide.counts()).toEqual({ PASS: 12 });
			expect(await ide.source()).toBe(passes);
			ide.faults.length = 0;
		});
});
