// What random XDP programs do to packets: headers read in the ways that are in use, tags and extension headers passed over, fields
// rewritten. For tests only.

import type { Page } from "./cgenpage.ts";

type Block = (p: Page) => void;

/** Ethernet, IP and TCP, as far as the program goes: `eth` and `ip` can be named behind it. */
export function headers(p: Page): void {
	const style = p.below(4);
	if (style === 0) {
		p.line("struct eth *eth = data;");
		p.inPacket("(void *)eth", "sizeof(*eth)");
		p.line("struct ip *ip = (void *)(eth + 1);", `if ((void *)(ip + 1) > end) ${p.leave()}`);
	} else if (style === 1) {
		p.file(
			"INLINE void *take(void **pos, void *end, u32 n) { void *p = *pos; if (p + n > end) return 0; *pos = p + n; return p; }",
		);
		p.line("void *pos = data; struct eth *eth = take(&pos, end, sizeof(*eth)); struct ip *ip;");
		p.line(`if (!eth || !(ip = take(&pos, end, sizeof(*ip)))) ${p.leave()}`);
	} else if (style === 2) {
		p.inPacket("data", "sizeof(struct eth) + sizeof(struct ip)");
		p.line("struct eth *eth = data; struct ip *ip = data + sizeof(*eth);");
	} else {
		p.file(cursorFunctions);
		p.line("struct cursor c = { data, end }; struct eth *eth; struct ip *ip;");
		p.line(`${p.pick(["int", "u16", "long"])} type = ethernet(&c, &eth);`);
		p.line(`if (type ${p.pick(["< 0", "== 0xffff", "== 0"])} || !eth) ${p.leave()}`);
		p.line(`ip = c.pos; if ((void *)(ip + 1) > ${p.pick(["end", "c.end"])}) ${p.leave()}`);
		p.known("type");
	}
	p.known("eth->dst[0]", "eth->proto", "ip->ttl", "ip->len", "ip->src", "ip->ihl");
	if (p.below(2)) return;
	p.line(`u32 hl = ip->ihl * 4; if (hl < sizeof(*ip)) ${p.leave()}`);
	p.line("struct tcp *tcp = (void *)ip + hl;");
	p.inPacket("(void *)tcp", "sizeof(*tcp)");
	p.known("tcp->src", "tcp->seq", "tcp->flags", "tcp->doff");
}

const cursorFunctions = `INLINE int ethernet(struct cursor *c, struct eth **out)
{
	struct eth *e = c->pos; *out = 0;
	if ((void *)(e + 1) > c->end) return -1;
	c->pos = e + 1; *out = e;
	u16 proto = e->proto;
#pragma unroll
	for (int i = 0; i < 2; i++) {
		if (proto != 0x0081 && proto != 0xa888) break;
		struct vlan *v = c->pos;
		if ((void *)(v + 1) > c->end) break;
		proto = v->proto; c->pos = v + 1;
	}
	return proto;
}
INLINE int extensions(struct cursor *c, u8 next)
{
	for (int i = 0; i < 6; i++) {
		struct opt *h = c->pos;
		if ((void *)(h + 1) > c->end) return -1;
		switch (next) {
		case 0: case 43: case 60: case 135:
			c->pos = (char *)h + (h->len + 1) * 8; next = h->next; break;
		case 51: c->pos = (char *)h + (h->len + 2) * 4; next = h->next; break;
		case 44: c->pos = (char *)h + 8; next = h->next; break;
		default: return next;
		}
	}
	return -1;
}`;

/** Tags and what is behind them, found from the start of the packet. */
function tags(p: Page): void {
	const [at, proto] = [p.name("at"), p.name("proto")];
	const [type, n] = [p.pick(["u16", "u32", "int"]), 1 + p.below(4)];
	p.line(`void *${at} = eth + 1; ${type} ${proto} = eth->proto, depth = 0;`);
	const loop = p.below(4);
	const head = [
		`for (int k = 0; k < ${n}; k++)`,
		`while (depth < ${n})`,
		`for (u32 k = 0; k < ${n} && (${proto} == 0x0081 || ${proto} == 0xa888); k++)`,
		`for (depth = 0; depth < ${n}; ++depth)`,
	][loop];
	if (p.below(3) === 0) p.line("#pragma unroll");
	p.block(head ?? "", () => {
		if (loop !== 2) p.line(`if (${proto} != 0x0081 && ${proto} != 0xa888) break;`);
		p.line(`struct vlan *v = ${at};`);
		p.line(
			p.pick([
				"if ((void *)(v + 1) > end) break;",
				`if (${at} + sizeof(*v) > end) ${p.leave()}`,
				"if ((void *)v + sizeof(struct vlan) > end) goto out;",
			]),
		);
		p.line(`sum += v->tci & ${p.pick(["0xff0f", "0xfff", "15"])};`);
		if (loop === 1) p.line("depth++;");
		p.line(`${proto} = v->proto; ${at} = v + 1;`);
	});
	p.known(proto, "depth");
	six(p, at, proto);
}

/** An IPv6 header at `at`, when there is one, and what follows it. */
function six(p: Page, at: string, proto: string): void {
	const h = p.name("h");
	p.line(`struct ip6 *${h} = ${at};`);
	p.block(`if (${proto} == 0xdd86 && (void *)(${h} + 1) <= end)`, () => {
		p.known(`${h}->next`, `${h}->hops`, `${h}->src.w[3]`, `${h}->dst.b[${p.below(16)}]`);
		if (p.below(2)) {
			p.file(cursorFunctions);
			p.line(`struct cursor after = { ${h} + 1, end };`);
			p.line(`int next = extensions(&after, ${h}->next); if (next < 0) ${p.leave()}`);
			p.line("struct udp *u = after.pos;", `if ((void *)(u + 1) > end) ${p.leave()}`);
		} else {
			p.line(`u8 next = ${h}->next; struct udp *u = (void *)(${h} + 1);`);
			p.line(`if ((void *)u + sizeof(*u) > end) ${p.leave()}`);
		}
		p.known("next", "u->dst", "u->len");
		byProtocol(p, "next", "u");
		if (p.below(2)) p.line(`if (!(${h}->src.w[0] | ${h}->src.w[1])) sum += ${h}->dst.h[7];`);
		if (p.below(2)) p.line(`if (--${h}->hops == 0) ${p.leave()}`);
		if (p.below(2)) p.line(`struct in6 t = ${h}->src; ${h}->src = ${h}->dst; ${h}->dst = t;`);
	});
}

function byProtocol(p: Page, number: string, u: string): void {
	p.block(`switch (${number})`, () => {
		p.line(`case 6: sum += ${u}->src; ${p.pick(["break;", "/* falls through */"])}`);
		p.line(
			`case 17: sum ^= ${u}->dst; if (${u}->len < 8) ${p.pick(["return 1;", "goto out;", "break;"])} break;`,
		);
		p.line("case 1: case 58: sum += 58; break;");
		if (p.below(2)) p.line(`case 100 ... 120: ${u}->sum = 0; break;`);
		if (p.below(2)) p.line(`default: ${p.pick(["break;", "return 2;", "sum ^= 1;"])}`);
	});
}

/** Along options of lengths that the packet says. */
function options(p: Page): void {
	const o = p.name("p");
	const times = 3 + p.below(6);
	p.line(`u8 *${o} = (void *)(ip + 1);`);
	if (p.below(3) === 0) p.line("#pragma unroll");
	p.block(`for (int k = 0; k < ${times}; k++)`, () => {
		p.line(`if ((void *)(${o} + ${p.pick(["2", "4"])}) > end) ${p.pick(["break;", "goto out;"])}`);
		p.line(`u8 kind = ${o}[0], size = ${o}[1];`);
		p.line(p.pick(["if (kind == 0) break;", `if (kind == 1) { ${o}++; continue; }`]));
		if (p.below(3) === 0) p.line("if (size < 2) break;");
		p.line(`sum += kind; ${o} += ${p.pick(["(size & 7) + 1", "2", "size < 9 ? size : 9"])};`);
	});
}

/** Options of TCP up to where its header ends, by hand with an offset. */
function segments(p: Page): void {
	const [o, size] = [p.name("o"), p.name("size")];
	p.line(`u32 ${o} = ${p.pick(["20", "sizeof(struct ip)"])}, ${size} = ip->ihl * 4;`);
	if (p.below(2)) p.line(`if (${size} > 60) ${p.leave()}`);
	p.block(`for (int k = 0; k < ${2 + p.below(8)}; k++)`, () => {
		p.line(`if (${o} >= ${size}) break;`);
		p.line(`u8 *b = (void *)ip + ${o}; if ((void *)b + 2 > end) break;`);
		p.line("if (b[0] == 0) break;", `if (b[0] == 1) { ${o}++; continue; }`);
		p.line(`u8 n = b[1]; if (n < 2 || n > ${p.pick(["40", "16"])}) break;`);
		p.line(`if (b[0] == 2 && n == 4 && (void *)b + 4 <= end) sum += *(u16 *)(b + 2);`);
		p.line(`${o} += n;`);
	});
}

/** At an offset from a variable. */
function offset(p: Page): void {
	const at = p.name("p");
	const type = p.pick(["u8", "u16", "u32", "u64"]);
	const i = p.index(20 + p.below(200));
	p.line(`${type} *${at} = data + ${p.pick(["", "14 + "])}(${i});`);
	p.inPacket(`(void *)${at}`, p.pick([`sizeof(*${at})`, "8"]));
	p.line(`sum += *${at};`);
	if (p.below(2)) p.line(`*${at} = sum;`);
}

/** Checksums over words until the end. */
function words(p: Page): void {
	const w = p.name("w");
	p.line(`u16 *${w} = (void *)ip; u32 acc = 0;`);
	const times = 4 + p.below(14);
	const bound = p.pick([`${times}`, `(ip->ihl * 2) && k < ${times}`]);
	p.block(`for (u32 k = 0; k < ${bound}; k++)`, () => {
		p.line(`if ((void *)(${w} + 1) > end) break;`, `acc += *${w}++;`);
	});
	p.line("acc = (acc & 0xffff) + (acc >> 16); sum += (u16)~acc;");
}

/** Bytes to the end of the packet, counted. */
function bytes(p: Page): void {
	const [b, most] = [p.name("b"), 8 + p.below(60)];
	p.line(`u8 *${b} = data; u32 acc = ${p.below(9)};`);
	p.line(
		p.pick([
			`for (int k = 0; k < ${most} && (void *)(${b} + k + 1) <= end; k++) acc += ${b}[k];`,
			`for (u32 k = 0; k < ${most}; k++) { if ((void *)${b} + k + 1 > end) break; acc = acc * 31 + ${b}[k]; }`,
			`for (; (void *)(${b} + 1) <= end && acc < 90; ${b}++) { acc++; if (acc > ${most}) break; sum += *${b}; }`,
			`u64 n = end - data; if (n > ${most}) n = ${most}; for (u64 k = 0; k < n; k++) { if (data + k + 1 > end) break; acc ^= ${b}[k]; }`,
			`int k = 0; do { if ((void *)(${b} + k + 1) > end) break; acc += ${b}[k]; } while (++k < ${most});`,
		]),
	);
	p.line("sum += acc;");
}

/** Addresses exchanged, a time to live counted down, a checksum put right. */
function rewrite(p: Page): void {
	if (p.below(2)) {
		p.line("u8 mac[6]; __builtin_memcpy(mac, eth->dst, 6);");
		p.line("__builtin_memcpy(eth->dst, eth->src, 6); __builtin_memcpy(eth->src, mac, 6);");
	} else
		p.line(
			"for (int k = 0; k < 6; k++) { u8 t = eth->src[k]; eth->src[k] = eth->dst[k]; eth->dst[k] = t; }",
		);
	if (p.below(2)) p.line("u32 old = ip->src; ip->src = ip->dst; ip->dst = old;");
	p.line(`if (ip->ttl <= 1) ${p.leave()}`);
	p.line(
		p.pick([
			"u32 check = ip->sum; check += 1; ip->sum = (u16)(check + (check >= 0xffff)); --ip->ttl;",
			"u32 check = (u16)~ip->sum + (u16)~*(u16 *)&ip->ttl; ip->ttl--; check += *(u16 *)&ip->ttl; ip->sum = ~((check & 0xffff) + (check >> 16));",
			"ip->sum = 0; s64 d = csum_diff(0, 0, (void *)ip, sizeof(*ip), 0); for (int k = 0; k < 4; k++) if (d >> 16) d = (d & 0xffff) + (d >> 16); ip->sum = ~d;",
		]),
	);
	if (p.below(2))
		p.line(`if (__builtin_memcmp(eth->dst, "\\1\\2\\3\\4\\5\\6", 6) == 0) sum += 99;`);
	if (p.below(2)) p.line("ip->id = __builtin_bswap16(ip->id + 1); ip->tos |= 3;");
}

/** Fields told apart by a function without inlining. */
function parsed(p: Page): void {
	const f = p.name("parse");
	const kind = p.below(3);
	if (kind === 0) {
		p.file(
			`NOINLINE int ${f}(struct xdp_md *ctx, u32 off)\n{\n\tvoid *d = (void *)(long)ctx->data, *e = (void *)(long)ctx->data_end;\n\tif (off > 64) return -1;\n\tstruct udp *u = d + off;\n\tif ((void *)(u + 1) > e) return -1;\n\treturn u->len > 8 ? u->dst : u->src;\n}`,
		);
		p.line(`int got = ${f}(ctx, ${p.scalar()}); if (got < 0) ${p.leave()}`, "sum += got;");
	} else if (kind === 1) {
		p.file(
			`NOINLINE int ${f}(void *d, void *e, struct key *k)\n{\n\tstruct ip *ip = d + sizeof(struct eth);\n\tif ((void *)(ip + 1) > e) return 0;\n\tk->addr = ip->src; k->proto = ip->proto;\n\treturn ip->version == 4;\n}`,
		);
		p.line(`struct key k = {}; if (!${f}(data, end, &k)) ${p.leave()}`, "sum += k.addr + k.proto;");
		p.line("struct value *v = map_lookup(&hash, &k); if (v) v->count++;");
	} else {
		p.file(
			`GLOBAL int ${f}(struct xdp_md *ctx, u32 at, ${p.pick(["u8", "u32", "long"])} want)\n{\n\tu8 *d = (void *)(long)ctx->data, *e = (void *)(long)ctx->data_end;\n\tat &= 63;\n\tif (d + at + 1 > e) return ${p.pick(["-1", "0"])};\n\treturn d[at] == want ? 2 : d[at] > 100;\n}`,
		);
		p.line(`int got = ${f}(ctx, ${p.scalar()}, ${p.scalar()});`, "if (got > 0) sum += got;");
	}
	p.known("sum");
}

export const wireBlocks: readonly Block[] = [
	tags,
	tags,
	options,
	segments,
	offset,
	words,
	bytes,
	rewrite,
	parsed,
];
