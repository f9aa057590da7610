// Generated traffic: which kind, how many packets, from which seed.

import { type FormEvent, useState } from "react";
import { dissect, summaryLine, type TrafficKind, trafficKinds } from "../../engine/net/index.ts";
import { pointAtPacket } from "../commands/point.ts";
import { showPanel } from "../commands/view.ts";
import { closeDialog } from "../stores/dialogs.ts";
import { toast } from "../stores/toasts.ts";
import { editScenario, workspace } from "../stores/workspace.ts";
import { Button, Dialog, Field, placed, text } from "../ui/index.ts";
import css from "./form.module.css";
import own from "./packet.module.css";
import { generated, mostPackets, wholeNumber } from "./packet.ts";

export default function PacketTraffic() {
	const { packets: before, seed: first } = workspace.getState().project.scenario;
	const [kind, setKind] = useState<TrafficKind>("lan");
	const [count, setCount] = useState("20");
	const [seed, setSeed] = useState(String(first));
	const n = wholeNumber(count, 1, mostPackets);
	const from = wholeNumber(seed, 0, 2 ** 32 - 1);
	const preview = from === undefined ? [] : generated(kind, 3, from, 0);
	const submit = (e: FormEvent) => {
		e.preventDefault();
		if (n === undefined || from === undefined) return;
		const last = before.at(-1)?.time ?? 0;
		const made = generated(kind, n, from, last + 1_000_000);
		closeDialog();
		editScenario((s) => ({ ...s, packets: [...s.packets, ...made.map((m) => m.packet)] }));
		pointAtPacket(before.length);
		showPanel("packets");
		toast("none", `${n} packets added.`, {
			title: "Undo",
			run: () => editScenario((s) => ({ ...s, packets: before })),
		});
	};
	return (
		<Dialog title="Generate traffic" width={480} onClose={closeDialog}>
			<form className={own.form} onSubmit={submit}>
				<label className={own.choice}>
					<span>Kind</span>
					<select value={kind} onChange={(e) => setKind(e.target.value as TrafficKind)}>
						{trafficKinds.map((k) => (
							<option key={k.kind} value={k.kind}>
								{k.title}
							</option>
						))}
					</select>
				</label>
				<div className={own.halves}>
					<Field
						label="Packets"
						value={count}
						error={n === undefined ? `1 to ${mostPackets}` : undefined}
						onChange={(e) => setCount(e.target.value)}
					/>
					<Field
						label="Seed"
						value={seed}
						error={from === undefined ? "0 to 4294967295" : undefined}
						onChange={(e) => setSeed(e.target.value)}
					/>
				</div>
				<ul className={own.preview} aria-label="The first packets">
					{placed(preview).map(({ item: m, place }) => (
						<li key={place} className={text.cut}>
							{summaryLine(dissect(m.bytes).summary)}
						</li>
					))}
				</ul>
				<span className={css.acts}>
					<Button onClick={closeDialog}>Cancel</Button>
					<Button kind="primary" type="submit" disabled={n === undefined || from === undefined}>
						Add
					</Button>
				</span>
			</form>
		</Dialog>
	);
}
