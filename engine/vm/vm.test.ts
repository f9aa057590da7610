import { expect, test } from "vitest";
import { Random, toHex } from "../base/index.ts";
import { codeOf } from "../isa/index.ts";
import {
	Linux,
	newGuest,
	programOf,
	randomPacket,
	randomProgram,
	runOn,
} from "../testing/index.ts";
import { createVm } from "./index.ts";

const opened = await Linux.open();
const asked = "linux" in opened ? test : test.skip;
const why = "reason" in opened ? ` (skipped: ${opened.reason})` : "";

asked(
	`random programs end as on Linux${why}`,
	async () => {
		if (!("linux" in opened)) return;
		const { linux } = opened;
		const guest = newGuest((memory) => createVm(memory, { checkInit: true }));
		let accepted = 0;
		for (let seed = 0; seed < 400; seed++) {
			const random = new Random(seed);
			const insns = randomProgram(random, {
				length: 30,
				subprograms: seed % 2 === 0,
				loops: seed % 3 === 0,
				noFetch: true,
			});
			const code = codeOf(insns);
			const loaded = await linux.load({ code, type: 6, maps: [], license: "GPL" });
			if (!loaded.ok) continue;
			accepted++;
			for (let i = 0; i < 4; i++) {
				const packet = randomPacket(random);
				const theirs = await linux.run(loaded.fd, { data: packet });
				const ours = runOn(guest, programOf(code), packet);
				expect(ours.result, `seed ${seed}`).toMatchObject({ kind: "exit", lo: theirs.retval | 0 });
				expect(toHex(ours.bytes), `seed ${seed}`).toBe(toHex(theirs.data));
			}
			await linux.close(loaded);
		}
		expect(accepted).toBeGreaterThan(300);
	},
	60000,
);
