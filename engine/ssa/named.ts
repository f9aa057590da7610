// Variables of a module by their names.

import type { Global, Module } from "./ir.ts";

/** The variable called `name`. */
export function globalOf(module: Module, name: string): Global | undefined {
	module.named ??= new Map(module.globals.map((g) => [g.name, g]));
	return module.named.get(name);
}

/** To be called when variables have come, gone or changed. */
export function forgetNames(module: Module): void {
	delete module.named;
}
