// What a share link carries, by the person's choice. Pure.

import type { Project } from "../../engine/workbench/project.ts";
import type { Cursor } from "../stores/cursor.ts";

export interface Choice {
	readonly packets: boolean;
	readonly place: boolean;
}

export function parcel(
	project: Project,
	choice: Choice,
	place: Pick<Cursor, "packet" | "pc"> & { readonly step?: number | undefined },
): Project {
	const { view: _view, breakpoints, tests, ...rest } = project;
	const { packet, pc, step } = place;
	return {
		...rest,
		scenario: choice.packets ? project.scenario : { ...project.scenario, packets: [], maps: {} },
		breakpoints: choice.place ? breakpoints : [],
		tests: choice.packets ? tests : [],
		...(choice.place
			? {
					view: {
						packet,
						...(pc === undefined ? {} : { pc }),
						...(step === undefined ? {} : { step }),
					},
				}
			: {}),
	};
}

/** Share of the meter's width for a number of characters: logarithmic from 100 to 10,000. */
export function meter(characters: number): number {
	const share = (Math.log10(characters) - 2) / 2;
	return Math.max(0, Math.min(1, share));
}
