// The engine in a worker of its own: comlink carries the interface of protocol.ts, events come back by a callback.

import { expose } from "comlink";
import type { Engine, EngineEvent } from "../../engine/workbench/protocol.ts";
import { localEngine } from "./local.ts";

export interface Host {
	/** Must be called once, before anything else. */
	start(events: (event: EngineEvent) => void): void;
	call<K extends keyof Engine>(method: K, args: Parameters<Engine[K]>): ReturnType<Engine[K]>;
}

let engine: Engine | undefined;

const host: Host = {
	start(events) {
		engine = localEngine(events);
	},
	call(method, args) {
		if (!engine) throw new Error("the engine was not started");
		const act = engine[method] as (...a: typeof args) => ReturnType<Engine[typeof method]>;
		return act.apply(engine, args);
	},
};

expose(host);
