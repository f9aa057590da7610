// The engine behind the page: one project at a time, built, verified, loaded, run and stepped through. It answers the interface of
// protocol.ts; it knows no worker and no page.

import { CompilerMemory } from "../cc/index.ts";
import { type Target, targetOf, writeRelocatable } from "../elf/index.ts";
import { loadRequest } from "../object/index.ts";
import { arrive } from "./arrival.ts";
import { type Build, buildEntry, relocatableFor, withStart } from "./entry.ts";
import { type Explored, objectView, typeById, typeRows, withGlobal } from "./explore.ts";
import { importFile } from "./importfile.ts";
import { Installation } from "./install.ts";
import { programTypeNumber } from "./judge.ts";
import { needsTypes, simulatedTypes } from "./kerneltypes.ts";
import { linkFiles } from "./linkfiles.ts";
import { MapView } from "./mapview.ts";
import { captureOut, type PacketOut } from "./out.ts";
import { type Pace, runPacket } from "./packets.ts";
import { type BuiltProgram, builtPrograms, mapInfo } from "./programs.ts";
import type { PacketInput, Project } from "./project.ts";
import type {
	BuildReply,
	DebugState,
	Engine,
	EngineEvent,
	LinkedFile,
	ObjectFileReply,
	PacketResult,
	RunReply,
	RunRequest,
	VerifyReply,
	Watch,
} from "./protocol.ts";
import { Recorder } from "./records.ts";
import type { TerminalHost } from "./shell/host.ts";
import { completions, execute } from "./shell/terminal.ts";
import { formatSource, headerText, SourceServices } from "./source.ts";
import { Stepping } from "./stepping.ts";
import { refused, undecided } from "./undecided.ts";
import { Verification } from "./verification.ts";
import { warming } from "./warm.ts";

/** Instructions that an unverified run may take. */
const FUEL = 50_000_000;
/** Milliseconds between two pauses, and between two reports of a run. */
const SLICE_MS = 8;
const REPORT_MS = 60;

/** What the engine's surroundings give. */
export interface Host {
	/** A pause in which messages are delivered; without it Stop is heard only between calls. */
	readonly pause?: () => Promise<void>;
}

/** Makes an engine; `events` receives what it says unasked. */
export function createWorkbench(events: (event: EngineEvent) => void, host: Host = {}): Engine {
	return new Workbench(events, host.pause ?? (() => Promise.resolve()));
}

class Workbench implements Engine {
	readonly #events: (event: EngineEvent) => void;
	readonly #pause: () => Promise<void>;
	#build: Build | undefined;
	/** The sources as they were last handed over, with or without errors. */
	#project: Project | undefined;
	readonly #source = new SourceServices();
	readonly #memory = new CompilerMemory();
	#warming: Generator<boolean> | undefined;
	/** The last build that was asked for: questions about programs wait for it, as its first one waits for the kernel's types. */
	#building: Promise<unknown> = Promise.resolve();
	/** The kernel's types that a person brought, and the simulated kernel's. */
	#brought: Target | undefined;
	#simulated: Promise<Target> | undefined;
	#verifications = new Map<string, Verification>();
	/** Those of builds before, for programs that an edit leaves as they were. */
	readonly #former = new Map<string, Verification>();
	#installation: Installation | undefined;
	#stepping: Stepping | undefined;
	#watches: readonly Watch[] = [];
	#breakpoints = new Map<string, readonly number[]>();
	#out: PacketOut[] = [];
	/** Grows with each Stop; work that began before it ends. */
	#stops = 0;

	constructor(events: (event: EngineEvent) => void, pause: () => Promise<void>) {
		this.#events = events;
		this.#pause = pause;
	}

	// --- building and judging ---

	async open(revision: number, project: Project): Promise<BuildReply> {
		await this.stop();
		this.#build = undefined;
		this.#warming = undefined;
		this.#verifications.clear();
		this.#former.clear();
		this.#breakpoints.clear();
		this.#forgetKernel();
		return this.build(revision, project);
	}

	build(revision: number, project: Project): Promise<BuildReply> {
		this.#project = project;
		// What is left of it is about another text.
		this.#warming?.return(false);
		const building = this.#buildNow(revision, project);
		this.#building = building.catch(() => undefined);
		return building;
	}

	async #buildNow(revision: number, project: Project): Promise<BuildReply> {
		const started = performance.now();
		const target = await this.#types(project.entry);
		const built = buildEntry(project, target, this.#memory);
		const timeMs = () => performance.now() - started;
		if (!built.object || built.diagnostics.some((d) => d.severity === "error" && !d.unsupported))
			return { revision, diagnostics: built.diagnostics, programs: [], maps: [], timeMs: timeMs() };
		const type = project.type === undefined ? undefined : programTypeNumber(project.type);
		const object = withStart(built.object, project.scenario.maps);
		const programs = builtPrograms(object, type);
		const { relocatable } = built;
		this.#build = { revision, project, object, programs, relocatable, target };
		this.#verifications.clear();
		for (const [key, { program }] of this.#former)
			if (!programs.some((p) => p.spec.name === program.spec.name)) this.#former.delete(key);
		this.#forgetKernel();
		return {
			revision,
			diagnostics: built.diagnostics,
			programs: programs.map((p) => p.info),
			maps: object.maps.map(mapInfo),
			timeMs: timeMs(),
		};
	}

	async verify(revision: number, program: string, type?: number): Promise<VerifyReply> {
		await this.#building;
		const built = this.#program(program);
		const lacks = built?.spec.unsupported ?? (built ? undefined : `a program called ${program}`);
		if (!built || lacks !== undefined) return undecided(revision, program, lacks ?? "");
		if (built.spec.fault !== undefined) return refused(revision, built);
		const chosen = type ?? built.type;
		if (chosen === undefined)
			return undecided(
				revision,
				program,
				`section ${built.spec.section || "(none)"} without a chosen program type`,
			);
		try {
			return this.#verification({ ...built, type: chosen }).reply((file) => this.#text(file));
		} catch (error) {
			const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
			return { ...undecided(revision, program, ""), verdict: { kind: "bug", message } };
		}
	}

	async warm(): Promise<boolean> {
		const build = this.#build;
		if (!build || this.#project !== build.project) return false;
		const { project, target } = build;
		this.#warming ??= warming({ project, target, memory: this.#memory, source: this.#source });
		return this.#warming.next().value ?? false;
	}

	/** The kernel's types for a file: those that a person brought, else the simulated kernel's where they may be needed. */
	async #types(path: string): Promise<Target | undefined> {
		if (this.#brought || !needsTypes(path)) return this.#brought;
		this.#simulated ??= simulatedTypes();
		return this.#simulated;
	}

	#text(path: string): string | undefined {
		const file = this.#build?.project.files.find((f) => f.path === path);
		return file && "text" in file ? file.text : undefined;
	}

	#program(name: string): BuiltProgram | undefined {
		return this.#build?.programs.find((p) => p.spec.name === name);
	}

	#verification(program: BuiltProgram): Verification {
		const key = `${program.spec.name}:${program.type}`;
		const known = this.#verifications.get(key);
		if (known) return known;
		const { object, revision, target } = this.#build ?? fail("no build to verify");
		const request = loadRequest(object, program.spec, program.type);
		const made = new Verification(revision, program, request, target?.btf, this.#former.get(key));
		this.#verifications.set(key, made);
		this.#former.set(key, made);
		return made;
	}

	#verificationOf(name: string): Verification | undefined {
		const program = this.#program(name);
		return program?.type === undefined || program.spec.unsupported || program.spec.fault
			? undefined
			: this.#verification(program);
	}

	async log(program: string, from: number, count: number) {
		await this.#building;
		const verification = this.#verificationOf(program);
		return (
			verification?.log(from, count) ?? {
				revision: this.#build?.revision ?? 0,
				from: 0,
				total: 0,
				lines: [],
			}
		);
	}

	async state(program: string, pc: number, visit: number) {
		await this.#building;
		return this.#verificationOf(program)?.state(pc, visit);
	}

	// --- running ---

	#pace(): Pace {
		const stops = this.#stops;
		return { stopped: () => this.#stops !== stops, pause: this.#pause };
	}

	/** The kernel with the project's object in it, made when it is needed. */
	#kernel(): Installation | string {
		if (this.#installation) return this.#installation;
		const build = this.#build;
		if (!build) return "nothing is built";
		const { seed, cpus, maps } = build.project.scenario;
		const type =
			build.project.type === undefined ? undefined : programTypeNumber(build.project.type);
		const made = Installation.of(build.object, {
			seed,
			contents: maps,
			fuel: FUEL,
			...(cpus === undefined ? {} : { cpus }),
			...(type === undefined ? {} : { type }),
		});
		if (!(made instanceof Installation)) return made.message;
		this.#installation = made;
		return made;
	}

	#forgetKernel(): void {
		this.#stepping?.close();
		this.#stepping = undefined;
		this.#installation = undefined;
		this.#out = [];
	}

	async run(request: RunRequest): Promise<RunReply> {
		const started = performance.now();
		const pace = this.#pace();
		await this.#building;
		this.#stepping?.close();
		this.#stepping = undefined;
		const results: PacketResult[] = [];
		// Another build may be there before the run ends: what it says is of this one.
		const revision = this.#build?.revision ?? 0;
		const reply = (stopped: boolean, recorder?: Recorder): RunReply => ({
			revision,
			results,
			counts: countActions(results),
			stopped,
			timeMs: performance.now() - started,
			trace: recorder?.trace() ?? [],
			records: recorder?.records() ?? [],
		});
		this.#forgetKernel();
		const installation = this.#kernel();
		if (typeof installation === "string") return this.#refuse(installation, reply);
		const unverified = request.unverified ?? false;
		const loaded = installation.load(
			request.program,
			unverified ? "vm" : request.engine,
			unverified,
		);
		if (!("id" in loaded)) return this.#refuse(loaded.message, reply);
		const recorder = new Recorder(installation);
		const { packets } = this.#build?.project.scenario ?? { packets: [] };
		let [paused, told] = [performance.now(), performance.now()];
		for (const [index, packet] of packets.entries()) {
			if (pace.stopped()) return reply(true, recorder);
			const result = await runPacket(installation, loaded, packet, index, pace);
			results.push(result);
			this.#keepOut(installation, result, packet);
			const now = performance.now();
			if (now - told > REPORT_MS) {
				told = now;
				this.#tell(revision, results, packets.length);
			}
			if (now - paused > SLICE_MS) {
				await this.#pause();
				paused = performance.now();
			}
		}
		return reply(pace.stopped(), recorder);
	}

	#refuse(message: string, reply: (stopped: boolean) => RunReply): RunReply {
		this.#events({ kind: "output", text: message });
		return reply(false);
	}

	#tell(revision: number, results: readonly PacketResult[], total: number): void {
		this.#events({
			kind: "packets",
			revision,
			results: results.slice(-200),
			done: results.length,
			total,
		});
	}

	#keepOut(installation: Installation, result: PacketResult, packet: PacketInput): void {
		if (installation !== this.#installation) return;
		const passes = ["PASS", "OK", "UNSPEC", "TX", "REDIRECT"].includes(result.action);
		if (!passes || result.trap) return;
		const time = installation.kernel.machine.clock.now - installation.startOfTime;
		this.#out.push({ time, bytes: result.after, device: result.out ?? packet.device ?? "eth0" });
	}

	// --- stepping ---

	async debug(
		program: string,
		packet: number,
		unverified = false,
	): Promise<DebugState | undefined> {
		const pace = this.#pace();
		await this.#building;
		const build = this.#build;
		const input = build?.project.scenario.packets[packet];
		this.#forgetKernel();
		const installation = this.#kernel();
		if (!build || !input || typeof installation === "string") return undefined;
		const loaded = installation.load(program, "vm", unverified);
		if (!("id" in loaded)) {
			this.#events({ kind: "output", text: loaded.message });
			return undefined;
		}
		for (const [index, earlier] of build.project.scenario.packets.slice(0, packet).entries()) {
			await runPacket(installation, loaded, earlier, index, pace);
			// Stopped, or a newer build stands there now.
			if (pace.stopped() || installation !== this.#installation) return undefined;
		}
		installation.setClock(input);
		const arrival = arrive(installation.kernel, loaded.type, input);
		if (typeof arrival === "string") {
			this.#events({ kind: "output", text: arrival });
			return undefined;
		}
		installation.kernel.machine.running = loaded;
		const stepping = await Stepping.start({
			revision: build.revision,
			installation,
			loaded,
			packet: input,
			index: packet,
			arrival,
			pace,
			program: (name) => this.#program(name),
			verification: (name) => this.#verificationOf(name),
		});
		if (installation !== this.#installation) {
			stepping.close();
			return undefined;
		}
		this.#stepping = stepping;
		stepping.breakpoints(this.#breakpoints.get(program) ?? []);
		stepping.watch(this.#watches);
		return stepping.state();
	}

	async step(kind: Parameters<Engine["step"]>[0]): Promise<DebugState | undefined> {
		return this.#stepping?.step(kind, this.#pace());
	}

	async seek(step: number): Promise<DebugState | undefined> {
		return this.#stepping?.seek(step);
	}

	async breakpoints(program: string, pcs: readonly number[]): Promise<void> {
		this.#breakpoints.set(program, pcs);
		this.#stepping?.breakpoints(pcs);
	}

	async watch(watches: readonly Watch[]): Promise<readonly boolean[]> {
		this.#watches = watches;
		return this.#stepping?.watch(watches) ?? [];
	}

	async leave(): Promise<void> {
		this.#stepping?.close();
		this.#stepping = undefined;
	}

	async stop(): Promise<void> {
		this.#stops++;
	}

	// --- maps, terminal, files ---

	#maps(): MapView | undefined {
		const installation = this.#kernel();
		return typeof installation === "string" ? undefined : new MapView(installation);
	}

	async maps() {
		await this.#building;
		return this.#maps()?.list() ?? [];
	}

	async mapWindow(map: string, from: number, count: number) {
		await this.#building;
		return this.#maps()?.window(map, from, count) ?? { map, total: 0, from: 0, entries: [] };
	}

	async mapUpdate(map: string, key: string, value: string) {
		await this.#building;
		return (
			this.#maps()?.update(map, key, value) ?? ({ ok: false, error: "nothing is built" } as const)
		);
	}

	async mapDelete(map: string, key: string) {
		await this.#building;
		return this.#maps()?.delete(map, key) ?? ({ ok: false, error: "nothing is built" } as const);
	}

	#explored(): Explored | undefined {
		const build = this.#build;
		if (!build) return undefined;
		const { object, programs } = build;
		const relocatable = relocatableFor(build).value;
		if (!relocatable) return undefined;
		const installation = this.#installation;
		const maps = installation && object.maps.map((m) => installation.map(m.name));
		return { object, programs, relocatable, ...(maps ? { maps } : {}) };
	}

	async object() {
		await this.#building;
		const explored = this.#explored();
		return explored && objectView(explored);
	}

	async types(filter: string, from: number, count: number) {
		await this.#building;
		return typeRows(this.#build?.object.btf, filter, from, count);
	}

	async type(id: number) {
		await this.#building;
		return typeById(this.#build?.object.btf, id);
	}

	async globalValue(map: string, variable: string, text: string) {
		await this.#building;
		const explored = this.#explored();
		return explored ? withGlobal(explored, map, variable, text) : { error: "nothing is built" };
	}

	async reset(): Promise<void> {
		this.#forgetKernel();
	}

	async command(line: string): Promise<string> {
		await this.#building;
		return execute(line, this.#terminal());
	}

	async complete(line: string) {
		await this.#building;
		return completions(line, this.#terminal());
	}

	#terminal(): TerminalHost {
		return {
			project: () => this.#build?.project,
			object: () => this.#build?.object,
			target: () => this.#build?.target,
			installation: () => this.#kernel(),
			verdict: (program) =>
				this.#verificationOf(program)?.reply().verdict ?? {
					kind: "unsupported",
					what: "this program",
				},
			packetsOut: () => this.#out,
			run: (program) => this.run({ program, engine: "jit" }),
			reset: () => this.reset(),
		};
	}

	// --- C in the editor ---

	async sourceProject(project: Project): Promise<void> {
		this.#project = project;
	}

	async sourceComplete(path: string, offset: number) {
		const project = this.#project;
		return project && this.#source.complete(project, path, offset);
	}

	async sourceHover(path: string, offset: number) {
		const project = this.#project;
		return project && this.#source.hover(project, path, offset);
	}

	async sourceDefinition(path: string, offset: number) {
		const project = this.#project;
		return project && this.#source.definition(project, path, offset);
	}

	async sourceUses(path: string, offset: number) {
		const project = this.#project;
		return project ? this.#source.uses(project, path, offset) : [];
	}

	async sourceRename(path: string, offset: number, name: string) {
		const project = this.#project;
		if (!project) return { error: "no project is open" };
		return this.#source.rename(project, path, offset, name);
	}

	async sourceOutline(path: string) {
		const project = this.#project;
		return project ? this.#source.outline(project, path) : [];
	}

	async sourceHeader(file: string) {
		return headerText(file);
	}

	async sourceFormat(text: string, path: string) {
		return formatSource(text, path).edits;
	}

	async objectFile(): Promise<ObjectFileReply> {
		await this.#building;
		if (!this.#build) return { error: "there is no program to save" };
		const { value, diagnostics } = relocatableFor(this.#build);
		const lost = diagnostics.map((d) => d.message);
		return value
			? { bytes: writeRelocatable(value), lost }
			: { error: lost[0] ?? "the program cannot be written as an object" };
	}

	async pcap(): Promise<Uint8Array> {
		return captureOut(this.#out);
	}

	async kernel(bytes: Uint8Array | undefined): Promise<string | undefined> {
		const read = bytes && targetOf(bytes);
		if (read && !read.value) return read.diagnostics[0]?.message ?? "there are no types in it";
		this.#brought = read?.value;
		this.#verifications.clear();
		return undefined;
	}

	async link(objects: readonly LinkedFile[]) {
		return linkFiles(objects);
	}

	async importFile(name: string, bytes: Uint8Array) {
		return importFile(name, bytes);
	}
}

function fail(what: string): never {
	throw new Error(`Skep bug: ${what}`);
}

function countActions(results: readonly PacketResult[]): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const { action } of results) counts[action] = (counts[action] ?? 0) + 1;
	return counts;
}
