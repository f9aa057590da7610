// What is wrong with a typed name or step. Pure.

export function fileFault(typed: string, taken: readonly string[]): string | undefined {
	const path = typed.trim();
	if (path === "") return "a name is needed";
	if (/[\\:*?"<>|]/.test(path) || [...path].some((c) => c < " "))
		return "this name has characters files cannot have";
	if (
		path.startsWith("/") ||
		path.split("/").some((part) => part === "" || part === "." || part === "..")
	)
		return "a name inside the project is needed";
	if (taken.includes(path)) return "there is such a file already";
	return undefined;
}

/** A step number, or a share of all steps. */
export function stepOf(typed: string, total: number): number | undefined {
	const m = /^\s*(\d+)\s*(%?)\s*$/.exec(typed);
	if (!m) return undefined;
	const n = Number(m[1]);
	if (m[2]) return n <= 100 ? Math.round((n * total) / 100) : undefined;
	return n <= total ? n : undefined;
}
