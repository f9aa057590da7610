import { expect, test } from "vitest";
import { checksums, dissect, readCapture, samples, summaryLine, writePcapng } from "./index.ts";

test("samples have ids of their own", () => {
	expect(new Set(samples.map((s) => s.id)).size).toBe(samples.length);
});

test.each(samples.map((s) => [s.id, s] as const))(
	"%s: same bytes every time, readable, with right checksums",
	(id, sample) => {
		const capture = sample.capture();
		expect(sample.capture()).toEqual(capture);
		expect(readCapture(writePcapng(capture)).value?.packets).toEqual(
			capture.packets.map((p) => ({ interface: 0, ...p })),
		);
		if (id === "odd-packets") return;
		for (const { bytes } of capture.packets) {
			expect(dissect(bytes).truncated).toBe(false);
			expect(checksums(bytes).filter((c) => c.status !== "correct")).toEqual([]);
		}
	},
);

test("the packets of the first sample, line by line", () => {
	const lines = samples[0]?.capture().packets.map((p) => summaryLine(dissect(p.bytes).summary));
	expect(lines).toEqual([
		"10.0.0.21:49812 → 10.0.0.1:443 TCP SYN, seq 1, win 64240",
		"10.0.0.21:49813 → 10.0.0.1:22 TCP SYN, seq 1, win 64240",
		"10.0.0.21 → 10.0.0.1 ICMP echo request id 1 seq 1",
		"10.0.0.21:5353 → 10.0.0.1:53 DNS query A example.com",
		"10.0.0.21:4000 → 10.0.0.1:9 UDP 32 bytes",
		"10.0.0.21 → 10.0.0.1 ARP who has 10.0.0.1? tell 10.0.0.21",
		"fd00::15 → fd00::1 ICMPv6 echo request id 1 seq 1",
	]);
});

test("odd packets are called odd", () => {
	const odd = samples.find((s) => s.id === "odd-packets")?.capture().packets ?? [];
	const said = odd.map((p) => {
		const { layers, truncated } = dissect(p.bytes);
		return layers.find((l) => l.problem)?.problem ?? (truncated ? "truncated" : "");
	});
	expect(said).toEqual([
		"truncated",
		"",
		"truncated",
		"truncated",
		"truncated",
		"header length 16 is less than 20",
		"truncated",
		"",
		"truncated",
		"length 4 is less than 8",
		"",
		"version is 5",
		"",
		"",
		"",
		"",
	]);
});
