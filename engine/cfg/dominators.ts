// Immediate dominators by iteration over reverse postorder until nothing changes (Cooper, Harvey and Kennedy's method).

interface Node {
	readonly predecessors: readonly number[];
}

/** The immediate dominator of each block; the root's is itself. `order` holds every block, the root first. */
export function dominators(
	blocks: readonly Node[],
	order: readonly number[],
	place: Int32Array,
): Int32Array {
	const dominator = new Int32Array(blocks.length).fill(-1);
	const root = order[0] ?? 0;
	dominator[root] = root;
	const meet = (a: number, b: number): number => {
		while (a !== b) {
			while ((place[a] ?? 0) > (place[b] ?? 0)) a = dominator[a] ?? root;
			while ((place[b] ?? 0) > (place[a] ?? 0)) b = dominator[b] ?? root;
		}
		return a;
	};
	for (let changed = true; changed; ) {
		changed = false;
		for (const block of order) {
			if (block === root) continue;
			let best = -1;
			for (const from of blocks[block]?.predecessors ?? []) {
				if (dominator[from] === -1) continue;
				best = best === -1 ? from : meet(from, best);
			}
			if (dominator[block] === best) continue;
			dominator[block] = best;
			changed = true;
		}
	}
	return dominator;
}
