// Generated traffic: packets with times, a function of kind and seed alone.
import { Random } from "../base/index.ts";
import type { CapturedPacket } from "./capture.ts";
import {
	dnsQueries,
	elephant,
	fragments,
	ipv6Mix,
	lan,
	type Maker,
	pings,
	portScan,
	synFlood,
	trunk,
	tunnels,
} from "./flows.ts";

interface Kind {
	readonly title: string;
	readonly make: (random: Random) => Maker;
	/** Mean time between packets, in nanoseconds. */
	readonly gap: number;
}

const kinds = {
	lan: { title: "mixed LAN traffic", make: lan, gap: 400_000 },
	"port-scan": { title: "port scan from one host", make: portScan, gap: 100_000 },
	"syn-flood": { title: "SYN flood from many sources", make: synFlood, gap: 2_000 },
	dns: { title: "DNS queries and answers", make: dnsQueries, gap: 3_000_000 },
	ping: { title: "pings", make: pings, gap: 500_000_000 },
	fragments: { title: "fragmented datagrams", make: fragments, gap: 50_000 },
	trunk: { title: "VLAN trunk", make: trunk, gap: 300_000 },
	ipv6: { title: "IPv6 with neighbor discovery", make: ipv6Mix, gap: 400_000 },
	elephant: { title: "one large flow", make: elephant, gap: 12_000 },
	tunnels: { title: "GRE, IP in IP and VXLAN", make: tunnels, gap: 400_000 },
} as const satisfies Record<string, Kind>;

/** A kind of generated traffic. */
export type TrafficKind = keyof typeof kinds;

/** Every kind with its title, for menus. */
export const trafficKinds: readonly { readonly kind: TrafficKind; readonly title: string }[] = (
	Object.keys(kinds) as readonly TrafficKind[]
).map((kind) => ({ kind, title: kinds[kind].title }));

/**
 * `count` Ethernet frames of a kind, with right checksums and growing times. The same kind and seed give the same packets;
 * a greater count only adds to them.
 */
export function traffic(kind: TrafficKind, count: number, seed: number): CapturedPacket[] {
	const { make, gap }: Kind = kinds[kind];
	const maker = make(new Random(seed));
	const clock = new Random(seed ^ 0x5eed);
	const out: CapturedPacket[] = [];
	let sec = 1_700_000_000;
	let nsec = 0;
	for (let round = 0; out.length < count; round++) {
		for (const bytes of maker(round)) {
			if (out.length >= count) break;
			out.push({ timestamp: { sec, nsec }, bytes, originalLength: bytes.length });
			nsec += 1 + clock.below(2 * gap);
			sec += Math.floor(nsec / 1e9);
			nsec %= 1e9;
		}
	}
	return out;
}
