// One packet as bytes: hexadecimal (also a pasted dump), name and device; says what it is while it is typed.

import { type FormEvent, useState } from "react";
import { toHex } from "../../engine/base/index.ts";
import { dissect, fixChecksums, summaryLine, traffic } from "../../engine/net/index.ts";
import { pointAtPacket } from "../commands/point.ts";
import { showPanel } from "../commands/view.ts";
import { closeDialog } from "../stores/dialogs.ts";
import { editScenario, workspace } from "../stores/workspace.ts";
import { Button, Dialog, Field, Icon, text } from "../ui/index.ts";
import css from "./form.module.css";
import { readBytes } from "./packet.ts";

const spaced = (hex: string) =>
	(hex.match(/.{1,32}/g) ?? []).map((l) => (l.match(/../g) ?? []).join(" ")).join("\n");

export default function Packet({ index }: { readonly index: number | undefined }) {
	const { packets, seed } = workspace.getState().project.scenario;
	const there = index === undefined ? undefined : packets[index];
	const [bytes, setBytes] = useState(() =>
		spaced(
			there?.data ?? toHex(traffic("lan", 1, seed + packets.length)[0]?.bytes ?? new Uint8Array()),
		),
	);
	const [name, setName] = useState(there?.name ?? "");
	const [device, setDevice] = useState(there?.device ?? "eth0");
	const read = readBytes(bytes);
	const submit = (e: FormEvent) => {
		e.preventDefault();
		if (!read.bytes) return;
		const packet = {
			data: toHex(read.bytes),
			...(name.trim() ? { name: name.trim() } : {}),
			...(device.trim() ? { device: device.trim() } : {}),
			...(there?.time === undefined ? {} : { time: there.time }),
		};
		closeDialog();
		editScenario((s) => ({
			...s,
			packets: there
				? s.packets.map((p, at) => (at === index ? packet : p))
				: [...s.packets, packet],
		}));
		pointAtPacket(index ?? packets.length);
		showPanel("packets");
	};
	return (
		<Dialog
			title={there ? `Packet ${(index ?? 0) + 1}` : "Build a packet"}
			width={560}
			onClose={closeDialog}
		>
			<form className={css.form} onSubmit={submit}>
				<textarea
					className={css.area}
					aria-label="Bytes in hexadecimal"
					spellCheck={false}
					value={bytes}
					onChange={(e) => setBytes(e.target.value)}
				/>
				<p className={css.note} role="status">
					<Icon
						name={read.bytes ? "accept" : "reject"}
						size={12}
						className={read.bytes ? text.accept : text.reject}
					/>
					{read.bytes
						? `${read.bytes.length} bytes: ${summaryLine(dissect(read.bytes).summary)}`
						: read.error}
					<span className={text.grow} />
					<Button
						small
						disabled={!read.bytes}
						onClick={() => read.bytes && setBytes(spaced(toHex(fixChecksums(read.bytes))))}
					>
						Set checksums right
					</Button>
				</p>
				<div className={css.pair}>
					<Field label="Name" value={name} onChange={(e) => setName(e.target.value)} />
					<Field label="Arrives on" value={device} onChange={(e) => setDevice(e.target.value)} />
				</div>
				<span className={css.acts}>
					<Button onClick={closeDialog}>Cancel</Button>
					<Button kind="primary" type="submit" disabled={!read.bytes}>
						{there ? "Save" : "Add"}
					</Button>
				</span>
			</form>
		</Dialog>
	);
}
