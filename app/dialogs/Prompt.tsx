// One line of text: a new file's name, another name, a step to go to.

import { type FormEvent, useState } from "react";
import { renameProject } from "../commands/project.ts";
import { seek } from "../commands/run.ts";
import { openFile } from "../commands/view.ts";
import { closeDialog, type Dialog as Open } from "../stores/dialogs.ts";
import { engineMirror } from "../stores/engine.ts";
import { putFile, renameFile, workspace } from "../stores/workspace.ts";
import { Button, Dialog, Field } from "../ui/index.ts";
import { fileFault, stepOf } from "./check.ts";
import css from "./form.module.css";

type Asked = Extract<Open, { kind: "file" | "goto" | "name" }>;

interface Question {
	readonly title: string;
	readonly label: string;
	readonly start: string;
	readonly act: string;
	readonly fault: (typed: string) => string | undefined;
	readonly done: (typed: string) => void;
}

export default function Prompt({ dialog }: { readonly dialog: Asked }) {
	const q = question(dialog);
	const [typed, setTyped] = useState(q.start);
	const fault = q.fault(typed);
	const submit = (e: FormEvent) => {
		e.preventDefault();
		if (fault) return;
		closeDialog();
		q.done(typed.trim());
	};
	return (
		<Dialog title={q.title} width={400} onClose={closeDialog}>
			<form className={css.form} onSubmit={submit}>
				<Field
					label={q.label}
					autoFocus
					value={typed}
					error={typed === q.start ? undefined : fault}
					onFocus={(e) => e.currentTarget.select()}
					onChange={(e) => setTyped(e.target.value)}
				/>
				<span className={css.acts}>
					<Button onClick={closeDialog}>Cancel</Button>
					<Button kind="primary" type="submit" disabled={fault !== undefined}>
						{q.act}
					</Button>
				</span>
			</form>
		</Dialog>
	);
}

function question(dialog: Asked): Question {
	const { project } = workspace.getState();
	const paths = project.files.map((f) => f.path);
	switch (dialog.kind) {
		case "name":
			return {
				title: dialog.title,
				label: "Name",
				start: project.name,
				act: "Rename",
				fault: (typed) => (typed.trim() === "" ? "a name is needed" : undefined),
				done: renameProject,
			};
		case "goto": {
			const total = engineMirror.getState().debug?.total ?? 0;
			return {
				title: "Go to step",
				label: `A number up to ${total}, or a share such as 50%`,
				start: "",
				act: "Go",
				fault: (typed) =>
					stepOf(typed, total) === undefined ? `0 to ${total}, or 0% to 100%` : undefined,
				done: (typed) => void seek(stepOf(typed, total) ?? 0),
			};
		}
		case "file": {
			const { rename } = dialog;
			const fault = (typed: string) =>
				fileFault(
					typed,
					paths.filter((p) => p !== rename),
				);
			if (rename === undefined)
				return {
					title: "New file",
					label: "Name",
					start: paths.includes("main.c") ? "program.c" : "main.c",
					act: "Create",
					fault,
					done: (path) => {
						putFile({ path, text: "" });
						openFile(path);
					},
				};
			return {
				title: `Rename ${rename}`,
				label: "Name",
				start: rename,
				act: "Rename",
				fault,
				done: (path) => {
					renameFile(rename, path);
					openFile(path);
				},
			};
		}
	}
}
