// The panel's buttons: filter by action, add packets, save what came out.

import clsx from "clsx";
import { perform, pickAndImport } from "../../commands/registry.ts";
import { ask } from "../../commands/session.ts";
import { download } from "../../lib/dom.ts";
import { openDialog } from "../../stores/dialogs.ts";
import { engineMirror, useEngine } from "../../stores/engine.ts";
import { toast } from "../../stores/toasts.ts";
import { editScenario, useProject, workspace } from "../../stores/workspace.ts";
import { Icon, Menu, type MenuItem } from "../../ui/index.ts";
import css from "./packets.module.css";
import phone from "./phone.module.css";
import { segments } from "./select.ts";
import { useView, view } from "./store.ts";

function filterItems(): readonly MenuItem[] {
	const { results } = engineMirror.getState();
	const total = workspace.getState().project.scenario.packets.length;
	const { action } = view.getState();
	const item = (id: string | undefined, title: string, note?: string): MenuItem => ({
		id: title,
		title,
		note,
		checked: action === id,
		onPick: () => view.setState({ action: id }),
	});
	return [
		item(undefined, "All actions"),
		...segments(total, results).map((s) => item(s.action, s.action, String(s.count))),
	];
}

function addItems(): readonly MenuItem[] {
	const { packets } = workspace.getState().project.scenario;
	return [
		{ id: "build", title: "Build a packet…", icon: "plus", onPick: () => perform("packet.new") },
		{ id: "open", title: "Open a capture…", icon: "files", onPick: pickAndImport },
		{
			id: "traffic",
			title: "Generate traffic…",
			icon: "packet",
			onPick: () => openDialog({ kind: "traffic" }),
		},
		{
			id: "clear",
			title: "Remove all packets",
			divided: true,
			disabled: packets.length === 0,
			onPick: () => {
				editScenario((s) => ({ ...s, packets: [] }));
				toast("none", `${packets.length} packets removed.`, {
					title: "Undo",
					run: () => editScenario((s) => ({ ...s, packets })),
				});
			},
		},
	];
}

async function savePcap(): Promise<void> {
	const bytes = await ask((e) => e.pcap());
	if (bytes) download(`${workspace.getState().project.name}.pcap`, bytes.slice());
}

export function PacketsActions() {
	const packets = useProject((p) => p.scenario.packets.length);
	const ran = useEngine((s) => s.run !== undefined);
	const action = useView((s) => s.action);
	return (
		<>
			{packets > 0 && (
				<Menu label="Filter by action" className={clsx(css.act, phone.act)} items={filterItems}>
					<Icon name="filter" size={12} />
					<span>{action ?? "All actions"}</span>
				</Menu>
			)}
			<Menu label="Add packets" className={clsx(css.act, phone.act)} items={addItems} align="end">
				<Icon name="plus" size={12} />
				<span>Packet</span>
			</Menu>
			<button
				type="button"
				className={clsx(css.act, phone.act)}
				disabled={!ran}
				title={ran ? "Save the packets that came out" : "Nothing ran yet"}
				onClick={() => void savePcap()}
			>
				<Icon name="save" size={12} />
				<span>Save pcap</span>
			</button>
		</>
	);
}
