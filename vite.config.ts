import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

export default defineConfig(({ mode }) => ({
	plugins: mode === "cli" ? [] : [react()],
	test: { include: ["engine/**/*.test.ts", "app/**/*.test.{ts,tsx}"], environment: "node" },
}));
