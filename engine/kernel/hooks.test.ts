import { expect, test } from "vitest";
import { assemble } from "../asm/index.ts";
import { fromHex, toHex } from "../base/index.ts";
import { loadRequest } from "../object/index.ts";
import { createVm } from "../vm/index.ts";
import type { LoadedProgram, TraceEvent } from "./index.ts";
import { Kernel } from "./index.ts";

const mac = (last: number) => Uint8Array.of(2, 0, 0, 0, 0, last);
const frame =
	fromHex(
		"020000000001020000000009" +
			"0800" +
			"450000280001000040060000c0a80001c0a80002" +
			"00".repeat(20),
	) ?? new Uint8Array();

function setUp() {
	const kernel = new Kernel();
	const vm = createVm(kernel.memory);
	const device = (name: string, last: number, peer?: number) =>
		kernel.machine.devices.add({
			name,
			mac: mac(last),
			mtu: 1500,
			addresses: [],
			...(peer === undefined ? {} : { peer }),
		});
	const load = (section: string, text: string, attach = 0): LoadedProgram => {
		const outcome = assemble(`.section ${section}\n${text}`, "test.s");
		const [program] = outcome.value?.programs ?? [];
		if (!outcome.value || !program) throw new Error(JSON.stringify(outcome.diagnostics));
		const request = { ...loadRequest(outcome.value, program), expectedAttachType: attach };
		const loading = kernel.loadProgram(request, vm);
		if ("failure" in loading) throw new Error(JSON.stringify(loading.failure));
		return loading.program;
	};
	return { kernel, device, load };
}

/** One word an event: `eth0 xdp XDP_TX`, `eth1 leave`. */
function story(kernel: Kernel, events: readonly TraceEvent[]): string[] {
	return events.map((event) => {
		const name = kernel.machine.devices.byIndex(event.ifindex)?.name ?? event.ifindex;
		if (event.kind === "run") return `${name} ${event.hook} ${event.action}`;
		if (event.kind === "drop") return `${name} drop: ${event.reason}`;
		return `${name} ${event.kind}`;
	});
}

test("a frame without programs goes up to the stack", () => {
	const { kernel, device } = setUp();
	const eth0 = device("eth0", 1);
	expect(story(kernel, kernel.hooks.receive(eth0.ifindex, frame))).toEqual([
		"eth0 arrive",
		"eth0 deliver",
	]);
	expect(story(kernel, kernel.hooks.receive(99, frame))).toEqual(["99 drop: no such device"]);
});

test.each([
	[0, ["eth0 arrive", "eth0 xdp XDP_ABORTED", "eth0 drop: XDP_ABORTED"]],
	[1, ["eth0 arrive", "eth0 xdp XDP_DROP", "eth0 drop: XDP_DROP"]],
	[2, ["eth0 arrive", "eth0 xdp XDP_PASS", "eth0 deliver"]],
	[3, ["eth0 arrive", "eth0 xdp XDP_TX", "eth0 leave"]],
	[4, ["eth0 arrive", "eth0 xdp XDP_REDIRECT", "eth0 drop: redirect without a target"]],
	[7, ["eth0 arrive", "eth0 xdp 7", "eth0 drop: 7"]],
])("XDP action %i", (action, expected) => {
	const { kernel, device, load } = setUp();
	const eth0 = device("eth0", 1);
	eth0.xdp = load("xdp", `r0 = ${action}\nexit`);
	expect(story(kernel, kernel.hooks.receive(eth0.ifindex, frame))).toEqual(expected);
	expect([...kernel.hooks.counters.values()]).toEqual([1]);
});

test("XDP redirect leaves through the other device, past its TC egress", () => {
	const { kernel, device, load } = setUp();
	const [eth0, eth1] = [device("eth0", 1), device("eth1", 2)];
	eth0.xdp = load("xdp", `r1 = ${eth1.ifindex}\nr2 = 0\ncall bpf_redirect\nexit`);
	eth1.tcEgress.push(load("tc", "r0 = 2\nexit"));
	expect(story(kernel, kernel.hooks.receive(eth0.ifindex, frame))).toEqual([
		"eth0 arrive",
		"eth0 xdp XDP_REDIRECT",
		"eth1 leave",
	]);
	expect(kernel.hooks.transmissions.map((t) => [t.ifindex, toHex(t.bytes)])).toEqual([
		[eth1.ifindex, toHex(frame)],
	]);
});

test("a devmap broadcast leaves everywhere but where it came in, past the entry's program", () => {
	const { kernel, device, load } = setUp();
	const ports = [device("eth0", 1), device("eth1", 2), device("eth2", 3)];
	const made = kernel.createMap({
		name: "ports",
		type: 14,
		keySize: 4,
		valueSize: 8,
		maxEntries: 4,
		flags: 0,
	});
	if (!("map" in made)) throw new Error("no map");
	const drop = load("xdp", "r0 = 1\nexit", 33);
	const u32s = (...values: number[]) => new Uint8Array(Uint32Array.from(values).buffer);
	for (const [i, port] of ports.entries())
		expect(made.map.update(u32s(i), u32s(port.ifindex, i === 2 ? drop.id : 0))).toBe(0);
	const outcome = assemble(
		".map ports, type=devmap, key=4, value=8, max_entries=4\n.section xdp\nr1 = ports ll\nr2 = 0\nr3 = 24\ncall bpf_redirect_map\nexit",
		"t.s",
	);
	const [program] = outcome.value?.programs ?? [];
	if (!outcome.value || !program) throw new Error(JSON.stringify(outcome.diagnostics));
	const loading = kernel.loadProgram(loadRequest(outcome.value, program), createVm(kernel.memory), {
		maps: [made.map],
	});
	if ("failure" in loading) throw new Error("not loaded");
	const [eth0] = ports;
	if (eth0) eth0.xdp = loading.program;
	expect(story(kernel, kernel.hooks.receive(2, frame))).toEqual([
		"eth0 arrive",
		"eth0 xdp XDP_REDIRECT",
		"eth1 leave",
		"eth2 xdp-egress XDP_DROP",
		"eth2 drop: XDP_DROP",
	]);
});

test("TC: unspecified goes on, a tag travels beside the packet, egress sees redirects", () => {
	const { kernel, device, load } = setUp();
	const [eth0, eth1] = [device("eth0", 1), device("eth1", 2)];
	eth0.tcIngress.push(load("tc", "r0 = -1\nexit"));
	eth0.tcIngress.push(
		load(
			"tc",
			`r6 = r1\ncall bpf_skb_vlan_pop\nr1 = ${eth1.ifindex}\nr2 = 0\ncall bpf_redirect\nexit`,
		),
	);
	eth1.tcEgress.push(load("tc", "r2 = 0x81\nr3 = 7\ncall bpf_skb_vlan_push\nr0 = 0\nexit"));
	const tagged = fromHex(`${toHex(frame).slice(0, 24)}81000064${toHex(frame).slice(24)}`);
	const events = kernel.hooks.receive(eth0.ifindex, tagged ?? frame);
	expect(story(kernel, events)).toEqual([
		"eth0 arrive",
		"eth0 tc-ingress TC_ACT_UNSPEC",
		"eth0 tc-ingress TC_ACT_REDIRECT",
		"eth1 tc-egress TC_ACT_OK",
		"eth1 leave",
	]);
	const last = events.at(-1);
	expect(last?.kind === "leave" && toHex(last.bytes)).toBe(
		`${toHex(frame).slice(0, 24)}81000007${toHex(frame).slice(24)}`,
	);
});

test("a clone goes its own way and the packet goes on", () => {
	const { kernel, device, load } = setUp();
	const [eth0, eth1] = [device("eth0", 1), device("eth1", 2)];
	eth0.tcIngress.push(
		load("tc", `r2 = ${eth1.ifindex}\nr3 = 0\ncall bpf_clone_redirect\nr0 = 0\nexit`),
	);
	expect(story(kernel, kernel.hooks.receive(eth0.ifindex, frame))).toEqual([
		"eth0 arrive",
		"eth0 tc-ingress TC_ACT_OK",
		"eth1 leave",
		"eth0 deliver",
	]);
});

test("two ends of a link that send back and forth are stopped", () => {
	const { kernel, device, load } = setUp();
	const a = device("a", 1, 3);
	const b = device("b", 2, 2);
	a.xdp = load("xdp", "r0 = 3\nexit");
	b.xdp = a.xdp;
	const events = story(kernel, kernel.hooks.receive(a.ifindex, frame));
	expect(events.at(-1)).toMatch(/drop: too many hops/);
	expect(events.length).toBeLessThan(60);
});

test("metadata that XDP leaves is there in TC", () => {
	const { kernel, device, load } = setUp();
	const eth0 = device("eth0", 1);
	eth0.xdp = load(
		"xdp",
		"r6 = r1\nr2 = -4\ncall bpf_xdp_adjust_meta\nr1 = *(u32 *)(r6 + 8)\n*(u32 *)(r1 + 0) = 42\nr0 = 2\nexit",
	);
	eth0.tcIngress.push(load("tc", "r2 = *(u32 *)(r1 + 140)\nr0 = *(u32 *)(r2 + 0)\nexit"));
	const events = kernel.hooks.receive(eth0.ifindex, frame);
	expect(events.at(2)).toMatchObject({ kind: "run", hook: "tc-ingress", retval: 42 });
});

test("a fault ends the packet and is in the trace", () => {
	const { kernel, device, load } = setUp();
	const eth0 = device("eth0", 1);
	eth0.xdp = load("xdp", "r1 = *(u32 *)(r1 + 0)\nr0 = *(u64 *)(r1 + 5000)\nexit");
	const events = kernel.hooks.receive(eth0.ifindex, frame);
	expect(events.at(1)).toMatchObject({ kind: "run", trap: { kind: "memory" } });
	expect([...kernel.hooks.counters.keys()]).toEqual([`${eth0.ifindex} xdp fault`]);
});
