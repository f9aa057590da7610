import { expect, test } from "vitest";
import type { DebugState, Watch } from "../../engine/workbench/protocol.ts";
import { stopReason, watchName } from "./watches.ts";

const watch = { kind: "map", map: "counts", key: "01000000", offset: 0, size: 8 } as const;

test.each<[Watch, string]>([
	[{ kind: "register", register: 3 }, "r3"],
	[{ kind: "stack", offset: -8, size: 1 }, "fp-8"],
	[{ kind: "stack", offset: -8, size: 8 }, "fp-8 (8 bytes)"],
	[watch, "counts[01000000]"],
	[{ ...watch, offset: 2, size: 1 }, "counts[01000000] byte 2"],
])("%j is called %s", (w, name) => expect(watchName(w)).toBe(name));

test.each<[Partial<DebugState>, string | undefined]>([
	[
		{ stoppedBy: "watchpoint", watched: { watch, pc: 7 } },
		"counts[01000000] written by instruction 7",
	],
	[{ stoppedBy: "breakpoint" }, "at a breakpoint"],
	[{ stoppedBy: "step" }, undefined],
])("the reason of a stop", (state, reason) =>
	expect(stopReason({ stoppedBy: "step", ...state } as DebugState)).toBe(reason),
);
