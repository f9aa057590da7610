// One packet: begun from a template, made of layers, edited field by field or as bytes; says what it is meanwhile.

import { type FormEvent, useState } from "react";
import { toHex } from "../../engine/base/index.ts";
import { dissect, fixChecksums, summaryLine } from "../../engine/net/index.ts";
import type { PacketInput } from "../../engine/workbench/project.ts";
import { pointAtPacket } from "../commands/point.ts";
import { showPanel } from "../commands/view.ts";
import { closeDialog } from "../stores/dialogs.ts";
import { editScenario, workspace } from "../stores/workspace.ts";
import { Button, Dialog, Field, Icon, Menu, Segments, text } from "../ui/index.ts";
import css from "./form.module.css";
import { PacketFields } from "./PacketFields.tsx";
import own from "./packet.module.css";
import { begin, type ReadBytes, readBytes, spaced, templates } from "./packet.ts";

const parts = [
	{ value: "fields", title: "Fields" },
	{ value: "bytes", title: "Bytes" },
] as const;

export default function Packet({ index }: { readonly index: number | undefined }) {
	const { packets } = workspace.getState().project.scenario;
	const there = index === undefined ? undefined : packets[index];
	const [typed, setTyped] = useState(() => spaced(there?.data ?? toHex(begin("tcp"))));
	const [part, setPart] = useState<"fields" | "bytes">("fields");
	const [name, setName] = useState(there?.name ?? "");
	const [device, setDevice] = useState(there?.device ?? "eth0");
	const read = readBytes(typed);
	const put = (bytes: Uint8Array) => setTyped(spaced(toHex(bytes)));
	const submit = (e: FormEvent) => {
		e.preventDefault();
		if (!read.bytes) return;
		closeDialog();
		save(index, {
			data: toHex(read.bytes),
			...(name.trim() ? { name: name.trim() } : {}),
			...(device.trim() ? { device: device.trim() } : {}),
			...(there?.time === undefined ? {} : { time: there.time }),
		});
	};
	return (
		<Dialog
			title={there ? `Packet ${(index ?? 0) + 1}` : "Build a packet"}
			width={600}
			onClose={closeDialog}
		>
			<form className={own.form} onSubmit={submit}>
				<div className={own.bar}>
					<Segments label="Edit as" value={part} options={parts} onChange={setPart} />
					<span className={text.grow} />
					<Menu
						label="Begin with a template"
						className={own.pick}
						items={() =>
							templates.map((t) => ({ id: t.id, title: t.title, onPick: () => put(begin(t.id)) }))
						}
					>
						Template
						<Icon name="down" size={12} />
					</Menu>
				</div>
				{part === "fields" && read.bytes ? (
					<PacketFields bytes={read.bytes} onBytes={put} />
				) : (
					<textarea
						className={css.area}
						aria-label="Bytes in hexadecimal"
						spellCheck={false}
						value={typed}
						onChange={(e) => setTyped(e.target.value)}
					/>
				)}
				<Tells read={read} onBytes={put} />
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

function save(index: number | undefined, packet: PacketInput): void {
	const { length } = workspace.getState().project.scenario.packets;
	editScenario((s) => ({
		...s,
		packets:
			index === undefined
				? [...s.packets, packet]
				: s.packets.map((p, at) => (at === index ? packet : p)),
	}));
	pointAtPacket(index ?? length);
	showPanel("packets");
}

interface TellsProps {
	readonly read: ReadBytes;
	readonly onBytes: (bytes: Uint8Array) => void;
}

/** What the bytes are, or what is wrong with what was typed. */
function Tells({ read, onBytes }: TellsProps) {
	const { bytes } = read;
	return (
		<p className={css.note} role="status">
			<Icon
				name={bytes ? "accept" : "reject"}
				size={12}
				className={bytes ? text.accept : text.reject}
			/>
			<span className={text.cut}>
				{bytes ? `${bytes.length} bytes: ${summaryLine(dissect(bytes).summary)}` : read.error}
			</span>
			<span className={text.grow} />
			<Button small disabled={!bytes} onClick={() => bytes && onBytes(fixChecksums(bytes))}>
				Set checksums right
			</Button>
		</p>
	);
}
