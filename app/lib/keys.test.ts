import { expect, test } from "vitest";
import { comboOf, showCombo } from "./keys.ts";

const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

test.each([
	[{ ...none, key: "k", ctrlKey: true }, false, "Mod+K"],
	[{ ...none, key: "k", metaKey: true }, true, "Mod+K"],
	[{ ...none, key: "k", metaKey: true }, false, "Meta+K"],
	[{ ...none, key: "F10", shiftKey: true }, false, "Shift+F10"],
	[{ ...none, key: "P", ctrlKey: true, shiftKey: true }, false, "Mod+Shift+P"],
	[{ ...none, key: "?", shiftKey: true }, false, "?"],
])("combination %#", (event, mac, combo) => {
	expect(comboOf(event, mac)).toBe(combo);
});

test("combinations are shown as key caps", () => {
	expect([showCombo("Mod+K", false), showCombo("Mod+Shift+P", true)]).toEqual(["Ctrl K", "⌘ ⇧ P"]);
});
