// The pixels of a size token, as they are now; follows density and theme.

import { useSyncExternalStore } from "react";

function subscribe(change: () => void): () => void {
	const observer = new MutationObserver(change);
	observer.observe(document.documentElement, { attributeFilter: ["data-density", "data-theme"] });
	return () => observer.disconnect();
}

export function useTokenPixels(name: string): number {
	return useSyncExternalStore(subscribe, () =>
		Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue(name)),
	);
}
