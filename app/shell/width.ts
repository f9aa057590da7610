// The width class of the page, and the columns of its right dock, as subscriptions.

import { useSyncExternalStore } from "react";
import { columns, type Width, widthClass } from "../stores/layout.ts";

function subscribe(change: () => void): () => void {
	addEventListener("resize", change);
	return () => removeEventListener("resize", change);
}

export function useWidth(): Width {
	return useSyncExternalStore(subscribe, () => widthClass(innerWidth));
}

export function useColumns(): number {
	return useSyncExternalStore(subscribe, () => columns(innerWidth));
}
