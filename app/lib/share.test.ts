import { deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromBase64Url, toBase64Url } from "./base64url.ts";
import { decodeLink, encodeLink, isLink, reach, unfoldedLimit } from "./share.ts";

/** Made by the first release's encoder; every later release must read it. */
const golden = "#v1.d.q1YqSy0qzszPU7Iy1FHKS8xNVbJSSsvMSS1RqgUA";

describe("links", () => {
	test("the golden link of version 1 opens", async () => {
		expect(await decodeLink(golden)).toEqual({ ok: true, value: { version: 1, name: "filet" } });
	});

	test("what was encoded comes back", async () => {
		await fc.assert(
			fc.asyncProperty(fc.json(), async (json) => {
				const value: unknown = JSON.parse(json);
				const link = await encodeLink(value);
				expect(link).toMatch(/^#v1\.d\.[A-Za-z0-9_-]+$/);
				expect(await decodeLink(link)).toEqual({ ok: true, value });
			}),
			{ numRuns: 50 },
		);
	});

	test("a decompression bomb stops at the cap", async () => {
		const bomb = deflateRawSync(Buffer.alloc(50 << 20));
		const opened = await decodeLink(`#v1.d.${toBase64Url(bomb)}`);
		expect(opened).toEqual({
			ok: false,
			error: `The link unfolds to more than ${unfoldedLimit} bytes.`,
		});
	});

	const broken: [string, string, RegExp][] = [
		["no link", "#hello", /does not start/],
		["a later version", "#v2.d.AAAA", /format v2\.d/],
		["an unknown codec", "#v1.z.AAAA", /format v1\.z/],
		["foreign characters", "#v1.d.a+b/", /characters/],
		["a cut end", golden.slice(0, -8), /cut or damaged|not JSON/],
		["no JSON", `#v1.d.${toBase64Url(deflateRawSync("{"))}`, /not JSON/],
		["no UTF-8", `#v1.d.${toBase64Url(deflateRawSync(Buffer.of(0xff, 0xfe)))}`, /not JSON/],
		["an empty payload", "#v1.d.", /cut or damaged|not JSON/],
	];
	test.each(broken)("%s is named", async (_what, hash, message) => {
		const opened = await decodeLink(hash);
		expect(opened.ok).toBe(false);
		expect(opened.ok ? "" : opened.error).toMatch(message);
	});

	test("any text is answered, none throws", async () => {
		await fc.assert(
			fc.asyncProperty(fc.base64String(), async (text) => {
				const opened = await decodeLink(`#v1.d.${text.replace(/[+/=]/g, "")}`);
				expect(typeof opened.ok).toBe("boolean");
			}),
			{ numRuns: 100 },
		);
	});
});

test("base64url is what the platform writes", () => {
	fc.assert(
		fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
			const text = toBase64Url(bytes);
			expect(text).toBe(Buffer.from(bytes).toString("base64url"));
			expect(fromBase64Url(text)).toEqual(new Uint8Array(bytes));
		}),
	);
	expect(fromBase64Url("a")).toBeUndefined();
	expect(fromBase64Url("a=b=")).toBeUndefined();
});

test("links are told from other hashes, and their reach from their length", () => {
	expect([isLink("#v1.d.x"), isLink("#top"), isLink("")]).toEqual([true, false, false]);
	expect([100, 2000, 2001, 8000, 8001].map(reach)).toEqual([
		"everywhere",
		"everywhere",
		"long",
		"long",
		"file",
	]);
});
