// What random XDP programs have from tracing tools, firewalls and load balancers: histograms, records built piece by piece, tables of
// rules, hashes, rates. For tests only.

import type { Page } from "./cgenpage.ts";

type Block = (p: Page) => void;

const log2 = `INLINE u64 log2_32(u32 v)
{
	u32 shift, r;
	r = (v > 0xffff) << 4; v >>= r;
	shift = (v > 0xff) << 3; v >>= shift; r |= shift;
	shift = (v > 0xf) << 2; v >>= shift; r |= shift;
	shift = (v > 0x3) << 1; v >>= shift; r |= shift;
	return r | (v >> 1);
}
INLINE u64 log2_64(u64 v) { u32 hi = v >> 32; return hi ? log2_32(hi) + 32 : log2_32(v); }
struct hist { u32 slots[27]; u64 sum; };
MAP(hists, 1, u32, struct hist, 16);`;

/** Counts of powers of two. */
function histogram(p: Page): void {
	p.file(log2);
	p.line(`u32 hk = ip->proto; struct hist *h = map_lookup(&hists, &hk);`);
	p.block("if (!h)", () => {
		p.line("static struct hist none; map_update(&hists, &hk, &none, 1);");
		p.line(`h = map_lookup(&hists, &hk); if (!h) ${p.leave()}`);
	});
	const type = p.pick(["u64", "u32", "int", "long"]);
	p.line(`${type} slot = ${p.pick(["log2_64", "log2_32"])}(${p.scalar()});`);
	const signed = type === "int" || type === "long";
	p.line(
		p.pick([
			"if (slot >= 27) slot = 26;",
			"if (slot > 26) slot = 26;",
			`if (slot >= 27) ${p.leave()}`,
			"slot = slot < 27 ? slot : 26;",
		]),
	);
	if (signed) p.line(`if (slot < 0) ${p.pick(["slot = 0;", p.leave()])}`);
	p.line(p.pick(["h->slots[slot]++;", "__sync_fetch_and_add(&h->slots[slot], 1);"]));
	if (p.below(2)) p.line("h->sum += slot; sum += h->slots[slot];");
}

const event = `struct event { u32 kind, used; u8 args[256]; };
MAP(scratch, 2, u32, struct event, 1);
static long (*read_text)(void *, u32, const void *) = (void *)115;`;

/** A record that grows: each piece behind the one before, as far as there is room. */
function built(p: Page): void {
	p.file(event);
	const type = p.pick(["u32", "u32", "u64", "int", "long"]);
	const piece = p.pick([16, 32, 64]);
	const words = ["limit", "total", "table", "rows"];
	p.line(`u32 zero = 0; struct event *ev = map_lookup(&scratch, &zero); if (!ev) ${p.leave()}`);
	p.line(`${type} used = 0; ev->kind = ${p.scalar()};`);
	const room = p.pick([
		`used > ${256 - piece}`,
		`used >= ${256 - piece}`,
		`used > sizeof(ev->args) - ${piece}`,
	]);
	const check = type === "int" || type === "long" ? `used < 0 || used > ${256 - piece}` : room;
	const masked = p.below(3) === 0;
	const at = masked ? `used & ${255 & ~(piece - 1)}` : "used";
	if (p.below(3) === 0) p.line("#pragma unroll");
	p.block(`for (int k = 0; k < ${2 + p.below(5)}; k++)`, () => {
		if (!masked) p.line(`if (${check}) break;`);
		p.line(
			p.pick([
				`long n = read_text(&ev->args[${at}], ${piece}, (const void *)&${p.pick(words)}); if (n < 0) break;`,
				`${p.pick(["int", "u32", "long"])} n = read_kernel(ev->args + (${at}), ${piece}, (const void *)&${p.pick(words)}); if (n != 0) break; n = ${piece / 2};`,
			]),
		);
		if (p.below(2)) p.line(`if (n > ${piece}) break;`);
		p.line("used += n;");
	});
	p.line("ev->used = used;");
	const size = p.pick([
		"sizeof(*ev)",
		"8 + (used & 255)",
		"__builtin_offsetof(struct event, args) + (used & 127)",
	]);
	p.line(
		p.pick([
			`if (used <= 255) ring_output(&ring, ev, ${size}, 0);`,
			`u64 size = 8 + used; if (size <= sizeof(*ev)) ring_output(&ring, ev, size, 0);`,
			`u32 size = 8 + used; if (size > sizeof(*ev)) size = sizeof(*ev); if (size) ring_output(&ring, ev, size, 0);`,
			`ring_output(&ring, ev, ${size}, 0);`,
		]),
	);
	p.line("sum += used + ev->args[3];");
}

/** Rules one after the other until one fits. */
function rules(p: Page): void {
	p.file(
		"struct rule { u32 addr, mask; u16 low, high; u8 proto, action; };\nstruct rule acl[8]; u32 acls = 3;\nMAP(rules, 2, u32, struct rule, 16);",
	);
	const fits = `(ip->src & r->mask) == r->addr && ${p.pick(["(!r->proto || r->proto == ip->proto)", "r->low <= ip->len && ip->len <= r->high", "r->action != 3"])}`;
	if (p.below(2)) {
		p.line("int action = -1;");
		const bound = p.pick(["8", "acls && k < 8", "8 && k < acls"]);
		p.line(
			`for (u32 k = 0; k < ${bound}; k++) { struct rule *r = &acl[k]; if (${fits}) { action = r->action; break; } }`,
		);
		p.line(`if (action == 2) ${p.leave()}`, "sum += action;");
		return;
	}
	p.block(`for (u32 k = 0; k < ${4 + p.below(12)}; k++)`, () => {
		p.line(
			`u32 at = k; struct rule *r = map_lookup(&rules, &at); if (!r) ${p.pick(["break;", "goto out;"])}`,
		);
		p.line(`if (!r->action) ${p.pick(["break;", "continue;"])}`);
		p.line(`if (${fits}) { r->high++; sum += r->action; ${p.pick(["break;", "goto out;"])} }`);
	});
}

const hashes = `INLINE u32 rol(u32 v, u32 n) { return v << n | v >> (32 - n); }
INLINE u32 hash3(u32 a, u32 b, u32 c)
{
	a += 0xdeadbeef; b += 0xdeadbeef; c += 0xdeadbeef;
	c ^= b; c -= rol(b, 14); a ^= c; a -= rol(c, 11); b ^= a; b -= rol(a, 25);
	c ^= b; c -= rol(b, 16); a ^= c; a -= rol(c, 4); b ^= a; b -= rol(a, 14); c ^= b; c -= rol(b, 24);
	return c;
}
INLINE u32 fnv(const u8 *b, u32 n) { u32 h = 0x811c9dc5; for (u32 k = 0; k < n; k++) h = (h ^ b[k]) * 0x1000193; return h; }
struct service { u32 addr; u16 port, count; u32 first; u64 packets; };
struct backend { u32 addr; u8 mac[6]; u16 flags; };
MAP(services, 1, u32, struct service, 8);
MAP(backends, 2, u32, struct backend, 32);
struct backend direct[10];`;

/** One of several machines, by a hash of the flow. */
function balance(p: Page): void {
	p.file(hashes);
	p.line(
		`u32 h = ${p.pick(["hash3(ip->src, ip->dst, ip->proto)", "fnv(eth->src, 6)", "hash3(ip->src, 7, sum)"])};`,
	);
	if (p.below(2)) {
		const pick = p.pick(["h & 7", "h % 8", "(h * 10ull) >> 32", "h % 10"]);
		p.line(`u32 at = ${pick};`);
		if (pick !== "h & 7")
			p.line(p.pick(["if (at >= 10) goto out;", "at &= 7;", "if (at > 9) at = 9;"]));
		p.line("struct backend *b = &direct[at];");
	} else {
		p.line("u32 dst = ip->dst; struct service *s = map_lookup(&services, &dst);");
		p.line(`if (!s${p.pick(["", " || !s->count"])}) ${p.leave()}`);
		p.line(
			`u32 at = s->first + h % s->count; ${p.pick(["s->packets++;", "__sync_fetch_and_add(&s->packets, 1);"])}`,
		);
		p.line(`struct backend *b = map_lookup(&backends, &at); if (!b) ${p.leave()}`);
	}
	p.line(
		`if (b->flags & 1) ${p.leave()}`,
		"__builtin_memcpy(eth->dst, b->mac, 6); ip->dst = b->addr; sum += at;",
	);
}

/** Tokens that come back with time. */
function rate(p: Page): void {
	p.file(
		"struct bucket { u64 last, tokens; u32 drops; };\nMAP(buckets, 9, u32, struct bucket, 32);",
	);
	p.line(
		"u32 who = ip->src; u64 now = 1000 + ip->len; struct bucket *b = map_lookup(&buckets, &who);",
	);
	p.line(
		`if (!b) { struct bucket fresh = { .last = now, .tokens = ${p.below(99)} }; map_update(&buckets, &who, &fresh, ${p.pick(["0", "1"])}); goto out; }`,
	);
	p.line(
		p.pick([
			"u64 since = now - b->last; b->tokens += since / 100;",
			"if (now > b->last) b->tokens += (now - b->last) * 5 >> 4;",
		]),
	);
	p.line("if (b->tokens > 4000) b->tokens = 4000; b->last = now;");
	p.line(
		`if (b->tokens < ${p.below(90)}) { b->drops++; ${p.leave()} } b->tokens--; sum += b->tokens;`,
	);
}

/** Words looked for in the payload. */
function payload(p: Page): void {
	const size = p.pick([4, 8, 12, 16]);
	const at = p.pick(["ip + 1", "eth + 1"]);
	p.line(`u8 *b = (void *)(${at});`);
	p.inPacket("(void *)b", `${size}`);
	p.line(
		p.pick([
			`static const u8 word[${size}] = "GET "; int same = 1; for (int k = 0; k < ${size}; k++) if (b[k] != word[k]) { same = 0; break; } sum += same;`,
			`u32 n = 0; for (; n < ${size} && b[n] != ' '; n++) sum = sum * 31 + b[n]; if (n == ${size}) goto out;`,
			`u8 name[${size}] = {}; u32 n = 0; for (int k = 0; k < ${size}; k++) { u8 ch = b[k]; if (ch >= 'A' && ch <= 'Z') ch += 32; if (ch == '.') continue; name[n++] = ch; } sum += name[0] + n;`,
			`u64 v = 0; for (int k = 0; k < ${Math.min(size, 8)}; k++) v = v << 8 | b[k]; sum ^= v;`,
			`int left = ${size}; while (left-- > 0) { if (!*b) break; sum += *b++; }`,
		]),
	);
}

export const toolBlocks: readonly Block[] = [
	histogram,
	histogram,
	built,
	built,
	rules,
	balance,
	rate,
	payload,
];
