// The projects of this browser: open, delete, begin another.

import { useState } from "react";
import { deleteProject, newProject, openProject, projects } from "../commands/project.ts";
import { pickAndImport } from "../commands/registry.ts";
import { closeDialog } from "../stores/dialogs.ts";
import { useWorkspace } from "../stores/workspace.ts";
import { Button, Dialog, IconButton, text, useAnswer } from "../ui/index.ts";
import css from "./form.module.css";

export default function Projects() {
	const current = useWorkspace((s) => s.id);
	const saved = useWorkspace((s) => s.savedRevision);
	const [changes, setChanges] = useState(0);
	const list = useAnswer(projects, [saved, changes]);
	const then = (act: () => unknown) => () => {
		closeDialog();
		act();
	};
	const footer = (
		<>
			<Button kind="primary" icon="plus" onClick={then(newProject)}>
				New project
			</Button>
			<Button kind="outline" icon="open" onClick={then(pickAndImport)}>
				Open files…
			</Button>
		</>
	);
	return (
		<Dialog title="Projects" width={520} onClose={closeDialog} footer={footer}>
			{list?.length === 0 && <p className={text.mid}>Nothing is saved yet.</p>}
			<ul className={css.list}>
				{list?.map((p) => (
					<li key={p.id}>
						<button
							type="button"
							className={text.cut}
							aria-current={p.id === current}
							onClick={then(() => openProject(p.id))}
						>
							{p.name}
						</button>
						<span className={`${text.dim} ${text.small}`}>
							{p.id === current ? "open" : new Date(p.updated).toLocaleString()}
						</span>
						<IconButton
							icon="close"
							label={`Delete ${p.name}`}
							disabled={p.id === current}
							onClick={() => void deleteProject(p.id).then(() => setChanges((n) => n + 1))}
						/>
					</li>
				))}
			</ul>
		</Dialog>
	);
}
