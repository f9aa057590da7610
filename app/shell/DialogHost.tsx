// Loads the open dialog.

import { lazy, Suspense } from "react";
import Prompt from "../dialogs/Prompt.tsx";
import { useDialog } from "../stores/dialogs.ts";
import { Boundary } from "./Boundary.tsx";

const Palette = lazy(() => import("../dialogs/Palette.tsx"));
const Share = lazy(() => import("../dialogs/Share.tsx"));
const Settings = lazy(() => import("../dialogs/Settings.tsx"));
const Shortcuts = lazy(() => import("../dialogs/Shortcuts.tsx"));
const Projects = lazy(() => import("../dialogs/Projects.tsx"));
const Packet = lazy(() => import("../dialogs/Packet.tsx"));
const PacketTraffic = lazy(() => import("../dialogs/PacketTraffic.tsx"));

export function DialogHost() {
	const open = useDialog();
	if (!open) return null;
	return (
		<Boundary where="the dialog" key={open.kind}>
			<Suspense fallback={null}>
				{open.kind === "palette" && <Palette text={open.text ?? ""} />}
				{open.kind === "share" && <Share />}
				{open.kind === "settings" && <Settings />}
				{open.kind === "shortcuts" && <Shortcuts />}
				{open.kind === "projects" && <Projects />}
				{(open.kind === "file" || open.kind === "goto" || open.kind === "name") && (
					<Prompt dialog={open} />
				)}
				{open.kind === "traffic" && <PacketTraffic />}
				{open.kind === "packet" && <Packet index={open.index} />}
			</Suspense>
		</Boundary>
	);
}
