// Loads a panel when it is first shown, behind its own error boundary.

import { type ComponentType, lazy, Suspense } from "react";
import { panels } from "../panels/registry.ts";
import { type PanelId, panelIds } from "../stores/layout.ts";
import { Boundary } from "./Boundary.tsx";

const none: ComponentType = () => null;
const body = {} as Record<PanelId, ComponentType>;
const actions = {} as Record<PanelId, ComponentType>;
for (const id of panelIds) {
	body[id] = lazy(panels[id].load);
	actions[id] = lazy(async () => ({ default: (await panels[id].load()).Actions ?? none }));
}

export function PanelHost({ panel }: { readonly panel: PanelId }) {
	const Body = body[panel];
	return (
		<Boundary key={panel} where={panels[panel].title}>
			<Suspense fallback={null}>
				<Body />
			</Suspense>
		</Boundary>
	);
}

/** The panel's buttons in the dock's head. */
export function PanelActions({ panel }: { readonly panel: PanelId }) {
	const Actions = actions[panel];
	return (
		<Boundary key={panel} where={panels[panel].title}>
			<Suspense fallback={null}>
				<Actions />
			</Suspense>
		</Boundary>
	);
}
