// Every example opens with the verdict that it promises, and runs by a person's hand only.

import { readFileSync } from "node:fs";
import { expect, test } from "./ide.ts";

interface Entry {
	readonly id: string;
	readonly title: string;
	readonly group: string;
	readonly packets: readonly unknown[];
}

const list = JSON.parse(
	readFileSync(new URL("../public/examples/index.json", import.meta.url), "utf8"),
) as readonly Entry[];

test("there are at least twelve examples, three of them rejected", () => {
	expect(list.length).toBeGreaterThanOrEqual(12);
	expect(list.filter((e) => e.group === "Rejected").length).toBeGreaterThanOrEqual(3);
	for (const e of list) expect(e.packets.length, e.id).toBeGreaterThan(0);
});

for (const half of [0, 1])
	test(`examples keep what they promise, part ${half + 1}`, async ({ ide }) => {
		await ide.open();
		const messages = new Set<string>();
		for (const e of list.filter((_, at) => at % 2 === half))
			await test.step(e.title, async () => {
				await ide.example(e.title);
				await ide.projectName(e.id);
				await expect(ide.editor).toContainText(`${e.id}.s`);
				expect(await ide.counts()).toEqual({ "not run": e.packets.length });
				if (e.group === "Rejected") {
					await ide.verdict("Rejected");
					await expect(ide.card.or(ide.region("Problems")).first()).toBeVisible();
					messages.add((await ide.card.textContent()) ?? "");
				} else {
					await ide.verdict("Accepted");
					await ide.run();
					expect(Object.values(await ide.counts()).reduce((a, b) => a + b, 0)).toBe(
						e.packets.length,
					);
				}
				await ide.dismissToasts();
			});
		const rejected = list.filter((e, at) => at % 2 === half && e.group === "Rejected");
		expect(messages.size).toBe(rejected.length);
	});
