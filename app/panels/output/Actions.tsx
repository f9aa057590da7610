// The Output panel's buttons: what is shown, clear, copy.

import { copyText } from "../../lib/dom.ts";
import { engineMirror, useEngine } from "../../stores/engine.ts";
import { toast } from "../../stores/toasts.ts";
import { Button, Segments } from "../../ui/index.ts";
import { linesSince, logText, recordRows, recordsText } from "./select.ts";
import { useView, view } from "./store.ts";

export function OutputActions() {
	const part = useView((s) => s.part);
	const records = useEngine((s) => s.run?.records.length ?? 0);
	return (
		<>
			<Segments
				label="Output shown"
				value={part}
				options={[
					{ value: "log", title: "Log" },
					{ value: "records", title: records > 0 ? `Records ${records}` : "Records" },
				]}
				onChange={(value) => view.setState({ part: value })}
			/>
			<Button small icon="copy" title="Copy all of it" onClick={() => void copy()}>
				Copy
			</Button>
			<Button
				small
				disabled={part !== "log"}
				title={part === "log" ? "Forget these lines" : "The next run replaces the records"}
				onClick={() => view.setState({ cleared: engineMirror.getState().output.at(-1) })}
			>
				Clear
			</Button>
		</>
	);
}

async function copy(): Promise<void> {
	const { output, run } = engineMirror.getState();
	const { part, cleared } = view.getState();
	const text =
		part === "log"
			? logText(linesSince(output, cleared))
			: recordsText(recordRows(run?.records ?? []));
	if (await copyText(text)) toast("none", "Copied.");
	else toast("warning", "The browser did not allow copying.");
}
