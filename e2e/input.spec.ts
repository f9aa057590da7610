// Bad input: a message that names the place, and everything stays as it was.

import { deflateRawSync } from "node:zlib";
import { expect, test } from "@playwright/test";
import { Ide } from "./ide.ts";

const link = (value: Buffer | string) => `/#v1.d.${deflateRawSync(value).toString("base64url")}`;

const links: readonly [string, string, RegExp][] = [
	["a decompression bomb", link(Buffer.alloc(50 << 20)), /unfolds to more than/],
	["no project", link('{"version":1}'), /project/],
	["a later version", "/#v9.d.AAAA", /format v9/],
	["a cut link", "/#v1.d.AAAA", /damaged|cut/],
];

for (const [what, address, message] of links)
	test(`a link that is ${what} is refused by name`, async ({ page }) => {
		const ide = new Ide(page);
		await ide.open(address);
		await ide.toast(message);
		await expect(page.getByRole("tab", { name: "firewall.s" })).toBeVisible();
		await ide.expectVerdict("Accepted");
	});

const files: readonly [string, string | Uint8Array, RegExp][] = [
	["bad.o", "no object", /bad\.o/],
	["bad.pcap", "no capture", /bad\.pcap/],
	["bad.skep.json", "{", /bad\.skep\.json/],
];

test("files that cannot be read are refused by name", async ({ page }) => {
	const ide = new Ide(page);
	await ide.open();
	await ide.expectVerdict("Accepted");
	for (const [name, content, message] of files) {
		await ide.drop(name, content);
		await ide.toast(message);
	}
	await expect(page.getByRole("tab", { name: "firewall.s" })).toBeVisible();
	await ide.expectVerdict("Accepted");
	ide.expectNoFaults();
});

test("markup in names and sources stays text", async ({ page }) => {
	const ide = new Ide(page);
	const project = {
		version: 1,
		name: "<img src=x onerror=alert(1)>",
		files: [
			{ path: "<b>.s", text: "; <script>alert(1)</script>\n\t.section xdp\n\tr0 = 2\n\texit\n" },
		],
		entry: "<b>.s",
		scenario: { seed: 1, kernel: "linux-6.18", packets: [], maps: {} },
		breakpoints: [],
		tests: [],
	};
	page.on("dialog", () => {
		throw new Error("a script ran");
	});
	await ide.open(link(JSON.stringify(project)));
	await ide.toast("from the link");
	await expect(page.locator("img")).toHaveCount(0);
	expect(await ide.source()).toContain("<script>");
	ide.expectNoFaults();
});

test("a dropped assembly file becomes the one that is built", async ({ page }) => {
	const ide = new Ide(page);
	await ide.open();
	await ide.drop("two.s", "\t.section xdp\n\t.globl two\ntwo:\n\tr0 = 2\n\texit\n");
	await expect(page.getByRole("tab", { name: "two.s" })).toBeVisible();
	await ide.expectVerdict("Accepted");
	await expect(page.getByRole("button", { name: "Program", exact: true })).toContainText("two");
});
