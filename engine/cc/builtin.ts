// The compiler's own headers by name. Knows nothing of files on disk.

/** The text of a built-in header, by its name in `<…>`. */
export function builtinHeader(_name: string): string | undefined {
	return undefined;
}
