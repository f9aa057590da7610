// The engine in this very thread, behind the same interface as the worker's: for tests and for the command line.

import { createWorkbench } from "../../engine/workbench/index.ts";
import type { Engine, EngineEvent } from "../../engine/workbench/protocol.ts";

export function localEngine(events: (event: EngineEvent) => void): Engine {
	return createWorkbench(events, { pause });
}

/** A turn of the event loop, so that messages (Stop above all) are delivered between slices of work. */
function pause(): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, 0));
}
