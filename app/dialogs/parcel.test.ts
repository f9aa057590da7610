import { expect, test } from "vitest";
import { blank } from "../stores/workspace.ts";
import { meter, parcel } from "./parcel.ts";

const project = {
	...blank,
	breakpoints: [{ file: "main.s", line: 1 }],
	tests: [{ packet: 0, action: "PASS" }],
	scenario: { ...blank.scenario, packets: [{ data: "00" }], maps: { a: [] } },
	view: { packet: 9 },
};

test("the link carries what was chosen and nothing else", () => {
	const all = parcel(project, { packets: true, place: true }, { packet: 1, pc: 4 });
	expect(all).toMatchObject({ view: { packet: 1, pc: 4 }, breakpoints: project.breakpoints });
	expect(all.scenario).toBe(project.scenario);
	const bare = parcel(project, { packets: false, place: false }, { packet: 1 });
	expect(bare.view).toBeUndefined();
	expect(bare).toMatchObject({ breakpoints: [], tests: [], scenario: { packets: [], maps: {} } });
	expect(bare.files).toBe(project.files);
});

test("the meter is logarithmic from 100 to 10,000", () => {
	expect([50, 100, 1000, 10_000, 99_999].map(meter)).toEqual([0, 0, 0.5, 1, 1]);
});
