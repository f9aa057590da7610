// C in the editor: verdict while typing, problems at their place with mends, completion, hover, a header opened, the rejection on the line.

import { readFileSync } from "node:fs";
import { expect, test } from "./ide.ts";

const filter = `#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_endian.h>

SEC("xdp")
int filter(struct xdp_md *ctx)
{
	void *data = (void *)(long)ctx->data;
	void *data_end = (void *)(long)ctx->data_end;
	struct ethhdr *eth = data;

	if ((void *)(eth + 1) > data_end)
		return XDP_PASS;
	if (eth->h_proto == bpf_htons(ETH_P_IPV6))
		return XDP_DROP;
	return XDP_PASS;
}

char _license[] SEC("license") = "GPL";
`;

test("a C program is compiled and judged while typing; a check taken out is rejected on its line", async ({
	ide,
	page,
}) => {
	await ide.open();
	await ide.drop("filter.c", filter);
	await expect(page.getByRole("button", { name: "Program", exact: true })).toContainText("filter");
	await ide.verdict("Accepted");
	await ide.run();
	const line = await ide.caretAt("if ((void *)(eth + 1)", "Home");
	await page.keyboard.type("//");
	await page.keyboard.press("ArrowDown");
	await page.keyboard.press("Home");
	await page.keyboard.type("//");
	await ide.verdict(/Rejected/);
	await expect(ide.card).toContainText("invalid access to packet");
	expect(await ide.rejectedLines()).toEqual([line + 2]);
});

test("a misspelled name is underlined, and its mend puts it right", async ({ ide, page }) => {
	await ide.open();
	await ide.drop("filter.c", filter.replace("eth->h_proto", "eth->h_prot"));
	const problems = await ide.panel("Problems");
	await expect(problems).toContainText("no member named 'h_prot' in 'struct ethhdr'");
	await expect(problems).toContainText("filter.c:15");
	await ide.caretAt("h_prot ==", "Home");
	for (let i = 0; i < 12; i++) await page.keyboard.press("ArrowRight");
	await page.keyboard.press("ControlOrMeta+.");
	await page.getByRole("option", { name: "change to 'h_proto'" }).click();
	await ide.verdict("Accepted");
	expect(await ide.source()).toContain("eth->h_proto ==");
});

test("a mend can be made from the list of problems", async ({ ide }) => {
	await ide.open();
	await ide.drop("filter.c", filter.replace("eth->h_proto", "eth->h_prot"));
	const problems = await ide.panel("Problems");
	await problems.getByRole("button", { name: "change to 'h_proto'" }).click();
	await ide.verdict("Accepted");
	await expect(problems).toContainText("No problems");
});

test("completion knows the members, hover the sizes, and a definition opens the header", async ({
	ide,
	page,
}) => {
	await ide.open();
	await ide.drop("filter.c", filter);
	await expect(page.getByRole("button", { name: "Program", exact: true })).toContainText("filter");
	await ide.verdict("Accepted");
	await ide.caretAt("return XDP_DROP;", "End");
	await page.keyboard.press("Enter");
	await page.keyboard.type("eth->h_so");
	await expect(ide.suggestions).toContainText("h_source");
	await page.keyboard.press("Enter");
	await page.keyboard.type(";");
	expect(await ide.source()).toContain("eth->h_source;");
	const hover = await ide.hover("struct ethhdr *eth", "ethhdr");
	await expect(hover).toContainText("14 bytes");
	await ide.caretAt("struct ethhdr *eth", "Home");
	for (let i = 0; i < 10; i++) await page.keyboard.press("ArrowRight");
	await page.keyboard.press("F12");
	await expect(ide.tab("linux/if_ether.h")).toHaveAttribute("aria-selected", "true");
});

test("a function is renamed in every file, in those too that were never opened", async ({
	ide,
	page,
}) => {
	await ide.open();
	const header = "static inline int verdict(void)\n{\n\treturn 2;\n}\n";
	const main = filter
		.replace("#include <bpf/bpf_endian.h>", '#include <bpf/bpf_endian.h>\n#include "own.h"')
		.replace(/return XDP_PASS;\n}/, "return verdict();\n}");
	await ide.dropAll([
		{ name: "own.h", content: header },
		{ name: "filter.c", content: main },
	]);
	await expect(ide.tab("filter.c")).toHaveAttribute("aria-selected", "true");
	await expect(ide.button("Program")).toContainText("filter");
	await ide.verdict("Accepted");
	await page.reload();
	await ide.ready();
	await ide.caretAt("return verdict();");
	for (let i = 0; i < 4; i++) await page.keyboard.press("ArrowLeft");
	await page.keyboard.press("F2");
	await expect(page.getByRole("textbox", { name: /Rename input/ })).toBeFocused();
	await page.keyboard.type("word");
	await page.keyboard.press("Enter");
	await expect(ide.line("return word();")).toBeVisible();
	await ide.verdict("Accepted");
	await ide.press("own.h");
	await expect(ide.line("int word(void)")).toBeVisible();
});

const data = (path: string) =>
	new Uint8Array(readFileSync(new URL(`../engine/testdata/${path}`, import.meta.url)));

test("an empty project begins in C, under a name that fits", async ({ ide, page }) => {
	await ide.open();
	await ide.command("New project");
	await page.getByRole("button", { name: "Smallest program in C" }).click();
	await expect(ide.tab("main.c")).toHaveAttribute("aria-selected", "true");
	await ide.verdict("Accepted");
	expect(await ide.source()).toContain('SEC("xdp")');
});

test("lines and instructions are linked both ways, and a rejection's card stands below its line", async ({
	ide,
}) => {
	await ide.open();
	await ide.drop("filter.c", filter);
	await expect(ide.tab("filter.c")).toHaveAttribute("aria-selected", "true");
	await ide.verdict("Accepted");
	const assembly = ide.region("Assembly");
	const source = assembly.getByText("if (eth->h_proto == bpf_htons(ETH_P_IPV6))");
	await expect(source.first()).toBeVisible();
	await ide.caretAt("if (eth->h_proto");
	const linked = assembly.locator("[data-pc][class*='link']");
	await expect(linked.first()).toContainText("+ 12)");
	const line = await ide.caretAt("struct ethhdr *eth", "Home");
	await assembly.locator("[data-pc]").filter({ hasText: "+ 12)" }).click();
	await expect(ide.page.getByText(`Ln ${line + 4}, Col`)).toBeVisible();
	// They stay linked while lines are typed above them that do not compile.
	await ide.caretAt("struct ethhdr *eth", "End");
	for (const key of ["Enter", "x", "Enter", "y"]) await ide.page.keyboard.press(key);
	await ide.verdict("Does not compile");
	await ide.caretAt("void *data =");
	await expect(linked.first()).not.toContainText("+ 12)");
	await ide.caretAt("if (eth->h_proto");
	await expect(linked.first()).toContainText("+ 12)");
});

test("stepping goes by lines, registers name their variables, and a breakpoint stops at its line", async ({
	ide,
	page,
}) => {
	await ide.open();
	await ide.example("Port firewall in C");
	await ide.verdict("Accepted");
	await ide.packet(4).click();
	await page.keyboard.press("F10");
	await ide.expectStep(0);
	const line = ide.page.getByText(/^Ln \d+, Col/);
	const first = await line.textContent();
	await page.keyboard.press("F10");
	await expect(line).not.toHaveText(first ?? "");
	await ide.expectStep(/^[1-9]/);
	await page.keyboard.press("Shift+F10");
	await ide.expectStep(0);
	await page.keyboard.press("F11");
	await ide.expectStep(1);
	await ide.breakpoint("__u64 *tried =");
	await page.keyboard.press("F5");
	await ide.expectStep(/^\d\d/);
	for (let i = 0; i < 3; i++) await page.keyboard.press("F11");
	const registers = ide.region("Registers");
	await expect(registers.getByRole("columnheader", { name: "Variable" })).toBeVisible();
	await expect(registers.getByRole("cell", { name: "&port", exact: true })).toBeVisible();
	const stack = await ide.panel("Stack");
	await expect(stack).toContainText("port");
});

test("objects that are dropped together are linked into one", async ({ ide, page }) => {
	await ide.open();
	await ide.dropAll([
		{ name: "one.o", content: data("link/one.o") },
		{ name: "two.o", content: data("link/two.o") },
	]);
	await ide.toast("2 objects: link them into one?");
	await page.getByRole("button", { name: "Link", exact: true }).click();
	await expect(ide.tab("linked.o")).toHaveAttribute("aria-selected", "true");
	await ide.verdict("Accepted");
});

test("where a section's name says nothing, the person chooses the type", async ({ ide, page }) => {
	await ide.open();
	await ide.drop("filter.c", filter.replace('SEC("xdp")', 'SEC("mine")'));
	const program = page.getByRole("button", { name: "Program", exact: true });
	await expect(program).toContainText("choose a type");
	await ide.verdict("Not supported by Skep");
	await ide.menu("Program", "Verify as xdp");
	await ide.verdict("Accepted");
	await expect(program).toContainText("XDP");
});

test("Format puts C in the kernel's style: the caret stays, one Undo takes it back", async ({
	ide,
	page,
}) => {
	await ide.open();
	const loose = filter
		.replace("{\n\tvoid *data =", "{ void*data=")
		.replace("\treturn XDP_DROP", "return XDP_DROP");
	await ide.drop("filter.c", loose);
	await expect(ide.tab("filter.c")).toHaveAttribute("aria-selected", "true");
	await ide.verdict("Accepted");
	await ide.caretAt("struct ethhdr *eth = data", "End");
	await page.keyboard.press("Alt+Shift+f");
	await expect(ide.line("void *data = (void")).toBeVisible();
	await page.keyboard.type("x");
	expect(await ide.source()).toBe(filter.replace("*eth = data;", "*eth = data;x"));
	await page.keyboard.press("ControlOrMeta+z");
	expect(await ide.source()).toBe(filter);
	await page.keyboard.press("ControlOrMeta+z");
	expect(await ide.source()).toBe(loose);
});

test("a failed build leaves no former rejection among the problems", async ({ ide, page }) => {
	await ide.open();
	await ide.drop("filter.c", filter.replace("if ((void *)(eth + 1) > data_end)", "if (0)"));
	const problems = await ide.panel("Problems");
	await expect(problems).toContainText("Rejected");
	await ide.caretAt("return XDP_DROP;", "End");
	await page.keyboard.type(" nonsense;");
	await expect(problems).toContainText("use of undeclared identifier");
	await expect(problems).not.toContainText("Rejected");
});

test("a note in a built-in header opens it to be read", async ({ ide }) => {
	await ide.open();
	await ide.drop("filter.c", filter.replace("eth->h_proto", "eth->h_prot"));
	const problems = await ide.panel("Problems");
	await problems.getByRole("button", { name: /Note/ }).first().click();
	await expect(ide.page.getByRole("tab", { name: /\.h$/ })).toHaveAttribute(
		"aria-selected",
		"true",
	);
});

test("r1 is the context, with its type, where a program begins", async ({ ide, page }) => {
	await ide.open();
	await ide.example("Port firewall in C");
	await ide.verdict("Accepted");
	await page.keyboard.press("F10");
	await ide.expectStep(0);
	await expect(ide.register("r1")).toContainText(/ctx\s*struct xdp_md \*/);
});

test("a watchpoint on a register stops the run and says why; it is listed and taken off", async ({
	ide,
	page,
}) => {
	await ide.open();
	await ide.example("Port firewall in C");
	await ide.verdict("Accepted");
	await page.keyboard.press("F10");
	await ide.expectStep(0);
	await ide.register("r0").getByRole("button", { name: "r0" }).click();
	const list = page.getByRole("region", { name: "Watchpoints" });
	await expect(list).toContainText("r0");
	await page.keyboard.press("F5");
	await ide.expectStep(/^[1-9]/);
	await expect(ide.stepping).toContainText(/r0 written by instruction \d+/);
	await list.getByRole("button", { name: "Watch r0 no more" }).click();
	await expect(list).toBeHidden();
	await page.keyboard.press("F5");
	await expect(ide.stepping).toContainText("Ended");
});

test("from 1920 wide on two panels stand beside each other", async ({ ide, page }) => {
	await page.setViewportSize({ width: 1920, height: 1080 });
	await ide.open();
	await expect(ide.region("Verifier")).toBeVisible();
	await expect(ide.region("Registers")).toBeVisible();
	await page.getByRole("tab", { name: "Maps" }).click();
	await expect(ide.region("Stack")).toBeVisible();
	await expect(ide.region("Maps")).toBeVisible();
	await page.setViewportSize({ width: 1440, height: 900 });
	await expect(ide.region("Stack")).toBeHidden();
});
