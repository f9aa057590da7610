// Settings: theme, density, hints, executor.

import { judgeAgainst } from "../commands/session.ts";
import { resetLayout } from "../commands/view.ts";
import { closeDialog } from "../stores/dialogs.ts";
import { useEngine } from "../stores/engine.ts";
import { settings, useSettings } from "../stores/settings.ts";
import { Button, Check, Dialog, Segments } from "../ui/index.ts";
import css from "./form.module.css";

const themes = [
	{ value: "system", title: "System" },
	{ value: "dark", title: "Dark" },
	{ value: "light", title: "Light" },
	{ value: "contrast", title: "High contrast" },
] as const;

const densities = [
	{ value: "auto", title: "Automatic" },
	{ value: "compact", title: "Compact" },
	{ value: "roomy", title: "Roomy" },
	{ value: "present", title: "Present" },
] as const;

const engines = [
	{ value: "vm", title: "Interpreter" },
	{ value: "jit", title: "JIT" },
] as const;

export default function Settings() {
	const s = useSettings((all) => all);
	return (
		<Dialog title="Settings" width={480} onClose={closeDialog}>
			<div className={css.rows}>
				<span>Theme</span>
				<Segments
					label="Theme"
					value={s.theme}
					options={themes}
					onChange={(theme) => settings.setState({ theme })}
				/>
				<span>Density</span>
				<Segments
					label="Density"
					value={s.density}
					options={densities}
					onChange={(density) => settings.setState({ density })}
				/>
				<span>Run with</span>
				<Segments
					label="Run with"
					value={s.engine}
					options={engines}
					onChange={(engine) => settings.setState({ engine })}
				/>
				<span>Editor</span>
				<Check checked={s.hints} onChange={(hints) => settings.setState({ hints })}>
					State after each line
				</Check>
				<span />
				<Check
					checked={s.formatOnSave}
					onChange={(formatOnSave) => settings.setState({ formatOnSave })}
				>
					Format on Ctrl+S
				</Check>
				<span>Kernel types</span>
				<KernelTypes />
				<span>Panels</span>
				<Button kind="outline" small onClick={resetLayout}>
					Put back as drawn
				</Button>
			</div>
		</Dialog>
	);
}

/** The types that kernel functions and traced programs are judged against. */
function KernelTypes() {
	const kernel = useEngine((s) => s.kernel);
	if (!kernel) return <span>The simulated kernel's. Drop a vmlinux or its BTF on the page.</span>;
	return (
		<span>
			{kernel.name}, {kernel.types} types{" "}
			<Button kind="link" onClick={() => void judgeAgainst(undefined)}>
				Forget it
			</Button>
		</span>
	);
}
