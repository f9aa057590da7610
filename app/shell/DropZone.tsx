// Files dropped anywhere on the page go into the project.

import { useEffect, useState } from "react";
import { importFiles } from "../commands/import.ts";
import css from "./frame.module.css";

const hasFiles = (e: DragEvent) => e.dataTransfer?.types.includes("Files") === true;

export function DropZone() {
	const [over, setOver] = useState(false);
	useEffect(() => {
		const drag = (e: DragEvent) => {
			if (!hasFiles(e)) return;
			e.preventDefault();
			setOver(true);
		};
		const leave = (e: DragEvent) => e.relatedTarget === null && setOver(false);
		const drop = (e: DragEvent) => {
			setOver(false);
			if (!hasFiles(e)) return;
			e.preventDefault();
			void importFiles([...(e.dataTransfer?.files ?? [])]);
		};
		addEventListener("dragover", drag);
		addEventListener("dragleave", leave);
		addEventListener("drop", drop, true);
		return () => {
			removeEventListener("dragover", drag);
			removeEventListener("dragleave", leave);
			removeEventListener("drop", drop, true);
		};
	}, []);
	if (!over) return null;
	return (
		<div className={css.drop}>
			<span>Drop C, assembly, objects, a capture or a project</span>
		</div>
	);
}
