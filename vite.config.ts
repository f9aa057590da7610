// One configuration for the page, the command line (`--mode cli`) and the unit tests.
import react from "@vitejs/plugin-react";
import type { BuildOptions, PluginOption } from "vite";
import { VitePWA } from "vite-plugin-pwa";
import { defineConfig } from "vitest/config";

/** Monaco and xterm write style elements; the JIT compiles WebAssembly; nothing evaluates text. */
const policy = [
	"default-src 'none'",
	"script-src 'self' 'wasm-unsafe-eval'",
	"style-src 'self' 'unsafe-inline'",
	"img-src 'self' data:",
	"font-src 'self'",
	"connect-src 'self'",
	"worker-src 'self'",
	"manifest-src 'self'",
	"base-uri 'none'",
	"form-action 'none'",
].join("; ");

const headers = {
	"Content-Security-Policy": `${policy}; frame-ancestors 'none'`,
	"Cross-Origin-Opener-Policy": "same-origin",
	"Cross-Origin-Embedder-Policy": "require-corp",
	"X-Content-Type-Options": "nosniff",
	"Referrer-Policy": "no-referrer",
};

/** The built page carries the policy itself, for hosts that send no headers. */
function policyInPage(): PluginOption {
	return {
		name: "policy-in-page",
		apply: "build",
		transformIndexHtml: () => [
			{
				tag: "meta",
				attrs: { "http-equiv": "Content-Security-Policy", content: policy },
				injectTo: "head-prepend",
			},
		],
	};
}

function offline(): PluginOption {
	return VitePWA({
		registerType: "prompt",
		injectRegister: false,
		manifest: {
			name: "Skep",
			short_name: "Skep",
			description: "An eBPF playground IDE that runs wholly in the browser",
			theme_color: "#0f1113",
			background_color: "#15171a",
			icons: [{ src: "icon.svg", sizes: "any", type: "image/svg+xml" }],
		},
		workbox: {
			globPatterns: ["**/*.{js,css,html,svg,ttf,woff2,wasm,json,s}"],
			maximumFileSizeToCacheInBytes: 8 * 1024 * 1024,
			ignoreURLParametersMatching: [/.*/],
		},
	});
}

const page: BuildOptions = {
	outDir: "dist/web",
	target: "es2023",
	emptyOutDir: true,
	chunkSizeWarningLimit: 4000,
};

/** One file for Node. */
const commandLine: BuildOptions = {
	outDir: "dist/cli",
	ssr: "app/cli/main.ts",
	target: "node20",
	emptyOutDir: true,
	copyPublicDir: false,
	rolldownOptions: {
		output: { entryFileNames: "skep.mjs", codeSplitting: false, banner: "#!/usr/bin/env node" },
	},
};

export default defineConfig(({ mode }) => ({
	base: "./",
	plugins: mode === "cli" ? [] : [react(), policyInPage(), offline()],
	worker: { format: "es" as const },
	build: mode === "cli" ? commandLine : page,
	preview: { headers, port: 4173, strictPort: true, host: "127.0.0.1" },
	server: { host: "127.0.0.1", port: 5173 },
	test: {
		include: ["engine/**/*.test.ts", "app/**/*.test.{ts,tsx}"],
		environment: "node",
		setupFiles: [".ci/seed.mjs"],
		// A slow machine is no failure.
		testTimeout: 300_000,
		hookTimeout: 300_000,
	},
}));
