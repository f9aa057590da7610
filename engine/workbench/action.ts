// What a program's return value means, by the names of its program type.

import { returnNames } from "../abi/index.ts";

/** The kernel's name of a return value (`XDP_DROP`, `TC_ACT_OK`); undefined where the type has no names, or not this one. */
export function actionName(type: number, retval: number): string | undefined {
	const names = returnNames(type) ?? {};
	return Object.entries(names).find(([, value]) => (value | 0) === (retval | 0))?.[0];
}

/** The same for people: without prefix, or the number. */
export function shortAction(type: number, retval: number): string {
	const name = actionName(type, retval);
	return name === undefined ? `${retval}` : name.replace(/^(XDP|TC_ACT|TCX|NETKIT|SK)_/, "");
}
