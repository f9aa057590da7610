// The width class of the page, as a subscription.

import { useSyncExternalStore } from "react";
import { type Width, widthClass } from "../stores/layout.ts";

function subscribe(change: () => void): () => void {
	addEventListener("resize", change);
	return () => removeEventListener("resize", change);
}

export function useWidth(): Width {
	return useSyncExternalStore(subscribe, () => widthClass(innerWidth));
}
