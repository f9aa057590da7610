// Lines of the terminal on the examples, and the outputs of bpftool's commands held against the real tool where it is there.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { ObjectFile } from "../../object/index.ts";
import {
	buildFile,
	completions,
	execute,
	Installation,
	judge,
	type Project,
	type TerminalHost,
	validateProject,
} from "../index.ts";

const folder = join(import.meta.dirname, "../../../public/examples");
const index = JSON.parse(readFileSync(join(folder, "index.json"), "utf8")) as {
	id: string;
	source: string;
	packets: unknown[];
	maps?: object;
}[];

function projectOf(id: string): Project {
	const entry = index.find((e) => e.id === id);
	const { value } = validateProject({
		version: 1,
		name: id,
		files: [{ path: "main.s", text: readFileSync(join(folder, entry?.source ?? ""), "utf8") }],
		entry: "main.s",
		scenario: { packets: entry?.packets, maps: entry?.maps },
	});
	if (!value) throw new Error(`no example ${id}`);
	return value;
}

function hostOf(project: Project): TerminalHost {
	const [file] = project.files;
	const text = file && "text" in file ? file.text : "";
	const object = buildFile("main.s", new TextEncoder().encode(text)).object as ObjectFile;
	let installation: Installation | undefined;
	return {
		project: () => project,
		object: () => object,
		installation: () => {
			const made =
				installation ?? Installation.of(object, { seed: 1, contents: project.scenario.maps });
			if (!(made instanceof Installation)) return made.message;
			installation = made;
			return made;
		},
		verdict: (name) => {
			const program = object.programs.find((p) => p.name === name);
			if (!program) return { kind: "unsupported", what: name };
			const { ok, message, errno } = judge(object, program, { logLevel: 0 });
			return ok ? { kind: "accepted" } : { kind: "rejected", message, errno, reason: "" };
		},
		packetsOut: () => [],
		run: async () => ({
			revision: 1,
			results: [],
			counts: { PASS: 2 },
			stopped: false,
			timeMs: 0,
			trace: [],
			records: [],
		}),
		reset: () => {
			installation = undefined;
		},
	};
}

const firewall = () => hostOf(projectOf("firewall"));

async function expectOutput(host: TerminalHost, line: string, output: string): Promise<void> {
	expect(await execute(line, host), line).toBe(output);
}

test("maps: shown, read, written, with the tool's errors", async () => {
	const host = firewall();
	expect(await execute("bpftool map", host)).toMatch(
		/^1: hash {2}name closed_ports {2}flags 0x0\n\tkey 2B {2}value 8B {2}max_entries \d+ {2}memlock \d+B\n/,
	);
	await expectOutput(
		host,
		"bpftool map update name closed_ports key 0x12 064 value 1 0 0 0 0 0 0 300",
		"",
	);
	await expectOutput(
		host,
		"bpftool map lookup name closed_ports key hex 12 34",
		"key: 12 34  value: 01 00 00 00 00 00 00 2c\n",
	);
	await expectOutput(
		host,
		"bpftool -j map lookup name closed_ports key 18 52",
		'{"key":["0x12","0x34"],"value":["0x01","0x00","0x00","0x00","0x00","0x00","0x00","0x2c"]}\n',
	);
	await expectOutput(host, "bpftool map delete name closed_ports key 18 52", "");
	await expectOutput(
		host,
		"bpftool map delete name closed_ports key 18 52",
		"Error: delete failed: No such file or directory\n",
	);
	await expectOutput(
		host,
		"bpftool -j map delete name closed_ports key 18 52",
		'{"error":"delete failed: No such file or directory"}\n',
	);
	await expectOutput(
		host,
		"bpftool map lookup name closed_ports key 1",
		"Error: key expected 2 bytes got 1\n",
	);
	await expectOutput(
		host,
		"bpftool map lookup name closed_ports key 1 z",
		"Error: error parsing byte: z\n",
	);
	await expectOutput(
		host,
		"bpftool map show id 77",
		"Error: get map by id (77): No such file or directory\n",
	);
	await expectOutput(host, "bpftool map create", "Error: 'create' is not supported by Skep\n");
});

test("programs: shown with their tag, dumped, run", async () => {
	const host = firewall();
	const shown = await execute("bpftool prog show name firewall", host);
	expect(shown).toMatch(/^1: xdp {2}name firewall {2}tag [0-9a-f]{16} {2}gpl\n/);
	expect(shown).toContain("\txlated 248B  jited ");
	const listed = await execute("bpftool prog dump xlated name firewall", host);
	expect(listed.split("\n")[0]).toMatch(/^ {3}0: \([0-9a-f]{2}\) /);
	expect(listed).toContain("= map[id:1]");
	expect(listed).toContain("call bpf_map_lookup_elem#1");
	expect(await execute("bpftool prog dump jited name firewall", host)).toContain("WebAssembly");
	const run = "bpftool -j prog run name firewall data_in packets/1 data_out -";
	const { retval, data_out } = JSON.parse(await execute(run, host)) as {
		retval: number;
		data_out: number[];
	};
	expect([1, 2]).toContain(retval);
	expect(data_out.length).toBeGreaterThan(13);
	await expectOutput(
		host,
		"bpftool prog run name firewall data_in packets/99",
		"Error: failed to open packets/99: No such file or directory\n",
	);
});

test("a rejected program is not in the kernel, and it is said why", async () => {
	const host = hostOf(projectOf("rejected-bounds"));
	expect(await execute("bpftool prog", host)).toMatch(/# read_port is not loaded: rejected: /);
	await expectOutput(host, "bpftool -j prog", "[]\n");
});

test("the command line's texts", async () => {
	const host = firewall();
	expect(await execute("skep check", host)).toMatch(
		/^main\.s: firewall: accepted\nprocessed \d+ insns/,
	);
	const rejected = hostOf(projectOf("rejected-bounds"));
	expect(await execute("skep check main.s", rejected)).toMatch(
		/^main\.s: read_port: rejected \(EACCES\): R1 offset is outside of the packet\n0: /,
	);
	expect(await execute("skep run --packet 000102030405060708090a0b0800", host)).toMatch(
		/^packet 1: XDP_\w+, 14 bytes, \d+ ns\n/,
	);
	expect(await execute("skep disasm --syntax kernel", host)).toContain("(95) exit");
	expect((await execute("skep asm", host)).trim().split("\n")).toHaveLength(31);
	await expectOutput(
		host,
		"skep check nothing.s",
		"skep: failed to open nothing.s: No such file or directory\n",
	);
	await expectOutput(host, "skep check --foo", "skep: unknown option --foo\n");
});

test("devices and captures", async () => {
	const host = firewall();
	expect(await execute("ip link", host)).toMatch(
		/^1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 [^\n]*\n {4}link\/loopback 00:00:00:00:00:00 [^\n]*\n2: eth0: /,
	);
	await expectOutput(host, "ip link show dev eth9", 'ip: Device "eth9" does not exist.\n');
	const lines = (await execute("tcpdump -r in.pcap -#", host)).trim().split("\n");
	expect(lines).toHaveLength(1 + (host.project()?.scenario.packets.length ?? 0));
	expect(lines[1]).toMatch(/^ {4}1 {2}00:00:00\.\d{6} .* → .*, length \d+$/);
	expect(await execute("tcpdump -r out.pcap", host)).toMatch(/^reading from file out\.pcap/);
});

const faults: readonly (readonly [line: string, answer: string])[] = [
	["", ""],
	["   # a note", ""],
	["bpftol prog", "bpftol: command not found, did you mean bpftool?\n"],
	["frobnicate", "frobnicate: command not found, help lists what there is\n"],
	["__proto__", "__proto__: command not found, help lists what there is\n"],
	["ls | wc", "| is not supported by Skep: the terminal takes one command a line\n"],
	["cat 'x", "a ' without its end\n"],
	["bpftool link", "Error: 'link' is not supported by Skep\n"],
	["bpftool prog show pinned /x", "Error: pinned objects are not supported by Skep\n"],
	["bpftool prog show nme fw", "Error: expected 'id', 'tag', 'name' or 'pinned', got: 'nme'?\n"],
	["bpftool prog dump foo name firewall", "Error: expected 'xlated' or 'jited', got: foo\n"],
	["bpftool prog run name firewall", "Error: 'run' needs at least 4 arguments, 2 found\n"],
	["echo a  'b c' \\d", "a b c d\n"],
	["clear", ""],
];

test.each(faults)("%s", async (line, answer) => {
	await expectOutput(firewall(), line, answer);
});

test("help names every command, and features come from the tables", async () => {
	const host = firewall();
	for (const name of ["skep", "bpftool", "trace_pipe", "ip", "tcpdump", "cat"])
		expect(await execute("help", host)).toContain(`  ${name}`);
	const features = await execute("bpftool feature probe", host);
	expect(features).toContain("eBPF program_type xdp is available\n");
	expect(features).toContain("eBPF map_type ringbuf is available\n");
	expect(features).toMatch(/program type xdp:\n(\t- .*\n)*\t- bpf_redirect_map\n/);
});

/** Words that mean something, in any order. */
const words =
	`bpftool prog map btf feature show list dump xlated jited run name id tag key value hex data_in
	packets/1 data_out - ctx_in repeat 3 -j -p 0 1 255 0x10 any exist noexist getnext lookup update delete peek pop
	push freeze opcodes linum skep check asm disasm --prog --syntax kernel ubpf --packet 00112233445566778899aabb0800
	--json main.s in.pcap out.pcap tcpdump -r -c -x ip link addr dev eth0 cat ls help trace_pipe net format raw file kv
	firewall closed_ports reset`.split(/\s+/);

test("no line makes it fail, nor the completion of its beginning", async () => {
	const host = firewall();
	const line = fc.tuple(
		fc.constantFrom("bpftool", "bpftool", ...words),
		fc.array(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...words) }, fc.string()), {
			maxLength: 8,
		}),
	);
	await fc.assert(
		fc.asyncProperty(line, fc.nat(40), async ([first, rest], cut) => {
			const text = [first, ...rest].join(" ");
			expect(await execute(text, host)).not.toContain("Skep has a bug");
			const { from, words: found } = completions(text.slice(0, cut), host);
			expect(from).toBeLessThanOrEqual(cut);
			expect(found).toEqual([...new Set(found)]);
		}),
		{ numRuns: 300 },
	);
});

test("completion", () => {
	const host = firewall();
	const expectWords = (line: string, words: string[], from = line.search(/\S*$/)) =>
		expect(completions(line, host)).toEqual({ from, words });
	expectWords("bpft", ["bpftool"]);
	expectWords("bpftool ma", ["map"]);
	expectWords("bpftool map lo", ["lookup"]);
	expectWords("bpftool map dump ", ["id", "name"]);
	expectWords(
		"bpftool map dump name ",
		host
			.object()
			?.maps.map((m) => m.name)
			.sort() ?? [],
	);
	expectWords("bpftool prog dump xlated name fi", ["firewall"]);
	expectWords("cat ma", ["main.s"]);
});
