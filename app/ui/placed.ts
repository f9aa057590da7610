/** Elements whose place is their name, as bytes, CPUs or fields of a layer: they come and go at the end only. */
export function placed<T>(list: Iterable<T>): { readonly place: number; readonly item: T }[] {
	return Array.from(list, (item, place) => ({ place, item }));
}
