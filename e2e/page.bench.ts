// How long a person waits for the page: keystroke to verdict, a cold start, and what the first load weighs.

import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { type Browser, chromium, type Page } from "@playwright/test";

const port = 4179;
const site = `http://127.0.0.1:${port}/`;
const executablePath = process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium";
const strokes = 100;
const visits = 7;

const quantile = (values: readonly number[], share: number): number => {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
};

/** A line: figure, what to reach, whether it is reached. */
const judged = (what: string, value: number, reach: number, unit: string): string =>
	`${what}: ${value.toFixed(unit === "ms" ? 1 : 0)} ${unit} (reach ${reach} ${unit}: ${value <= reach ? "yes" : "no"})`;

export async function run(): Promise<string[]> {
	if (!existsSync("dist/web/index.html")) return ["run `npm run build` first"];
	const server = spawn("npx", ["vite", "preview", "--port", String(port)], { stdio: "ignore" });
	try {
		await up(server);
		const browser = await chromium.launch({
			executablePath,
			args: ["--no-sandbox", "--disable-gpu"],
		});
		const lines = [
			...(await keystrokes(browser, largestExample(".s"))),
			...(await keystrokes(browser, largestExample(".c"))),
			...(await keystrokes(browser, {
				name: "a program of 200 lines",
				kind: ".s",
				text: longProgram(),
			})),
			...(await coldStarts(browser)),
			...weight(),
		];
		await browser.close();
		return lines;
	} finally {
		server.kill();
	}
}

async function up(server: ChildProcess): Promise<void> {
	for (;;) {
		if (server.exitCode !== null) throw new Error(`port ${port} is taken`);
		if (await fetch(site).catch(() => undefined)) return;
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
}

interface Program {
	readonly name: string;
	/** Its extension, which says the language. */
	readonly kind: ".s" | ".c";
	readonly text: string;
}

function largestExample(kind: Program["kind"]): Program {
	const files = readdirSync("public/examples").filter((f) => f.endsWith(kind));
	const size = (f: string) => statSync(`public/examples/${f}`).size;
	const name = files.toSorted((a, b) => size(b) - size(a))[0] ?? "";
	const text = readFileSync(`public/examples/${name}`, "utf8");
	return { name: `the largest example (${name}, ${text.split("\n").length} lines)`, kind, text };
}

/** Bounds checks, packet reads, branches and arithmetic, 200 lines in all. */
function longProgram(): string {
	const head = ["\t.section xdp", "\t.globl long", "long:", "\tr2 = *(u32 *)(r1 + 4)"];
	const lines = [...head, "\tr6 = *(u32 *)(r1 + 0)", "\tr7 = 0"];
	for (let at = 0; lines.length + 8 < 198; at++)
		lines.push(
			"\tr3 = r6",
			`\tr3 += ${at + 4}`,
			"\tif r3 > r2 goto out",
			`\tr4 = *(u32 *)(r6 + ${at})`,
			`\tif r4 != ${at} goto skip${at}`,
			"\tr7 += 1",
			`skip${at}:`,
			"\tr7 += r4",
		);
	while (lines.length < 197) lines.push("\tr7 += 1");
	return `${[...lines, "out:", "\tr0 = 2", "\texit"].join("\n")}\n`;
}

/** Times from the key to the verdict of its revision in the page, in milliseconds. */
async function keystrokes(browser: Browser, program: Program): Promise<string[]> {
	const context = await browser.newContext({
		viewport: { width: 1440, height: 900 },
	});
	const page = await context.newPage();
	await page.goto(site);
	await page.getByText("Engine ready").waitFor();
	await drop(page, `bench${program.kind}`, program.text);
	await page.getByRole("tab", { name: `bench${program.kind}`, selected: true }).waitFor();
	await page.getByTitle("Open the Verifier panel").filter({ hasText: "Accepted" }).waitFor();
	await page.getByRole("textbox", { name: /^(Assembly|C) source/ }).focus();
	await page.keyboard.press("Control+Home");
	await page.keyboard.press("Enter");
	await page.keyboard.press("ArrowUp");
	await page.keyboard.type(program.kind === ".c" ? "//" : ";");
	const times: number[] = [];
	for (let n = 0; n < strokes; n++) times.push(await stroke(page, String(n % 10)));
	await context.close();
	return [
		`keystroke to verdict, ${program.name}, ${strokes} keys: p50 ${quantile(times, 0.5).toFixed(1)} ms`,
		judged("  p95", quantile(times, 0.95), 60, "ms"),
	];
}

/** Drops a file on the page. */
async function drop(page: Page, name: string, text: string): Promise<void> {
	const data = await page.evaluateHandle(
		([name, text]) => {
			const transfer = new DataTransfer();
			transfer.items.add(new File([text], name));
			return transfer;
		},
		[name, text] as const,
	);
	await page.dispatchEvent("body", "dragover", { dataTransfer: data });
	await page.dispatchEvent("body", "drop", { dataTransfer: data });
}

async function stroke(page: Page, key: string): Promise<number> {
	await page.waitForSelector("[data-revision]");
	const time = page.evaluate(
		() =>
			new Promise<number>((resolve, reject) => {
				const pill = document.querySelector("[data-revision]");
				if (!pill) return reject(new Error("the page shows no verdict"));
				const before = pill.getAttribute("data-revision");
				let from = 0;
				const options = { capture: true, once: true };
				addEventListener("keydown", () => (from = performance.now()), options);
				const observer = new MutationObserver(() => {
					if (from === 0 || pill.getAttribute("data-revision") === before) return;
					observer.disconnect();
					resolve(performance.now() - from);
				});
				observer.observe(pill, { attributeFilter: ["data-revision"] });
				document.documentElement.dataset["listening"] = "yes";
			}),
	);
	await page.waitForSelector("[data-listening]", { state: "attached" });
	await page.keyboard.press(key);
	const answer = await time;
	await page.evaluate(() => delete document.documentElement.dataset["listening"]);
	return answer;
}

async function coldStarts(browser: Browser): Promise<string[]> {
	const layouts: number[] = [];
	const editors: number[] = [];
	for (let n = 0; n < visits; n++) {
		const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
		const page = await context.newPage();
		await page.addInitScript(() => {
			const observer = new MutationObserver(() => {
				if (!document.querySelector("main section")) return;
				observer.disconnect();
				requestAnimationFrame(() => performance.mark("layout-ready"));
			});
			observer.observe(document, { childList: true, subtree: true });
		});
		await page.goto(site);
		await page.getByText("Engine ready").waitFor();
		const mark = (name: string) =>
			page
				.waitForFunction((name) => performance.getEntriesByName(name)[0]?.startTime, name)
				.then((handle) => handle.jsonValue());
		layouts.push((await mark("layout-ready")) ?? Number.NaN);
		editors.push((await mark("editor-ready")) ?? Number.NaN);
		await context.close();
	}
	return [
		judged(`cold page, layout, median of ${visits}`, quantile(layouts, 0.5), 700, "ms"),
		judged(`cold page, editor ready, median of ${visits}`, quantile(editors, 0.5), 1800, "ms"),
	];
}

/** Everything that the page's HTML names: what is loaded before the editor's own chunk. */
function weight(): string[] {
	const html = readFileSync("dist/web/index.html", "utf8");
	const files = [...html.matchAll(/(?:src|href)="\.\/([^"]+\.js)"/g)].map((m) => m[1] ?? "");
	const bodies = files.map((f) => readFileSync(`dist/web/${f}`));
	const sum = (pack: (b: Buffer) => Buffer) =>
		bodies.reduce((n, body) => n + pack(body).length, 0) / 1000;
	return [
		judged(`first load, ${files.length} scripts, gzip`, sum(gzipSync), 190, "kB"),
		`  brotli: ${sum(brotliCompressSync).toFixed(0)} kB`,
	];
}
