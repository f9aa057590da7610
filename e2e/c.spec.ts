// C in the editor: verdict while typing, problems at their place with mends, completion, hover, a header opened, the rejection on the line.

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
	await page.getByText("change to 'h_proto'").click();
	await ide.verdict("Accepted");
	expect(await ide.source()).toContain("eth->h_proto ==");
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
