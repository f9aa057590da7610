// Timers of a program fire when the clock has passed them: a flow that is idle is sent and forgotten, a beat goes on.

import { expect, test } from "vitest";
import { Installation, simulatedTypes } from "../workbench/index.ts";
import { bySkep, sourceOf } from "./cclarge.ts";
import { largePackets } from "./ccpackets.ts";

const types = await simulatedTypes();
const object = bySkep(sourceOf("flow-exporter.c"), types);
const SECOND = 1_000_000_000;

test.each(["vm", "jit"] as const)(
	"%s: timers fire in order, those that start anew go on",
	(engine) => {
		if (typeof object === "string") throw new Error(object);
		const made = Installation.of(object, { seed: 1, cpus: 1 });
		if (!(made instanceof Installation)) throw new Error(made.message);
		const program = made.load("account", engine);
		if (!("id" in program)) throw new Error(program.message);
		const { kernel } = made;
		const { clock } = kernel.machine;
		for (const data of largePackets().slice(0, 40)) kernel.testRun(program, { data });
		const flows = made.map("flows");
		const beats = () => {
			const value = made.map("beats")?.lookup(new Uint8Array(4));
			if (!value || typeof value === "number") throw new Error("no beats");
			const data = new DataView(value.buffer, value.byteOffset);
			return [Number(data.getBigUint64(16, true)), Number(data.getBigUint64(24, true))];
		};
		const saved = kernel.save();
		const bytes = kernel.memory.u8.slice();
		expect(typeof flows?.nextKey()).toBe("object");
		expect(kernel.runTimers()).toBeUndefined();
		expect(beats()[0]).toBe(0);
		clock.now += 11 * SECOND;
		expect(kernel.runTimers()).toBeUndefined();
		expect(beats()[0]).toBe(1);
		const [, counted = 0] = beats();
		expect(counted).toBeGreaterThan(3);
		for (let i = 0; i < 8; i++) {
			clock.now += 10 * SECOND;
			expect(kernel.runTimers()).toBeUndefined();
		}
		expect(beats()).toEqual([9, 0]);
		expect(typeof flows?.nextKey()).toBe("number");
		kernel.restore(saved);
		kernel.memory.u8.set(bytes);
		clock.now += 11 * SECOND;
		expect(kernel.runTimers()).toBeUndefined();
		expect(beats()).toEqual([1, counted]);
	},
);
