// Share: the link with its length, what it carries, and the file beyond what links can do.

import { useEffect, useState } from "react";
import { exportProject } from "../commands/project.ts";
import { copyText } from "../lib/dom.ts";
import { encodeLink, reach } from "../lib/share.ts";
import { cursor } from "../stores/cursor.ts";
import { closeDialog } from "../stores/dialogs.ts";
import { engineMirror } from "../stores/engine.ts";
import { toast } from "../stores/toasts.ts";
import { useProject } from "../stores/workspace.ts";
import { Button, Check, Dialog, Field, Icon, text } from "../ui/index.ts";
import { Meter } from "./Meter.tsx";
import { type Choice, parcel } from "./parcel.ts";
import css from "./share.module.css";

const words = {
	everywhere: { icon: "accept", tone: text.accept, text: "fits everywhere" },
	long: { icon: "warning", tone: text.warning, text: "too long for some chats" },
	file: { icon: "warning", tone: text.warning, text: "too long for a link: send the file" },
} as const;

function useLinks(choice: Choice) {
	const project = useProject((p) => p);
	const [made, setMade] = useState({ link: "", code: 0, packets: 0, place: 0 });
	useEffect(() => {
		let stale = false;
		const { packet, pc } = cursor.getState();
		const at = { packet, pc, step: engineMirror.getState().debug?.step };
		const length = async (c: Choice) => (await encodeLink(parcel(project, c, at))).length;
		void (async () => {
			const hash = await encodeLink(parcel(project, choice, at));
			const code = await length({ packets: false, place: false });
			const packets = (await length({ packets: true, place: false })) - code;
			const place = (await length({ packets: false, place: true })) - code;
			const page = location.origin + location.pathname;
			if (!stale) setMade({ link: page + hash, code, packets, place });
		})();
		return () => {
			stale = true;
		};
	}, [project, choice]);
	return made;
}

export default function Share() {
	const [choice, setChoice] = useState<Choice>({ packets: true, place: true });
	const made = useLinks(choice);
	const far = reach(made.link.length);
	const copy = async () => {
		const ok = await copyText(made.link);
		toast(
			ok ? "accept" : "warning",
			ok ? "Link copied." : "Copy the link from the field: the browser did not allow it.",
		);
	};
	const footer = (
		<>
			<Button kind={far === "file" ? "primary" : "outline"} icon="save" onClick={exportProject}>
				Save as file
			</Button>
			<span className={text.grow} />
			<span className={`${text.dim} ${text.small}`}>
				The project stays in the link. Nothing is uploaded.
			</span>
		</>
	);
	return (
		<Dialog title="Share this project" width={624} onClose={closeDialog} footer={footer}>
			<div className={css.link}>
				<Field
					quiet
					mono
					label="Link"
					className={text.grow}
					readOnly
					value={made.link}
					onFocus={(e) => e.currentTarget.select()}
				/>
				<Button
					kind={far === "file" ? "outline" : "primary"}
					icon="copy"
					onClick={() => void copy()}
				>
					Copy link
				</Button>
			</div>
			<p className={css.length}>
				<b>{made.link.length.toLocaleString("en")} characters</b>
				<Icon name={words[far].icon} size={12} className={words[far].tone} />
				<span>{words[far].text}</span>
			</p>
			<Meter characters={made.link.length} />
			<Carries made={made} choice={choice} onChoice={setChoice} />
		</Dialog>
	);
}

interface CarriesProps {
	readonly made: { readonly code: number; readonly packets: number; readonly place: number };
	readonly choice: Choice;
	readonly onChoice: (choice: Choice) => void;
}

function Carries({ made, choice, onChoice }: CarriesProps) {
	const project = useProject((p) => p);
	const { packets, maps } = project.scenario;
	const files = project.files.map((f) => f.path).join(", ");
	const row = (title: string, note: string, characters: number) => (
		<span className={css.carry}>
			<span>
				{title}
				<i>{note}</i>
			</span>
			<code>{characters}</code>
		</span>
	);
	return (
		<section className={css.carries} aria-label="What the link carries">
			<h3>
				What the link carries<span>characters</span>
			</h3>
			<Check checked disabled onChange={() => {}}>
				{row("Source files and program", `${files}, kernel profile Linux 6.18`, made.code)}
			</Check>
			<Check checked={choice.packets} onChange={(on) => onChoice({ ...choice, packets: on })}>
				{row(
					"Packets and map contents",
					`${packets.length} packets, ${Object.keys(maps).length} maps, seed ${project.scenario.seed}`,
					made.packets,
				)}
			</Check>
			<Check checked={choice.place} onChange={(on) => onChoice({ ...choice, place: on })}>
				{row("Where I am", "instruction, packet, breakpoints", made.place)}
			</Check>
		</section>
	);
}
