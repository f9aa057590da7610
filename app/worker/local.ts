// The engine in this very thread, behind the same interface as the worker's: for tests and for the command line.

import { createWorkbench } from "../../engine/workbench/index.ts";
import type { Engine, EngineEvent } from "../../engine/workbench/protocol.ts";

export function localEngine(events: (event: EngineEvent) => void): Engine {
	return createWorkbench(events);
}
