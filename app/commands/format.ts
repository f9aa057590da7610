// Formats the file that the editor shows; the editor, which loads by itself, says how.

let act: (() => Promise<void>) | undefined;

/** What formats from now on; undefined when no editor is there. */
export function formatWith(by: (() => Promise<void>) | undefined): void {
	act = by;
}

export const canFormat = (): boolean => act !== undefined;

export async function format(): Promise<void> {
	await act?.();
}
