// Packets: the list with what the program did to each, the fields of one, its bytes before and after.

import { perform } from "../../commands/registry.ts";
import { useCursor } from "../../stores/cursor.ts";
import { openDialog } from "../../stores/dialogs.ts";
import { useProject } from "../../stores/workspace.ts";
import { Button, Empty, Segments } from "../../ui/index.ts";
import { Brief } from "./Brief.tsx";
import { Bytes } from "./Bytes.tsx";
import { Fields } from "./Fields.tsx";
import { List } from "./List.tsx";
import css from "./packets.module.css";
import { usePhone } from "./phone.ts";
import { useView, view } from "./store.ts";

const parts = [
	{ value: "fields", title: "Fields" },
	{ value: "bytes", title: "Bytes" },
] as const;

export function PacketsPanel() {
	const packets = useProject((p) => p.scenario.packets);
	const at = useCursor((c) => c.packet);
	const part = useView((s) => s.part);
	const phone = usePhone();
	const index = Math.min(at, packets.length - 1);
	const packet = packets[index];
	if (!packet)
		return (
			<Empty
				icon="packet"
				title="No packets to send"
				text="Drop a pcap or pcapng file here, build a packet field by field, or generate traffic. Nothing leaves this page."
			>
				<Button kind="outline" icon="plus" onClick={() => perform("packet.new")}>
					Build a packet
				</Button>
				<Button kind="outline" icon="files" onClick={() => perform("project.import")}>
					Open capture
				</Button>
				<Button kind="outline" icon="packet" onClick={() => openDialog({ kind: "traffic" })}>
					Generate traffic
				</Button>
			</Empty>
		);
	if (phone) return <Brief packets={packets} packet={packet} index={index} />;
	return (
		<div className={css.container}>
			<div className={css.packets} data-part={part}>
				<List packets={packets} index={index} />
				<div className={css.choice}>
					<Segments
						label="Packet view"
						value={part}
						options={parts}
						onChange={(value) => view.setState({ part: value })}
					/>
				</div>
				<Fields packet={packet} index={index} />
				<Bytes packet={packet} index={index} />
			</div>
		</div>
	);
}
