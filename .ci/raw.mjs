// For rolldown by itself: `import text from "./file?raw"` gives the file's text, as vite has it.
import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";

export const raw = {
	name: "raw",
	resolveId(id, importer) {
		return id.endsWith("?raw") ? `${resolve(dirname(importer), id.slice(0, -4))}?raw` : null;
	},
	load(id) {
		if (!id.endsWith("?raw")) return null;
		return {
			code: `export default ${JSON.stringify(readFileSync(id.slice(0, -4), "utf8"))}`,
			moduleType: "js",
		};
	},
};
