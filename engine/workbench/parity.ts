// The parity lists as Markdown, made from the engine's own tables: what of Linux 6.18 is judged, run, stored. A box is ticked when
// the thing is there; what is missing stands by name.

import { helpers, kfuncNames, mapTypes, programTypes, sectionRules } from "../abi/index.ts";
import {
	coreKinds,
	dataSections,
	type Feature,
	mapMembers,
	relocationTypes,
} from "../elf/index.ts";
import { INSTRUCTIONS } from "../isa/index.ts";
import { implementedHelpers, implementedKfuncs, Kernel } from "../kernel/index.ts";
import { isStored } from "../maps/index.ts";
import { takesPackets } from "./arrival.ts";
import { attachRules } from "./attachrules.ts";
import { cFeatures } from "./cfeatures.ts";

/** File name → text, for `docs/parity`. */
export function parityPages(): Readonly<Record<string, string>> {
	return {
		"instructions.md": instructions(),
		"helpers.md": helperList(),
		"kfuncs.md": kfuncList(),
		"maps.md": mapList(),
		"programs.md": programList(),
		"sections.md": sectionList(),
		"objects.md": objectList(),
		"c.md": cList(),
	};
}

const box = (there: boolean, text: string) => `- [${there ? "x" : " "}] ${text}`;

function page(title: string, lead: string, lines: readonly string[]): string {
	return `# ${title}\n\n${lead}\n\n${lines.join("\n")}\n`;
}

/** Helpers that the executors do themselves: bpf_tail_call and bpf_loop. */
const executors: ReadonlySet<number> = new Set([12, 181]);

/** Instructions whose meaning needs kernel memory that is not simulated. */
const notRun = new Set(["cast"]);

function instructions(): string {
	const lines = INSTRUCTIONS.map((row) => {
		const ours = row.since !== undefined && !notRun.has(row.shape);
		const why =
			row.since === undefined
				? ", refused by Linux 6.18"
				: ours
					? ""
					: ", judged and assembled, not run";
		return box(ours, `\`${row.id}\` (${row.group}, cpu v${row.cpu}${why})`);
	});
	return page(
		"Instructions",
		"Assembled, printed, encoded and decoded: all. Ticked: run by interpreter and WebAssembly with Linux's results.",
		lines,
	);
}

function helperList(): string {
	const run = new Set(implementedHelpers(new Kernel().machine));
	const there = (name: string, id: number) =>
		run.has(name.replace(/^bpf_/, "")) || executors.has(id);
	const lines = helpers.map((h) =>
		box(
			there(h.name, h.id),
			`\`${h.name}\` (#${h.id}, since ${h.since})${h.needs ? `, ${h.needs}` : ""}`,
		),
	);
	return page(
		"Helpers",
		"The prototypes of all are known to the verifier. Ticked: the simulated kernel runs it; a program that calls another one ends with its name.",
		lines,
	);
}

function kfuncList(): string {
	const run = new Set(implementedKfuncs(new Kernel().machine));
	return page(
		"Kernel functions",
		"All are judged by the kernel's types. Ticked: the simulated kernel runs it; a program that calls another one ends with its name.",
		kfuncNames().map((name) => box(run.has(name), `\`${name}\``)),
	);
}

function mapList(): string {
	const lines = mapTypes
		.filter((type) => type !== undefined)
		.filter((type) => type.id !== 0)
		.map((type) => box(isStored(type.id), `\`${type.name}\` (since ${type.since})`));
	return page(
		"Map types",
		"Creation rules of all are checked as Linux checks them. Ticked: stored and operated by the simulated kernel.",
		lines,
	);
}

function programList(): string {
	const lines = programTypes
		.filter((type) => type.id !== 0)
		.map((type) => {
			const extension = type.name === "ext";
			const by = extension
				? ", judged with `--target`, not run"
				: type.attachBtf
					? ", judged with `--vmlinux`"
					: "";
			const runs = takesPackets(type.id) ? ", runs on packets" : "";
			return box(
				extension || !type.attachBtf,
				`\`${type.name}\` (since ${type.since}${by}${runs})`,
			);
		});
	const attached = attachRules.map(([rule, by]) =>
		box(by === "Linux", `${rule}${by === "Linux" ? "" : ", by the kernel's source alone"}`),
	);
	const second = [
		"",
		"## Programs attached to programs",
		"",
		"Extensions, and tracing programs with a target program: what is judged. Ticked: the running Linux 6.18 gave the same answers.",
		"",
		...attached,
	];
	return page("Program types", "Ticked: judged without the kernel's types.", [...lines, ...second]);
}

function sectionList(): string {
	const lines = sectionRules.map((rule) =>
		box(true, `\`${rule.pattern.replace("+", "[/…]")}\` → ${rule.type}`),
	);
	return page("Section names", "libbpf's names, and the type that each gives a program.", lines);
}

function cList(): string {
	const groups = [...new Set(cFeatures.map((f) => f.group))];
	const lines = groups.flatMap((name, at) => [
		`${at === 0 ? "" : "\n"}## ${name}\n`,
		...cFeatures.filter((f) => f.group === name).map((f) => box(f.refused === undefined, f.name)),
	]);
	return page(
		"C",
		"C11 with what of GNU C eBPF programs use. Ticked: compiled; a program for each is among the tests. The rest is refused by name.",
		lines,
	);
}

function objectList(): string {
	const lines = (features: readonly Feature[]) =>
		features.map(({ name, what, there }) => box(there, `\`${name}\`: ${what}`));
	const relocations = Object.entries(relocationTypes).map(([number, { name, what, there }]) =>
		box(there, `${number} \`${name}\`: ${what}`),
	);
	return page("Objects", "What of an ELF object is read as libbpf reads it.", [
		"## Sections\n",
		...lines(dataSections),
		"\n## Relocations\n",
		...relocations,
		"\n## CO-RE relocations\n",
		...coreKinds.map((name) => box(true, `\`${name}\``)),
		"\n## Members of a map\n",
		...lines(mapMembers),
	]);
}
