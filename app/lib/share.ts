// The share link: `#v1.<codec>.<payload>`; codec `d` is raw deflate of the JSON text, in base64url. Reading stops at a
// byte cap before anything is parsed. What the JSON means is not known here.

import { fromBase64Url, toBase64Url } from "./base64url.ts";

/** No link may unfold to more than this many bytes. */
export const unfoldedLimit = 1 << 20;

export type Opened =
	| { readonly ok: true; readonly value: unknown }
	| { readonly ok: false; readonly error: string };

/** The hash part of a link, with its `#`. */
export async function encodeLink(value: unknown): Promise<string> {
	const bytes = new TextEncoder().encode(JSON.stringify(value));
	const packed = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate-raw"));
	return `#v1.d.${toBase64Url(new Uint8Array(await new Response(packed).arrayBuffer()))}`;
}

export function isLink(hash: string): boolean {
	return /^#v\d+\./.test(hash);
}

/** Reads the hash part of a link; never throws. */
export async function decodeLink(hash: string): Promise<Opened> {
	const parts = /^#v(\d+)\.([a-z]+)\.(.*)$/s.exec(hash);
	if (!parts) return failed("The link is cut or changed: it does not start with #v1.d.");
	const [, version, codec, payload = ""] = parts;
	if (version !== "1" || codec !== "d")
		return failed(`The link has format v${version}.${codec}; this Skep reads v1.d.`);
	const packed = fromBase64Url(payload);
	if (!packed) return failed("The link is cut, or holds characters that no link of Skep has.");
	const bytes = await unfold(packed);
	if (typeof bytes === "string") return failed(bytes);
	try {
		const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
		return { ok: true, value: JSON.parse(text) as unknown };
	} catch {
		return failed("The link is damaged: what it holds is not JSON.");
	}
}

async function unfold(packed: Uint8Array<ArrayBuffer>): Promise<Uint8Array | string> {
	const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
	const reader = stream.getReader();
	const chunks: Uint8Array[] = [];
	let total = 0;
	try {
		for (;;) {
			const { done, value } = await reader.read();
			if (done) break;
			total += value.length;
			if (total > unfoldedLimit) {
				await reader.cancel();
				return `The link unfolds to more than ${unfoldedLimit} bytes.`;
			}
			chunks.push(value);
		}
	} catch {
		return "The link is cut or damaged: its end does not fit its beginning.";
	}
	const all = new Uint8Array(total);
	let at = 0;
	for (const chunk of chunks) {
		all.set(chunk, at);
		at += chunk.length;
	}
	return all;
}

function failed(error: string): Opened {
	return { ok: false, error };
}

/** How far a link of that many characters travels. */
export function reach(characters: number): "everywhere" | "long" | "file" {
	return characters <= 2000 ? "everywhere" : characters <= 8000 ? "long" : "file";
}
