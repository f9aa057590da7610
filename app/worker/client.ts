// The page's way to the engine: one object with the engine's methods. A watchdog ends a worker that does not answer
// Stop within a second and starts another; the caller then opens the project again, so nothing is lost.

import { proxy, type Remote, wrap } from "comlink";
import type { Engine, EngineEvent } from "../../engine/workbench/protocol.ts";
import type { Host } from "./engine.worker.ts";

/** Thrown by calls that were under way when the worker was ended. */
export class EngineEnded extends Error {
	/** The page ended it, for the sake of a newer text: nothing is wrong with the call. */
	readonly wanted: boolean;

	constructor(wanted: boolean) {
		super("the engine was ended");
		this.wanted = wanted;
	}
}

export interface Client {
	readonly engine: Engine;
	/** Stops what runs; restarts the worker when it does not answer in time. Answers whether it had to. */
	halt(): Promise<boolean>;
	/** Ends the worker and starts another, without a word. */
	restart(): void;
	/** Milliseconds that the oldest unanswered question waits; runs, which are sliced, do not count, nor does what nobody waits for. */
	waiting(): number;
}

export interface ClientEvents {
	readonly onEvent: (event: EngineEvent) => void;
	/** A fresh worker stands in for one that was ended or fell over; no reason when the page wanted it so. */
	readonly onRestart: (why: string | undefined) => void;
}

const patience = 1000;

interface Running {
	readonly remote: Remote<Host>;
	readonly started: Promise<void>;
	readonly ended: Promise<never>;
	readonly end: (wanted: boolean) => void;
}

export function workerClient(events: ClientEvents): Client {
	let running = launch(events, fell);
	const asked = new Map<symbol, number>();
	function fell(message?: string): void {
		asked.clear();
		running.end(message === undefined);
		running = launch(events, fell);
		events.onRestart(message);
	}
	const call = async <K extends keyof Engine>(method: K, args: Parameters<Engine[K]>) => {
		const { remote, started, ended } = running;
		await Promise.race([started, ended]);
		const question = Symbol(method);
		if (method !== "run" && method !== "warm") asked.set(question, performance.now());
		try {
			return await Promise.race([remote.call(method, args), ended]);
		} finally {
			asked.delete(question);
		}
	};
	const stuck = () => fell("The engine did not answer and was started again.");
	return {
		engine: new Proxy({} as Engine, {
			get:
				(_target, method: keyof Engine) =>
				(...args: Parameters<Engine[typeof method]>) =>
					call(method, args),
		}),
		restart: () => fell(),
		waiting: () => performance.now() - Math.min(performance.now(), ...asked.values()),
		async halt() {
			const late = new Promise<"late">((resolve) => setTimeout(resolve, patience, "late"));
			const answer = call("stop", []).catch(() => undefined);
			if ((await Promise.race([answer, late])) !== "late") return false;
			stuck();
			return true;
		},
	};
}

function launch(events: ClientEvents, fell: (message: string) => void): Running {
	const worker = new Worker(new URL("./engine.worker.ts", import.meta.url), {
		type: "module",
		name: "skep-engine",
	});
	let fail: (error: Error) => void = () => {};
	const ended = new Promise<never>((_resolve, reject) => {
		fail = reject;
	});
	ended.catch(() => undefined);
	worker.addEventListener("error", (e) => fell(e.message || "The engine could not be loaded."));
	const remote = wrap<Host>(worker);
	return {
		remote,
		started: Promise.resolve(remote.start(proxy(events.onEvent))),
		ended,
		end: (wanted) => {
			worker.terminate();
			fail(new EngineEnded(wanted));
		},
	};
}
