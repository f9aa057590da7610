import { beforeEach, expect, test } from "vitest";
import {
	blank,
	edit,
	putFile,
	removeFile,
	renameFile,
	setText,
	showProject,
	textOf,
	toggleBreakpoint,
	workspace,
} from "./workspace.ts";

const now = () => workspace.getState();

beforeEach(() =>
	showProject("a", { ...blank, files: [{ path: "main.s", text: "exit" }] }, "stamp"),
);

test("every change is a revision; an equal text is none", () => {
	const { revision } = now();
	setText("main.s", "exit");
	expect(now().revision).toBe(revision);
	setText("main.s", "r0 = 0");
	expect(now().revision).toBe(revision + 1);
	expect(textOf(now().project, "main.s")).toBe("r0 = 0");
});

test("names and breakpoints are nothing to the engine", () => {
	const { source, revision } = now();
	toggleBreakpoint("main.s", 1);
	edit((p) => ({ ...p, name: "other" }));
	expect(now()).toMatchObject({ source, revision: revision + 2 });
	setText("main.s", "x");
	expect(now().source).toBe(now().revision);
});

test("breakpoints toggle, and follow their file's name", () => {
	toggleBreakpoint("main.s", 3);
	renameFile("main.s", "b.s");
	expect(now().project).toMatchObject({ entry: "b.s", breakpoints: [{ file: "b.s", line: 3 }] });
	toggleBreakpoint("b.s", 3);
	expect(now().project.breakpoints).toEqual([]);
});

test("the last file stays, and another becomes the entry", () => {
	removeFile("main.s");
	expect(now().project.files).toHaveLength(1);
	putFile({ path: "two.s", text: "" });
	removeFile("main.s");
	expect(now().project).toMatchObject({ entry: "two.s", files: [{ path: "two.s" }] });
});

test("a saved project is saved, a new one is not", () => {
	expect(now().savedRevision).toBe(now().revision);
	showProject("b", blank, undefined);
	expect(now().savedRevision).not.toBe(now().revision);
});
