// The phone: one panel at a time, verdict strip above, five tabs below.

import clsx from "clsx";
import { perform, useWhyNot } from "../commands/registry.ts";
import { pickActivity, showPanel } from "../commands/view.ts";
import { panels } from "../panels/registry.ts";
import { currentProgram, useEngine } from "../stores/engine.ts";
import { type Layout, layout, type PanelId, panelIds, useLayout } from "../stores/layout.ts";
import { toneOf } from "../stores/verdict.ts";
import { useProject } from "../stores/workspace.ts";
import { Button, Icon, type IconName, Mark, text } from "../ui/index.ts";
import { DebugBar } from "./DebugBar.tsx";
import { Editors } from "./Editors.tsx";
import { Examples } from "./Examples.tsx";
import { Files } from "./Files.tsx";
import { PanelActions, PanelHost } from "./PanelHost.tsx";
import css from "./phone.module.css";
import { ProgramPick } from "./picks.tsx";
import { VerdictStrip } from "./VerdictPill.tsx";

export function Phone() {
	const shown = useLayout((l) => l.phone);
	const paused = useEngine((s) => s.debug !== undefined);
	return (
		<div className={css.app}>
			<PhoneTop />
			<VerdictStrip onClick={() => showPanel("verifier")} />
			{paused && <DebugBar />}
			<main className={css.main}>
				{shown === "code" ? (
					<Editors extra={["assembly"]} />
				) : shown === "more" ? (
					<More />
				) : shown === "files" ? (
					<div className={css.scroll}>
						<Files />
					</div>
				) : shown === "examples" ? (
					<div className={css.scroll}>
						<Examples />
					</div>
				) : (
					<PhonePanel panel={shown} />
				)}
			</main>
			<Nav shown={shown} />
		</div>
	);
}

function PhoneTop() {
	const paused = useEngine((s) => s.debug !== undefined);
	const whyRun = useWhyNot("run");
	const whyStep = useWhyNot("step");
	const whyStop = useWhyNot("stop");
	return (
		<header className={css.top}>
			<h1 className={css.brand}>
				<Mark />
				<span className={text.hidden}>Skep</span>
			</h1>
			<ProgramPick />
			<span className={css.grow} />
			{whyStop === undefined ? (
				<Button
					icon="stop"
					aria-label="Stop"
					className={css.square}
					onClick={() => perform("stop")}
				/>
			) : (
				<Button
					icon="step"
					aria-label="Step"
					className={css.square}
					disabled={whyStep !== undefined}
					onClick={() => perform("step")}
				/>
			)}
			<Button
				icon="share"
				aria-label="Share"
				className={css.square}
				onClick={() => perform("share")}
			/>
			<Button
				kind="primary"
				icon={paused ? "resume" : "run"}
				className={css.run}
				disabled={whyRun !== undefined}
				title={whyRun}
				aria-label={paused ? "Continue" : "Run"}
				onClick={() => perform("run")}
			>
				{paused ? "" : "Run"}
			</Button>
		</header>
	);
}

function PhonePanel({ panel }: { readonly panel: PanelId }) {
	return (
		<section className={css.panel} aria-label={panels[panel].title}>
			<div className={css.head}>
				<h2>{panels[panel].title}</h2>
				<span className={css.grow} />
				<PanelActions panel={panel} />
			</div>
			<PanelHost panel={panel} />
		</section>
	);
}

const tabs: readonly {
	readonly id: Layout["phone"];
	readonly title: string;
	readonly icon: IconName;
}[] = [
	{ id: "code", title: "Code", icon: "code" },
	{ id: "verifier", title: "Verifier", icon: "shield" },
	{ id: "registers", title: "Registers", icon: "table" },
	{ id: "packets", title: "Packets", icon: "packet" },
	{ id: "more", title: "More", icon: "more" },
];

function Nav({ shown }: { readonly shown: Layout["phone"] }) {
	const programs = useEngine((s) => s.built?.programs);
	const verdicts = useEngine((s) => s.verdicts);
	const current = currentProgram(
		programs,
		useProject((p) => p.program),
	);
	const tone = toneOf(current && verdicts[current.name]?.verdict);
	const first = tabs.some((t) => t.id === shown) ? shown : "more";
	return (
		<nav className={css.nav} aria-label="Panels">
			{tabs.map(({ id, title, icon }) => (
				<button
					key={id}
					type="button"
					aria-pressed={first === id}
					onClick={() => layout.setState({ phone: id })}
				>
					<Icon name={icon} size={20} />
					{title}
					{id === "verifier" && tone !== "none" && tone !== "accept" && (
						<span className={css.badge}>
							<Icon name={tone} size={12} className={text[tone]} />
						</span>
					)}
				</button>
			))}
		</nav>
	);
}

function More() {
	const rest = panelIds.filter((id) => id !== "assembly" && !tabs.some((t) => t.id === id));
	const item = (icon: IconName, title: string, run: () => void, last = false) => (
		<li key={title}>
			<button type="button" className={clsx(css.item, last && css.last)} onClick={run}>
				<Icon name={icon} />
				{title}
			</button>
		</li>
	);
	return (
		<ul className={css.scroll}>
			{item("files", "Files", () => pickActivity("files"))}
			{item("examples", "Examples", () => pickActivity("examples"))}
			{item("code", "Outline", () => perform("outline"))}
			{rest.map((id) => item(panels[id].icon, panels[id].title, () => showPanel(id)))}
			{item("object", "Projects", () => perform("project.list"))}
			{item("settings", "Settings", () => perform("settings"))}
			{item("search", "Commands", () => perform("palette"))}
		</ul>
	);
}
