// bpftool's own output on maps of the running kernel, held against ours on maps with the same contents.

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { fromHex } from "../../base/index.ts";
import { newCode } from "../../isa/index.ts";
import type { MapSpec, ObjectFile } from "../../object/index.ts";
import { Linux } from "../../testing/index.ts";
import { execute, Installation, type TerminalHost } from "../index.ts";

/**
 * BTF of: struct in { u8 mac[6]; char name[8]; s16 port; };
 * struct val { u64 packets; struct in in; u32 a:3, b:5; enum color c; u64 *p; _Bool ok; u8 bytes[3]; int neg;
 * union { u32 x; u8 y; }; }, compiled by clang.
 */
const types = fromHex(
	readFileSync(join(import.meta.dirname, "../../testdata/shell/types.btf.hex"), "utf8"),
) as Uint8Array;
const TYPE = { u32: 6, u64: 10, val: 9, int: 2 } as const;

const hex = (text: string) => fromHex(text) as Uint8Array;
const entries = (...pairs: readonly (readonly [string, string])[]) =>
	pairs.map(([key, value]) => ({ key: hex(key), value: hex(value) }));

const VAL =
	"0700000000000000 010203040506 6574683000000000 fbff 2b000000 05000000 3412000000000000" +
	"01 090807 ffffffff 2c010000 0000000000000000".slice(0, -8);

function spec(name: string, type: number, sizes: readonly number[], more: Partial<MapSpec> = {}) {
	const [keySize = 0, valueSize = 0, maxEntries = 0] = sizes;
	return { name, type, keySize, valueSize, maxEntries, flags: 0, ...more } satisfies MapSpec;
}

/** Names are made unique by the process, so that the kernel's other maps do not match. */
const own = (name: string) => `s${process.pid % 100000}_${name}`;

/** Hash tables have one entry at most while they are dumped: with more, their order is Linux's own secret. */
const maps: readonly MapSpec[] = [
	spec("hash", 1, [4, 8, 16], {
		init: entries(["01000000", "0102030405060708"]),
	}),
	spec("arr", 2, [4, 40, 3]),
	spec("edge", 2, [4, 20, 1]),
	spec("wide", 1, [16, 16, 1], { init: entries(["00".repeat(16), "11".repeat(16)]) }),
	spec("pca", 6, [4, 12, 2]),
	spec("pcb", 6, [4, 20, 1]),
	spec("lru", 9, [16, 24, 4], {
		init: entries(["000102030405060708090a0b0c0d0e0f", "ab".repeat(24)]),
	}),
	spec("trie", 11, [8, 4, 4], {
		flags: 1,
		init: entries(["180000000a000100", "01000000"], ["200000000a000100", "02000000"]),
	}),
	spec("queue", 22, [0, 8, 4]),
	spec("stack", 23, [0, 8, 4]),
	spec("dev", 14, [4, 4, 2]),
	spec("cpu", 16, [4, 4, 2]),
	spec("perf", 4, [4, 4, 2]),
	spec("xsk", 17, [4, 4, 2]),
	spec("ring", 27, [0, 0, 4096]),
	spec("progs", 3, [4, 4, 3]),
	spec("typed", 1, [4, 56, 4], {
		btfKeyTypeId: TYPE.u32,
		btfValueTypeId: TYPE.val,
		init: entries(["01000000", VAL]),
	}),
	spec("tpc", 6, [4, 8, 2], { btfKeyTypeId: TYPE.int, btfValueTypeId: TYPE.u64 }),
].map((m) => ({ ...m, name: own(m.name) }));

/** `NAME` stands for the map's selector. */
const everywhere = ["map show NAME", "map dump NAME", "map getnext NAME", "map lookup NAME"];
const commands: Readonly<Record<string, readonly string[]>> = {
	hash: [
		"map lookup NAME key 1 0 0 0",
		"map lookup NAME key hex 01 0 00 0",
		"map lookup NAME key 0x01 00 000 0",
		"map lookup NAME key hex 0a 0b 0c 0d",
		"map lookup NAME key 9 9 9 9",
		"map lookup NAME key 1 2",
		"map lookup NAME key 1 2 3 x",
		"map lookup NAME key 1 0 0 0 0",
		"map lookup NAME kex 1",
		"map getnext NAME key 1 0 0 0",
		"map update NAME key 1 0 0 0 value 1 0 0 0 0 0 0 300",
		"map update NAME key 1 0 0 0 value 1 0 0 0 0 0 0 0 noexist",
		"map update NAME key 7 0 0 0 value 1 0 0 0 0 0 0 0 exist",
		"map update NAME key 7 0 0 0 value 1 0 0 0 0 0 0 0 foo",
		"map update NAME key 7 0 0 0 value 1",
		"map update NAME key 7 0 0 0",
		"map update NAME value 1 0 0 0 0 0 0 0",
		"map update NAME value 1 0 0 0 0 0 0 0 key 7 0 0 0",
		"map delete NAME key 7 0 0 0",
		"map delete NAME key 7 0 0 0",
		"map delete NAME",
		"map pop NAME",
		"map dump NAME",
		"map show NAME",
	],
	arr: [
		"map lookup NAME key 2 0 0 0",
		"map lookup NAME key 3 0 0 0",
		"map delete NAME key 0 0 0 0",
		"map getnext NAME key 2 0 0 0",
		"map freeze NAME",
		"map show NAME",
	],
	pca: [
		"map update NAME key 1 0 0 0 value 1 2 3 4 5 6 7 8 9 10 11 12",
		"map lookup NAME key 1 0 0 0",
		"map dump NAME",
	],
	queue: [
		"map pop NAME",
		"map push NAME value 1 0 0 0 0 0 0 0",
		"map enqueue NAME value 2 0 0 0 0 0 0 0",
		"map push NAME value 2 0",
		"map push NAME",
		"map peek NAME",
		"map lookup NAME key",
		"map dequeue NAME",
		"map pop NAME",
		"map peek NAME",
	],
	stack: [
		"map push NAME value 1 0 0 0 0 0 0 0",
		"map push NAME value 2 0 0 0 0 0 0 0",
		"map pop NAME",
	],
	typed: [
		"map lookup NAME key 1 0 0 0",
		"map lookup NAME key 2 0 0 0",
		"btf dump map NAME",
		"btf dump map NAME key",
		"btf dump map NAME all",
	],
	tpc: ["map update NAME key 0 0 0 0 value 7 0 0 0 0 0 0 1", "map dump NAME"],
	perf: ["map lookup NAME key 0 0 0 0"],
	dev: ["map lookup NAME key 0 0 0 0"],
};

const ready = await prepare();
const it = test.skipIf("reason" in ready);

async function prepare() {
	if (spawnSync("bpftool", ["version"]).status !== 0) return { reason: "there is no bpftool" };
	const opened = await Linux.open();
	if ("reason" in opened) return opened;
	const code = newCode(2);
	code.opcode.set([0xb7, 0x95]);
	const loaded = await opened.linux.load({ code, type: 6, maps, license: "GPL", btf: types });
	if (!loaded.ok) return { reason: `the kernel refused the maps: ${loaded.stage} ${loaded.errno}` };
	return { linux: opened.linux, loaded };
}

afterAll(async () => {
	if ("reason" in ready) return;
	await ready.linux.close(ready.loaded);
	ready.linux.end();
});

const object: ObjectFile = {
	name: "maps",
	license: "GPL",
	kernVersion: 0,
	programs: [],
	maps,
	btf: types,
};

function host(): TerminalHost {
	const cpus = readFileSync("/sys/devices/system/cpu/possible", "utf8").trim().split("-").at(-1);
	const made = Installation.of(object, { seed: 1, cpus: Number(cpus) + 1 });
	if (!(made instanceof Installation)) throw new Error(made.message);
	const none = () => Promise.reject(new Error("no run"));
	return {
		project: () => undefined,
		object: () => object,
		installation: () => made,
		verdict: () => ({ kind: "accepted" }),
		packetsOut: () => [],
		run: none,
		reset: () => undefined,
	};
}

/** Output of the real tool; ids differ from kernel to kernel. */
function real(words: readonly string[]): string {
	const { stdout, stderr } = spawnSync("bpftool", words, { encoding: "utf8" });
	return masked(stdout + stderr);
}

function masked(text: string): string {
	return text
		.replace(/^\d+:/gm, "ID:")
		.replace(/btf_id \d+/g, "btf_id N")
		.replace(/"(btf_)?id": ?\d+/g, '"$1id":N')
		.replace(/^Usage: [\s\S]*/m, "Usage\n");
}

const terminal = "reason" in ready ? undefined : host();

it.each(maps.map((m) => [m.name.replace(/^s\d+_/, ""), m.name] as const))(
	"map %s is shown as bpftool shows it",
	async (short, name) => {
		for (const command of [...everywhere, ...(commands[short] ?? [])])
			for (const option of [[], ["-j"], ["-p"]]) {
				if (option.length > 0 && /update|delete|push|pop|queue|freeze/.test(command)) continue;
				const words = [...option, ...command.replace("NAME", `name ${name}`).split(" ")];
				const ours = masked(await execute(`bpftool ${words.join(" ")}`, terminal as TerminalHost));
				expect(ours, words.join(" ")).toBe(real(words));
			}
	},
);
