import { expect, test } from "vitest";
import { codeOf } from "../isa/index.ts";
import { Linux } from "./index.ts";

const opened = await Linux.open();
const asked = "linux" in opened ? test : test.skip;
const why = "reason" in opened ? ` (skipped: ${opened.reason})` : "";

asked(`the kernel's verdict, log and test run come through${why}`, async () => {
	if (!("linux" in opened)) return;
	const { linux } = opened;
	const pass = codeOf([
		{ opcode: 0xb7, dst: 0, src: 0, off: 0, imm: 2 },
		{ opcode: 0x95, dst: 0, src: 0, off: 0, imm: 0 },
	]);
	const loaded = await linux.load(
		{ code: pass, type: 6, maps: [], license: "GPL" },
		{ logLevel: 1 },
	);
	expect(loaded.ok).toBe(true);
	const run = await linux.run(loaded.fd, { data: new Uint8Array(64) });
	expect([run.ok, run.retval, run.data.length]).toEqual([true, 2, 64]);
	await linux.close(loaded);

	const empty = codeOf([{ opcode: 0x95, dst: 0, src: 0, off: 0, imm: 0 }]);
	const rejected = await linux.load(
		{ code: empty, type: 6, maps: [], license: "GPL" },
		{ logLevel: 1 },
	);
	expect(rejected.errno).toBe(13);
	expect(rejected.log).toContain("R0 !read_ok");
});

asked(`maps hold what was put in${why}`, async () => {
	if (!("linux" in opened)) return;
	const { linux } = opened;
	const fd = await linux.createMap({
		name: "m",
		type: 1,
		keySize: 4,
		valueSize: 8,
		maxEntries: 4,
		flags: 0,
	});
	expect(fd).toBeGreaterThan(0);
	const key = new Uint8Array([1, 0, 0, 0]);
	expect(await linux.updateElem(fd, key, new Uint8Array(8).fill(7))).toBe(0);
	expect(await linux.lookupElem(fd, key, 8)).toEqual(new Uint8Array(8).fill(7));
	expect(await linux.nextKey(fd, undefined, 4)).toEqual(key);
	expect(await linux.deleteElem(fd, key)).toBe(0);
	expect(await linux.lookupElem(fd, key, 8)).toBe(-2);
	await linux.closeFd(fd);
});
