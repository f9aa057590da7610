// What comes from outside: links and files, good ones and bad ones. A bad one gets a message that names it; page and project stay.

import { readFileSync } from "node:fs";
import { deflateRawSync } from "node:zlib";
import { encodeBtf } from "../engine/btf/index.ts";
import { captureFromBytes, traffic, writePcap } from "../engine/net/index.ts";
import { expect, type Ide, test } from "./ide.ts";
import { passes } from "./programs.ts";

const link = (value: Buffer | string) =>
	`/#v1.d.${deflateRawSync(value, { level: 9 }).toString("base64url")}`;
const firewallObject = readFileSync(new URL("../engine/testdata/elf/firewall.o", import.meta.url));

async function untouched(ide: Ide): Promise<void> {
	await expect(ide.tab("firewall.s")).toHaveAttribute("aria-selected", "true");
	await ide.projectName("firewall");
	await ide.verdict("Accepted");
	await expect(ide.packet(12)).toBeAttached();
	await ide.run();
}

const links: readonly [string, string, RegExp][] = [
	["unfolds to 200 MB", link(Buffer.alloc(200_000_000)), /unfolds to more than \d+ bytes/],
	["holds no project", link('{"version":1}'), /project/],
	["holds no JSON", link("<html>"), /not JSON/],
	["holds a list", link("[1,2]"), /project/],
	["has a field of a wrong kind", link('{"version":1,"files":7}'), /project files/],
	["is of a later format", "/#v9.d.AAAA", /format v9/],
	["is of another codec", "/#v1.z.AAAA", /format v1\.z/],
	["is cut", link(JSON.stringify({ version: 1, name: "x".repeat(500) })).slice(0, 24), /is cut/],
	["has foreign characters", "/#v1.d.%00%3Cimg%20src=x%20onerror=alert(1)%3E", /characters/],
];

test("links that cannot be read are refused by name, and the project stays", async ({
	ide,
	page,
}) => {
	await ide.open();
	for (const [what, address, message] of links)
		await test.step(what, async () => {
			await page.evaluate((hash) => {
				location.hash = hash;
			}, address.slice(1));
			await ide.toast(message);
			await ide.dismissToasts();
		});
	await untouched(ide);
});

test("a page opened by a decompression bomb starts as on a first visit", async ({ ide }) => {
	await ide.open(link(Buffer.alloc(200_000_000)));
	await ide.toast(/unfolds to more than/);
	await untouched(ide);
});

const files: readonly [string, string | Uint8Array, RegExp][] = [
	["empty.o", "", /empty\.o/],
	["text.o", "no object", /text\.o/],
	["cut.o", firewallObject.subarray(0, 300), /cut\.o/],
	["zeros.pcap", new Uint8Array(100), /zeros\.pcap/],
	["text.pcapng", "no capture", /text\.pcapng/],
	["cut.json", '{"version":1', /cut\.json/],
	["other.json", '{"version":1,"files":"none"}', /other\.json/],
	["deep.json", "[".repeat(100_000), /deep\.json/],
	["picture.png", new Uint8Array([137, 80, 78, 71]), /picture\.png.*expected/],
];

test("files that cannot be read are refused by name, and the project stays", async ({ ide }) => {
	await ide.open();
	for (const [name, content, message] of files)
		await test.step(name, async () => {
			await ide.drop(name, content);
			await ide.toast(message);
			await ide.dismissToasts();
		});
	await untouched(ide);
});

test("a dropped assembly file becomes the one that is built", async ({ ide }) => {
	await ide.open();
	await ide.drop("two.s", passes.replaceAll("prog", "two"));
	await expect(ide.tab("two.s")).toHaveAttribute("aria-selected", "true");
	await expect(ide.button("Program")).toContainText("two");
	await ide.verdict("Accepted");
	expect(await ide.source()).toBe(passes.replaceAll("prog", "two"));
});

test("a dropped object of clang is verified and run", async ({ ide, page }) => {
	await ide.open();
	await ide.drop("clang.o", firewallObject);
	await expect(ide.tab("clang.o")).toHaveAttribute("aria-selected", "true");
	await ide.verdict("Accepted");
	await expect(ide.editor).toContainText("clang.o is not text");
	await expect(page.getByRole("group", { name: "Instructions" })).toContainText("exit");
	await ide.run();
	const { "not run": left = 0, ...actions } = await ide.counts();
	expect(left).toBe(0);
	expect(Object.values(actions).reduce((a, b) => a + b, 0)).toBe(12);
});

test("a dropped capture is added to the packets, and can be taken back", async ({ ide }) => {
	await ide.open();
	const sent = traffic("lan", 20, 7);
	const capture = writePcap(captureFromBytes(sent.map((p) => p.bytes)));
	await ide.drop("lan.pcap", capture);
	await ide.toast("20 packets of lan.pcap were added");
	await ide.press("Undo");
	await expect(ide.tab("Packets")).toContainText("12");
	await ide.drop("lan.pcap", capture);
	await expect(ide.tab("Packets")).toContainText("32");
	await ide.run();
	const counts = await ide.counts();
	expect(Object.values(counts).reduce((a, b) => a + b, 0)).toBe(32);
});

test("what is saved as a file opens again as the same project", async ({ ide, friend }) => {
	await ide.open();
	await ide.write(passes);
	await ide.verdict("Accepted");
	const { name, bytes } = await ide.download(() => ide.command("Save as file"));
	expect(name).toBe("firewall.skep.json");
	await friend.open();
	await friend.drop(name, bytes);
	await friend.toast("Opened “firewall”");
	await friend.verdict("Accepted");
	expect(await friend.source()).toBe(passes);
});

test("markup in names, labels, comments and symbols stays text", async ({ ide, page }) => {
	const markup = "<img src=x onerror=alert(1)>";
	const [packet] = traffic("lan", 1, 1);
	const project = {
		version: 1,
		name: markup,
		files: [
			{
				path: `${markup}.s`,
				text: `; ${markup}\n\t.section xdp\n"${markup}":\n\tr0 = 2\n\texit\n`,
			},
			{ path: "fine.s", text: `; ${markup}\n${passes}` },
		],
		entry: "fine.s",
		note: markup,
		scenario: {
			seed: 1,
			kernel: "linux-6.18",
			packets: [{ data: Buffer.from(packet?.bytes ?? []).toString("hex"), name: markup }],
			maps: { [markup]: [{ key: "00", value: "00" }] },
		},
		breakpoints: [],
		tests: [],
	};
	await page.addInitScript(() => {
		addEventListener("securitypolicyviolation", (e) => {
			console.error(`breach of the policy: ${e.violatedDirective} ${e.blockedURI}`);
		});
	});
	await ide.open(link(JSON.stringify(project)));
	await ide.toast("from the link");
	await ide.projectName(markup);
	await expect(ide.editor).toContainText(markup);
	await ide.verdict("Accepted");
	await ide.run();
	await expect(ide.region("Bytes")).toContainText(markup);
	await ide.press(`${markup}.s`);
	await expect(ide.tab("<img")).toHaveAttribute("aria-selected", "true");
	await ide.menu(`More about ${markup}.s`, "Build this file");
	await ide.panel("Problems");
	for (const name of ["Verifier", "Registers", "Stack", "Maps", "Output"]) await ide.panel(name);

	// The name of the program, in the symbol table and in the type information.
	const marked = Buffer.from(
		firewallObject.toString("latin1").replaceAll("firewall", "<img x=>"),
		"latin1",
	);
	expect(marked.equals(firewallObject)).toBe(false);
	await ide.drop("marked.o", marked);
	await expect(
		ide
			.tab("marked.o")
			.or(page.getByText(/marked\.o/))
			.first(),
	).toBeVisible();
	await expect(page.locator("img, script[src=x]")).toHaveCount(0);
});

const types = encodeBtf([
	{
		kind: "int",
		name: "int",
		size: 4,
		bits: 32,
		bitOffset: 0,
		signed: true,
		char: false,
		bool: false,
	},
	{ kind: "ptr", type: 1 },
]);

test("a kernel's types that are dropped count until they are forgotten, over a reload too", async ({
	ide,
	page,
}) => {
	await ide.open();
	await ide.drop("vmlinux", types);
	await ide.toast("judged against the 2 types of vmlinux");
	await ide.verdict("Accepted");
	await page.reload();
	await ide.verdict("Accepted");
	await ide.command("Settings");
	const settings = ide.dialog("Settings");
	await expect(settings).toContainText("vmlinux, 2 types");
	await settings.getByRole("button", { name: "Forget it" }).click();
	await expect(settings).toContainText("The simulated kernel's");
	await page.keyboard.press("Escape");
	await ide.drop("vmlinux", types.slice(0, 20));
	await ide.toast(/vmlinux: /);
	await untouched(ide);
});

const globalsObject = readFileSync(new URL("../engine/testdata/elf/globals.o", import.meta.url));

test("a dropped object is explored: sections, types with offsets, a global that the verifier reads", async ({
	ide,
	page,
}) => {
	await ide.open();
	await ide.drop("globals.o", globalsObject);
	await ide.toast("4 programs");
	const object = await ide.panel("Object");
	await expect(object).toContainText(".data.special");
	await object.getByText("Types", { exact: true }).click();
	await object.getByRole("textbox", { name: "Find a type" }).fill(".bss");
	await object.getByText(".bss", { exact: true }).first().click();
	await expect(object.getByRole("region", { name: "Members of .bss" })).toContainText(
		"wide_counter",
	);
	await object.getByText("Globals", { exact: true }).click();
	const row = object.getByRole("row", { name: /^limit / });
	await row.getByRole("button").click();
	await row.getByRole("textbox", { name: "Value of limit" }).fill("12");
	await page.keyboard.press("Enter");
	await expect(row).toContainText("12");
	await ide.verdict("Accepted");
	await row.getByRole("button").click();
	await row.getByRole("textbox", { name: "Value of limit" }).fill("twelve");
	await page.keyboard.press("Enter");
	await ide.toast("a number of 4 bytes was expected");
});

test("assembly and C are saved as objects that come back as they were", async ({ ide }) => {
	await ide.open();
	const saved = async () => ide.download(() => ide.command("Save as object file"));
	const assembly = await saved();
	expect(assembly.name).toBe("firewall.o");
	await ide.example("Port firewall in C");
	await ide.verdict("Accepted");
	const compiled = await saved();
	expect(compiled.name).toMatch(/\.o$/);
	for (const { bytes } of [assembly, compiled]) {
		expect(bytes.subarray(0, 4).toString("latin1")).toBe("\x7fELF");
		await ide.drop("again.o", bytes);
		await ide.toast("again");
		await ide.verdict("Accepted");
	}
});
