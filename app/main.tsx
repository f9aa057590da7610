// Mounts the page, restores the project and starts the engine.

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { firstProject } from "./commands/examples.ts";
import { whenIdle } from "./commands/idle.ts";
import { restore } from "./commands/project.ts";
import { followBreakpoints } from "./commands/run.ts";
import { reportBug, startEngine } from "./commands/session.ts";
import { App } from "./shell/App.tsx";
import { Boundary } from "./shell/Boundary.tsx";
import { followSettings } from "./stores/settings.ts";
import "./ui/tokens.css";
import "./ui/base.css";

followSettings();
followBreakpoints();
addEventListener("unhandledrejection", (e) => reportBug(e.reason));

const root = document.getElementById("root");
if (!root) throw new Error("the page has no root");
createRoot(root).render(
	<StrictMode>
		<Boundary where="Skep">
			<App />
		</Boundary>
	</StrictMode>,
);

void Promise.all([restore(firstProject), startEngine()]).catch(reportBug);
whenIdle();
