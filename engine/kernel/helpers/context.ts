// The packet of the program that is running, as the helper that was called needs it.

import type { HelperCall } from "../../machine/index.ts";
import type { Machine } from "../machine.ts";
import type { Skb } from "../skb.ts";
import type { XdpFrame } from "../xdp.ts";

export function skbOf(machine: Machine, call: HelperCall): Skb {
	return machine.skb ?? call.fail("this program has no socket buffer");
}

export function xdpOf(machine: Machine, call: HelperCall): XdpFrame {
	return machine.xdp ?? call.fail("this program has no XDP frame");
}
