// The top bar: project, program and kernel on the left; verdict, run group, share and commands on the right.

import clsx from "clsx";
import { command, perform, useWhyNot } from "../commands/registry.ts";
import { showPanel } from "../commands/view.ts";
import { showCombo } from "../lib/keys.ts";
import { useEngine } from "../stores/engine.ts";
import { useProject } from "../stores/workspace.ts";
import { Button, Icon, Mark, Menu, text } from "../ui/index.ts";
import css from "./frame.module.css";
import { kernelItems, ProgramPick, projectItems } from "./picks.tsx";
import { VerdictPill } from "./VerdictPill.tsx";

export function TopBar() {
	return (
		<header className={css.topbar}>
			<h1 className={css.brand}>
				<Mark />
				<span>Skep</span>
			</h1>
			<span className={css.sep} />
			<ProjectPick />
			<ProgramPick />
			<Menu label="Kernel profile" className={clsx(css.pick, css.kernel)} items={kernelItems}>
				Linux 6.18
				<Icon name="down" size={12} />
			</Menu>
			<span className={css.grow} />
			<span className={css.verdict} aria-live="polite">
				<VerdictPill onClick={() => showPanel("verifier")} />
			</span>
			<span className={css.sep} />
			<RunGroup />
			<span className={css.sep} />
			<Button
				kind="outline"
				icon="share"
				className={css.icon}
				aria-label="Share"
				onClick={() => perform("share")}
			>
				Share
			</Button>
			<Button
				icon="search"
				aria-label="Commands"
				keys={keyText("palette")}
				onClick={() => perform("palette")}
			>
				<span className={css.label}>Commands</span>
			</Button>
		</header>
	);
}

function ProjectPick() {
	return (
		<Menu label="Project" className={css.pick} items={projectItems}>
			<ProjectName />
			<Icon name="down" size={12} />
		</Menu>
	);
}

function ProjectName() {
	const name = useProject((p) => p.name);
	return <span className={text.cut}>{name}</span>;
}

export function keyText(id: string): string | undefined {
	const keys = command(id).keys;
	return keys && showCombo(keys);
}

function RunGroup() {
	const paused = useEngine((s) => s.debug !== undefined);
	const whyRun = useWhyNot("run");
	const whyStep = useWhyNot("step");
	const whyStop = useWhyNot("stop");
	return (
		<>
			<Button
				kind="primary"
				icon={paused ? "resume" : "run"}
				keys={keyText("run")}
				disabled={whyRun !== undefined}
				title={whyRun ?? (paused ? "Continue" : "Run all packets")}
				onClick={() => perform("run")}
			>
				{paused ? "Continue" : "Run"}
			</Button>
			<Button
				kind="outline"
				icon="step"
				className={css.icon}
				keys={keyText("step")}
				aria-label="Step"
				disabled={whyStep !== undefined}
				title={whyStep ?? "Step one instruction"}
				onClick={() => perform("step")}
			>
				Step
			</Button>
			<Button
				kind="outline"
				icon="stop"
				className={css.icon}
				aria-label="Stop"
				disabled={whyStop !== undefined}
				title={whyStop ?? "Stop what runs"}
				onClick={() => perform("stop")}
			>
				Stop
			</Button>
		</>
	);
}
