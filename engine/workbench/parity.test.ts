// The pages under docs/parity are what the tables say; `npm run parity` writes them anew.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parityPages } from "./parity.ts";

const folder = join(import.meta.dirname, "../../docs/parity");

test.each(Object.entries(parityPages()))("%s is current", (name, text) => {
	const path = join(folder, name);
	if (process.env["BLESS"]) {
		mkdirSync(folder, { recursive: true });
		writeFileSync(path, text);
	}
	expect(readFileSync(path, "utf8")).toBe(text);
});
