// Typed or pasted bytes of a packet: plain hexadecimal, or a dump with offsets. Pure.

import { fromHex } from "../../engine/base/index.ts";
import { parseHexDump } from "../../engine/net/index.ts";

const largest = 65_536;

export type ReadBytes =
	| { readonly bytes: Uint8Array; readonly error?: undefined }
	| { readonly bytes?: undefined; readonly error: string };

export function readBytes(typed: string): ReadBytes {
	const bytes = fromHex(typed) ?? parseHexDump(typed).value?.[0];
	if (!bytes) return { error: "expected whole bytes in hexadecimal, or a dump with offsets" };
	if (bytes.length === 0) return { error: "a packet has at least one byte" };
	if (bytes.length > largest) return { error: `a packet has at most ${largest} bytes` };
	return { bytes };
}
