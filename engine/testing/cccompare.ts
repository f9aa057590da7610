// C files through Skep's compiler and through clang, both objects put before the running Linux: how many compile, how many of those
// that clang's objects are accepted for, and how long the code is. For `npm run cc-corpus`.

import { spawnSync } from "node:child_process";
import {
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import { renderDiagnostic } from "../base/index.ts";
import { builtinHeaders, compile, type Files, optionsOf, readFlags } from "../cc/index.ts";
import { readObject, writeRelocatable } from "../elf/index.ts";
import { lastWords, processedOf } from "./conformance.ts";
import { ObjectLinux } from "./objectlinux.ts";

export interface CcOptions {
	/** C files and folders of them. */
	readonly paths: readonly string[];
	readonly clang: string;
	/** For both compilers, as clang takes them. */
	readonly flags: readonly string[];
	readonly only?: string;
	/** Where objects are put. */
	readonly out: string;
}

interface Program {
	readonly ok: boolean;
	readonly insns: number;
	readonly processed: number;
	readonly words: string;
}

type Side = { readonly programs: ReadonlyMap<string, Program> } | { readonly problem: string };

function sourcesOf({ paths, only = "" }: CcOptions): string[] {
	return paths
		.flatMap((path) =>
			statSync(path).isDirectory() ? readdirSync(path).map((f) => join(path, f)) : [path],
		)
		.filter((path) => path.endsWith(".c") && basename(path).includes(only));
}

function byClang(source: string, object: string, options: CcOptions): string | undefined {
	const flags = ["--target=bpf", "-w", ...options.flags, "-c", source, "-o", object];
	const { status, stderr } = spawnSync(options.clang, flags, { encoding: "utf8" });
	return status === 0 ? undefined : (/error: .*/.exec(stderr)?.[0] ?? "clang failed");
}

const disk: Files = {
	read: (path) => (existsSync(path) ? readFileSync(path, "utf8") : undefined),
	builtin: builtinHeaders(),
};

function bySkep(source: string, object: string, options: CcOptions): string | undefined {
	const flags = readFlags(["-w", ...options.flags, source]);
	if ("problem" in flags) return flags.problem;
	const text = readFileSync(source, "utf8");
	const { value, diagnostics } = compile({ name: source, text }, optionsOf(flags.flags, disk));
	if (value) writeFileSync(object, writeRelocatable(value));
	const first = diagnostics.find((d) => d.severity === "error");
	return value ? undefined : first ? renderDiagnostic(first) : "no object";
}

async function judged(object: string, linux: ObjectLinux): Promise<Side> {
	const read = readObject(new Uint8Array(readFileSync(object)), "compared").value;
	const programs = new Map<string, Program>();
	for (const { name } of await linux.programs(object)) {
		const ask = { logLevel: 1, logSize: 1 << 24, set: 0, clear: 0, companions: [] };
		const { stage, log, words } = await linux.load(object, name, ask);
		const insns = (read?.programs.find((p) => p.name === name)?.insns.length ?? 0) / 8;
		programs.set(name, {
			ok: stage === "ok",
			insns,
			processed: processedOf(log),
			words: stage === "prog" ? lastWords(log) : words.trim(),
		});
	}
	return { programs };
}

const mean = (logs: readonly number[]) =>
	logs.length === 0 ? "-" : Math.exp(logs.reduce((a, b) => a + b, 0) / logs.length).toFixed(3);

class Tally {
	files = 0;
	compiled = 0;
	asked = 0;
	accepted = 0;
	readonly size: number[] = [];
	readonly processed: number[] = [];

	programs(file: string, clang: Side, skep: Side, say: (line: string) => void): void {
		if ("problem" in clang || "problem" in skep) return;
		for (const [name, theirs] of clang.programs) {
			if (!theirs.ok) continue;
			this.asked++;
			const ours = skep.programs.get(name);
			if (!ours?.ok) {
				say(`rejected ${file} ${name}: ${ours?.words ?? "the program is missing"}`);
				continue;
			}
			this.accepted++;
			if (ours.insns > 0 && theirs.insns > 0) this.size.push(Math.log(ours.insns / theirs.insns));
			if (ours.processed > 0 && theirs.processed > 0)
				this.processed.push(Math.log(ours.processed / theirs.processed));
		}
	}

	summary(): string {
		const share = (a: number, b: number) =>
			`${a} of ${b} (${((100 * a) / Math.max(1, b)).toFixed(1)} %)`;
		return [
			`compiled ${share(this.compiled, this.files)} files that clang compiles`,
			`accepted ${share(this.accepted, this.asked)} programs that clang's objects are accepted for`,
			`instructions ${mean(this.size)}, processed by the verifier ${mean(this.processed)} of clang's (geometric means)`,
		].join("\n");
	}
}

/** Compares and prints; every failure is a line. */
export async function compareCompilers(options: CcOptions, say: (line: string) => void) {
	const opened = ObjectLinux.open();
	if ("reason" in opened) {
		say(`Linux cannot be asked: ${opened.reason}`);
		return;
	}
	mkdirSync(options.out, { recursive: true });
	const tally = new Tally();
	for (const source of sourcesOf(options)) {
		const stem = basename(source, ".c");
		const clang = join(options.out, `${stem}.clang.o`);
		const skep = join(options.out, `${stem}.skep.o`);
		rmSync(skep, { force: true });
		if (byClang(source, clang, options) !== undefined) continue;
		tally.files++;
		const problem = bySkep(source, skep, options);
		if (problem !== undefined) {
			say(`not compiled ${stem}: ${problem}`);
			continue;
		}
		tally.compiled++;
		const theirs = await judged(clang, opened.objects);
		tally.programs(stem, theirs, await judged(skep, opened.objects), say);
	}
	opened.objects.end();
	say(tally.summary());
}
