// Whether the page is as narrow as a phone.

import { useSyncExternalStore } from "react";

const query = "(max-width: 599px)";

function follow(changed: () => void): () => void {
	const media = matchMedia(query);
	media.addEventListener("change", changed);
	return () => media.removeEventListener("change", changed);
}

export function usePhone(): boolean {
	return useSyncExternalStore(follow, () => matchMedia(query).matches);
}
