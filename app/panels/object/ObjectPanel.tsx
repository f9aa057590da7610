// The object behind the programs: sections, symbols, relocations before and after, global variables, types.

import { useState } from "react";
import type { ObjectView } from "../../../engine/workbench/objectview.ts";
import { ask } from "../../commands/session.ts";
import { useEngine } from "../../stores/engine.ts";
import { Empty, panel, Segments, text, useAnswer } from "../../ui/index.ts";
import { Globals } from "./Globals.tsx";
import { Relocations } from "./Relocations.tsx";
import { Sections } from "./Sections.tsx";
import { Symbols } from "./Symbols.tsx";
import { Types } from "./Types.tsx";

const views = [
	{ value: "sections", title: "Sections" },
	{ value: "symbols", title: "Symbols" },
	{ value: "relocations", title: "Relocations" },
	{ value: "globals", title: "Globals" },
	{ value: "types", title: "Types" },
] as const;
type View = (typeof views)[number]["value"];

export function ObjectPanel() {
	const object = useObject();
	const [shown, setShown] = useState<View>("sections");
	if (!object)
		return (
			<Empty
				icon="object"
				title="No object yet"
				text="Drop an object that clang made on the page, or write a program: its sections, symbols and types appear here."
			/>
		);
	return (
		<div className={panel.panel}>
			<div className={`${panel.sub} ${panel.tall}`}>
				<Segments label="Object view" value={shown} options={views} onChange={setShown} />
				<span className={text.grow} />
				<span className={text.cut} title={`License ${object.license}`}>
					{object.license}
				</span>
			</div>
			{shown === "sections" && <Sections rows={object.sections} />}
			{shown === "symbols" && <Symbols rows={object.symbols} />}
			{shown === "relocations" && <Relocations rows={object.relocations} />}
			{shown === "globals" && <Globals rows={object.globals} />}
			{shown === "types" && <Types total={object.types} />}
		</div>
	);
}

/** The object as it is now; asked for again after every build and run. */
function useObject(): ObjectView | undefined {
	const build = useEngine((s) => s.build);
	const version = useEngine((s) => s.mapsVersion);
	return useAnswer(() => (build ? ask((e) => e.object()) : undefined), [build, version]);
}
