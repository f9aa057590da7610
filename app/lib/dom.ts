// Files in and out of the page, and the clipboard.

/** Offers bytes or text as a file. */
export function download(name: string, content: Uint8Array<ArrayBuffer> | string): void {
	const url = URL.createObjectURL(new Blob([content]));
	const a = document.createElement("a");
	a.href = url;
	a.download = name;
	a.click();
	setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Asks for files; empty when the person cancels. */
export function pickFiles(accept: string): Promise<readonly File[]> {
	return new Promise((resolve) => {
		const input = document.createElement("input");
		input.type = "file";
		input.accept = accept;
		input.multiple = true;
		input.addEventListener("change", () => resolve([...(input.files ?? [])]));
		input.addEventListener("cancel", () => resolve([]));
		input.click();
	});
}

export async function copyText(text: string): Promise<boolean> {
	try {
		await navigator.clipboard.writeText(text);
		return true;
	} catch {
		return false;
	}
}
