// Watchpoints set and taken off; the engine is told at once.

import type { Watch } from "../../engine/workbench/protocol.ts";
import { engineMirror } from "../stores/engine.ts";
import { toast } from "../stores/toasts.ts";
import { sameWatch, watches, watchName } from "../stores/watches.ts";
import { ask } from "./session.ts";

export async function toggleWatch(watch: Watch): Promise<void> {
	const { list } = watches.getState();
	const there = list.some((w) => sameWatch(w, watch));
	watches.setState({ list: there ? list.filter((w) => !sameWatch(w, watch)) : [...list, watch] });
	const found = await handWatches();
	if (!there && engineMirror.getState().debug && found?.at(-1) === false)
		toast("warning", `${watchName(watch)} is not there yet: it is watched as soon as it is.`);
}

/** The engine forgets nothing of its own accord, but may have been started anew. */
export function handWatches(): Promise<readonly boolean[] | undefined> {
	return ask((e) => e.watch(watches.getState().list));
}
