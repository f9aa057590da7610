// What a run says beside its results: new trace_pipe lines, ring buffer records, perf events.

import { RingbufKind } from "../maps/index.ts";
import type { Installation } from "./install.ts";
import type { RunReply } from "./protocol.ts";

const MOST_RECORDS = 10_000;

export class Recorder {
	readonly #installation: Installation;
	readonly #traceFrom: number;
	readonly #perfFrom: number;

	constructor(installation: Installation) {
		this.#installation = installation;
		const { machine } = installation.kernel;
		this.#traceFrom = machine.trace.length;
		this.#perfFrom = machine.perf.length;
		for (const map of installation.maps) installation.kernel.openPerfEvents(map);
	}

	trace(): string[] {
		return this.#installation.kernel.machine.trace.slice(this.#traceFrom);
	}

	/** Consumes ring buffers and reports perf events since the recorder was made. */
	records(): RunReply["records"] {
		const { maps, object, kernel } = this.#installation;
		const rows: { map: string; cpu: number; data: Uint8Array }[] = [];
		for (const [i, map] of maps.entries())
			if (map.kind instanceof RingbufKind)
				for (const data of map.kind.consume(MOST_RECORDS).records)
					rows.push({ map: object.maps[i]?.name ?? "", cpu: 0, data });
		for (const { map, cpu, data } of kernel.machine.perf.slice(
			this.#perfFrom,
			this.#perfFrom + MOST_RECORDS,
		))
			rows.push({ map: kernel.map(map)?.spec.name ?? "", cpu, data });
		return rows;
	}
}
