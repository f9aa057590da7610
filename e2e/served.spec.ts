// What is served: the content policy in header and page, and how much the first load weighs.

import { gzipSync } from "node:zlib";
import { expect, test } from "./ide.ts";

test("the content policy is served and in the page, and nothing breaches it", async ({
	ide,
	page,
}) => {
	await page.addInitScript(() => {
		addEventListener("securitypolicyviolation", (e) => {
			console.error(`breach of the policy: ${e.violatedDirective} ${e.blockedURI}`);
		});
	});
	const reply = await page.goto("/");
	const header = reply?.headers()["content-security-policy"] ?? "";
	const html = (await reply?.text()) ?? "";
	const meta = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? "";
	for (const policy of [header, meta.replaceAll("&#39;", "'")]) {
		expect(policy).toContain("default-src 'none'");
		expect(policy).toMatch(/script-src 'self' 'wasm-unsafe-eval'(;|$)/);
		expect(policy).not.toContain("'unsafe-eval'");
	}
	await ide.ready();
	await ide.run();
	for (const name of ["Terminal", "Registers", "Maps"]) await ide.panel(name);
	await ide.shareLink();
	expect(ide.faults).toEqual([]);
	// From a timer, so that the page's own policy applies and not the test driver's.
	const refused = await page.evaluate(
		() =>
			new Promise((resolve) =>
				setTimeout(() => {
					try {
						new Function("return 1")();
						resolve(false);
					} catch {
						resolve(true);
					}
				}),
			),
	);
	expect(refused).toBe(true);
	ide.faults.length = 0;
});

test("the first load stays under its budget", async ({ page }) => {
	const html = await (await page.request.get("/")).text();
	const first = [...html.matchAll(/(?:src|href)="(\.\/[^"]+\.js)"/g)].map((m) => m[1] ?? "");
	let total = 0;
	for (const path of first) total += gzipSync(await (await page.request.get(path)).body()).length;
	expect(total).toBeGreaterThan(20_000);
	expect(total).toBeLessThan(190_000);
});
