// Every panel: id, title, icon, and how to load it. Panels take no props and never import one another.

import type { ComponentType } from "react";
import type { PanelId } from "../stores/layout.ts";
import type { IconName } from "../ui/index.ts";

export interface Panel {
	readonly id: PanelId;
	readonly title: string;
	readonly icon: IconName;
	readonly load: () => Promise<{
		readonly default: ComponentType;
		readonly Actions?: ComponentType;
	}>;
}

export const panels: Readonly<Record<PanelId, Panel>> = {
	assembly: {
		id: "assembly",
		title: "Assembly",
		icon: "code",
		load: () => import("./assembly/index.ts"),
	},
	verifier: {
		id: "verifier",
		title: "Verifier",
		icon: "shield",
		load: () => import("./verifier/index.ts"),
	},
	registers: {
		id: "registers",
		title: "Registers",
		icon: "table",
		load: () => import("./registers/index.ts"),
	},
	stack: { id: "stack", title: "Stack", icon: "stack", load: () => import("./stack/index.ts") },
	maps: { id: "maps", title: "Maps", icon: "map", load: () => import("./maps/index.ts") },
	packets: {
		id: "packets",
		title: "Packets",
		icon: "packet",
		load: () => import("./packets/index.ts"),
	},
	terminal: {
		id: "terminal",
		title: "Terminal",
		icon: "terminal",
		load: () => import("../terminal/index.ts"),
	},
	problems: {
		id: "problems",
		title: "Problems",
		icon: "warning",
		load: () => import("./problems/index.ts"),
	},
	output: {
		id: "output",
		title: "Output",
		icon: "output",
		load: () => import("./output/index.ts"),
	},
	object: {
		id: "object",
		title: "Object",
		icon: "object",
		load: () => import("./object/index.ts"),
	},
};
