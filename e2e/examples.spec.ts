// Every example opens with the verdict that it promises, and runs by a person's hand only.

import { readFileSync } from "node:fs";
import { expect, test } from "./ide.ts";

interface Entry {
	readonly id: string;
	readonly title: string;
	readonly group: string;
	readonly source: string;
	readonly packets: readonly unknown[];
}

const list = JSON.parse(
	readFileSync(new URL("../public/examples/index.json", import.meta.url), "utf8"),
) as readonly Entry[];

test("there are at least twelve examples, three of them rejected", () => {
	expect(list.length).toBeGreaterThanOrEqual(12);
	expect(list.filter((e) => e.group === "Rejected").length).toBeGreaterThanOrEqual(3);
	for (const e of list)
		expect(e.packets.length, e.id).toBeGreaterThanOrEqual(e.group === "Tracing" ? 0 : 1);
});

const parts = 4;
for (let part = 0; part < parts; part++)
	test(`examples keep what they promise, part ${part + 1}`, async ({ ide }) => {
		await ide.open();
		const messages = new Set<string>();
		for (const e of list.filter((_, at) => at % parts === part))
			await test.step(e.title, async () => {
				await ide.example(e.title);
				await ide.projectName(e.id);
				await expect(ide.editor).toContainText(e.source);
				if (e.packets.length > 0)
					expect(await ide.counts()).toEqual({ "not run": e.packets.length });
				if (e.group === "Rejected") {
					await ide.verdict("Rejected");
					await expect(ide.card.or(ide.region("Problems")).first()).toBeVisible();
					messages.add((await ide.card.textContent()) ?? "");
				} else {
					await ide.verdict("Accepted");
					if (e.packets.length === 0) return;
					await ide.run();
					expect(Object.values(await ide.counts()).reduce((a, b) => a + b, 0)).toBe(
						e.packets.length,
					);
				}
				await ide.dismissToasts();
			});
		const rejected = list.filter((e, at) => at % parts === part && e.group === "Rejected");
		expect(messages.size).toBe(rejected.length);
	});
