// Random XDP programs as people write them: headers parsed and values looked up, each bound checked in one of the ways that are in use.
// What Linux accepts from one compiler it should accept from another. No headers are needed; the program is `prog`. For tests only.

import type { Random } from "../base/index.ts";

/** Types and helpers of the programs, numbered as in the kernel. */
const prelude = `typedef unsigned char u8; typedef unsigned short u16; typedef unsigned int u32; typedef unsigned long u64;
typedef signed char s8; typedef short s16; typedef int s32; typedef long s64;
struct xdp_md { u32 data, data_end, data_meta, ingress_ifindex, rx_queue_index, egress_ifindex; };
#define SEC(n) __attribute__((section(n), used))
#define INLINE static inline __attribute__((always_inline))
#define NOINLINE static __attribute__((noinline))
#define likely(x) __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)
#define __uint(name, val) int (*name)[val]
#define __type(name, val) typeof(val) *name
static void *(*map_lookup)(void *, const void *) = (void *)1;
static long (*map_update)(void *, const void *, const void *, u64) = (void *)2;
static long (*map_delete)(void *, const void *) = (void *)3;
static long (*read_kernel)(void *, u32, const void *) = (void *)113;
static void *(*ring_reserve)(void *, u64, u64) = (void *)131;
static void (*ring_submit)(void *, u64) = (void *)132;
static void (*ring_discard)(void *, u64) = (void *)133;
static long (*load_bytes)(struct xdp_md *, u32, void *, u32) = (void *)189;
struct eth { u8 dst[6], src[6]; u16 proto; } __attribute__((packed));
struct ip { u8 ihl : 4, version : 4; u8 tos; u16 len, id, off; u8 ttl, proto; u16 sum; u32 src, dst; };
struct tcp { u16 src, dst; u32 seq, ack; u16 res : 4, doff : 4, flags : 8; u16 win, sum, urg; };
struct entry { u32 a; u16 b; u8 c, d; u64 e; };
struct value { u64 count; u32 n; u16 small; u8 tiny; s8 sign; u32 list[16]; u8 bytes[40]; struct entry rows[6]; };
struct key { u32 addr; u16 port; u8 proto; };
struct { __uint(type, 2); __type(key, u32); __type(value, struct value); __uint(max_entries, 4); } array SEC(".maps");
struct { __uint(type, 1); __type(key, struct key); __type(value, struct value); __uint(max_entries, 64); } hash SEC(".maps");
struct { __uint(type, 27); __uint(max_entries, 4096); } ring SEC(".maps");
const volatile u32 limit = 12;
u64 total[8];
static const u8 table[24] = { 5, 9, 2, 7, 1, 8, 3 };
char license_[] SEC("license") = "GPL";
`;

/** A program; its name is `prog`. */
export function randomXdp(random: Random): string {
	return new Writer(random).program();
}

class Writer {
	readonly #random: Random;
	#lines: string[] = [];
	#files: string[] = [];
	#names = 0;
	/** Numbers to use as indices, lengths and sums. */
	#scalars: string[] = ["sum", "ctx->rx_queue_index"];

	constructor(random: Random) {
		this.#random = random;
	}

	program(): string {
		this.#packet();
		for (let n = 2 + this.#below(4); n > 0; n--) this.#block();
		const head = "\tvoid *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;\n";
		const body = this.#lines.map((l) => `\t${l}\n`).join("");
		return `${prelude}${this.#files.join("\n")}
SEC("xdp") int prog(struct xdp_md *ctx)
{
${head}	u64 sum = 1;
${body}out:
	return sum & 1 ? 2 : 1;
}
`;
	}

	#below(n: number): number {
		return this.#random.below(n);
	}

	#pick<T>(list: readonly T[]): T {
		return list[this.#below(list.length)] as T;
	}

	#name(prefix: string): string {
		return `${prefix}${this.#names++}`;
	}

	#line(text: string): void {
		this.#lines.push(text);
	}

	#leave(): string {
		return this.#pick(["return 1;", "return 2;", "goto out;"]);
	}

	/** Leaves unless `bytes` from `from` on lie in the packet. */
	#inPacket(from: string, bytes: string): void {
		const over = this.#pick([
			`${from} + ${bytes} > end`,
			`end < ${from} + ${bytes}`,
			`!(${from} + ${bytes} <= end)`,
			`unlikely(${from} + ${bytes} > end)`,
			`(u64)${from} + ${bytes} > (u64)end`,
			`(long)(${from} + ${bytes}) > (long)end`,
		]);
		this.#line(`if (${over}) ${this.#leave()}`);
	}

	/** Ethernet, IP and TCP, as far as the program goes. */
	#packet(): void {
		const style = this.#below(3);
		if (style === 0) {
			this.#line("struct eth *eth = data;");
			this.#inPacket("(void *)eth", "sizeof(*eth)");
			this.#line("struct ip *ip = (void *)(eth + 1);");
			this.#line(`if ((void *)(ip + 1) > end) ${this.#leave()}`);
		} else if (style === 1) {
			const how = this.#pick(["INLINE", "INLINE", "NOINLINE"]);
			const call = how === "INLINE" ? "INLINE" : "INLINE";
			this.#files.push(
				`${call} void *take(void **pos, void *end, u32 n) { void *p = *pos; if (p + n > end) return 0; *pos = p + n; return p; }`,
			);
			this.#line(
				"void *pos = data; struct eth *eth = take(&pos, end, sizeof(*eth)); struct ip *ip;",
			);
			this.#line(`if (!eth || !(ip = take(&pos, end, sizeof(*ip)))) ${this.#leave()}`);
		} else {
			this.#inPacket("data", "sizeof(struct eth) + sizeof(struct ip)");
			this.#line("struct eth *eth = data; struct ip *ip = data + sizeof(*eth);");
		}
		this.#scalars.push("eth->dst[0]", "eth->proto", "ip->ttl", "ip->len", "ip->src", "ip->ihl");
		if (this.#below(2)) return;
		this.#line(`u32 hl = ip->ihl * 4; if (hl < sizeof(*ip)) ${this.#leave()}`);
		this.#line("struct tcp *tcp = (void *)ip + hl;");
		this.#inPacket("(void *)tcp", "sizeof(*tcp)");
		this.#scalars.push("tcp->src", "tcp->seq", "tcp->flags", "tcp->doff");
	}

	#block(): void {
		const blocks = [
			() => this.#options(),
			() => this.#offset(),
			() => this.#words(),
			() => this.#lookup("array"),
			() => this.#lookup("array"),
			() => this.#lookup("hash"),
			() => this.#stack(),
			() => this.#ringBuffer(),
			() => this.#globals(),
			() => this.#length(),
		];
		this.#line("{");
		const kept = [...this.#scalars];
		this.#pick(blocks)();
		this.#scalars = kept;
		this.#line("}");
	}

	#scalar(): string {
		const a = this.#pick(this.#scalars);
		const b = this.#pick(this.#scalars);
		return this.#pick([
			a,
			a,
			a,
			`${a} + ${b}`,
			`(${a} ^ ${b})`,
			`${a} >> 2`,
			`${a} * 3`,
			`${a} - 4`,
		]);
	}

	/** A variable below `count`, checked in some way; statements that use it follow. */
	#index(count: number): string {
		const i = this.#name("i");
		const type = this.#pick(["u8", "u16", "u32", "u32", "u64", "int", "long", "s8"]);
		const signed = /^(int|long|s8)$/.test(type);
		const value = this.#scalar();
		const two = 2 ** Math.floor(Math.log2(count));
		const kind = this.#below(7);
		if (kind === 0) {
			this.#line(`${type} ${i} = (${value}) & ${two - 1};`);
			return i;
		}
		this.#line(`${type} ${i} = ${value};`);
		if (kind === 1) return `${i} & ${two - 1}`;
		if (kind === 2)
			this.#line(`if (${i} > ${count - 1}) ${i} = ${this.#pick(["0", `${count - 1}`])};`);
		else if (kind === 3) {
			const j = this.#name("j");
			this.#line(`u32 ${j} = ${i} < ${count} ? ${i} : ${count - 1};`);
			if (signed) this.#line(`if (${i} < 0) ${this.#leave()}`);
			return j;
		} else {
			const over = this.#pick([`${i} >= ${count}`, `!(${i} < ${count})`, `${i} > ${count - 1}`]);
			this.#line(
				signed ? `if (${i} < 0 || ${over}) ${this.#leave()}` : `if (${over}) ${this.#leave()}`,
			);
			return i;
		}
		if (signed) this.#line(`if (${i} < 0) ${this.#leave()}`);
		return i;
	}

	/** What to do with a place of a number. */
	#use(place: string): void {
		const value = this.#scalar();
		const writable = !place.startsWith("table");
		const ways = [`sum += ${place};`, `sum = sum * 31 + ${place};`, `if (${place} > 5) sum ^= 3;`];
		if (writable)
			ways.push(`${place} = ${value};`, `${place}++; sum ^= ${place};`, `${place} ^= 1;`);
		this.#line(this.#pick(ways));
	}

	/** Along options of lengths that the packet says. */
	#options(): void {
		const p = this.#name("p");
		const times = 3 + this.#below(6);
		this.#line(`u8 *${p} = (void *)(ip + 1);`);
		if (this.#below(3) === 0) this.#line("#pragma unroll");
		this.#line(`for (int k = 0; k < ${times}; k++) {`);
		this.#line(
			`	if ((void *)(${p} + ${this.#pick(["2", "4"])}) > end) ${this.#pick(["break;", "goto out;"])}`,
		);
		this.#line(`	u8 kind = ${p}[0], size = ${p}[1];`);
		this.#line(
			this.#pick([
				"	if (kind == 0) break;",
				"	if (kind == 1) { p++; continue; }".replaceAll("p++", `${p}++`),
			]),
		);
		this.#line(
			`	sum += kind; ${p} += ${this.#pick(["(size & 7) + 1", "2", "size < 9 ? size : 9"])};`,
		);
		this.#line("}");
	}

	/** At an offset from a variable. */
	#offset(): void {
		const p = this.#name("p");
		const type = this.#pick(["u8", "u16", "u32", "u64"]);
		const bound = 20 + this.#below(200);
		const i = this.#index(bound);
		this.#line(`${type} *${p} = data + ${this.#pick(["", "14 + "])}(${i});`);
		this.#inPacket(`(void *)${p}`, this.#pick([`sizeof(*${p})`, "8"]));
		this.#line(`sum += *${p};`);
		if (this.#below(2)) this.#line(`*${p} = sum;`);
	}

	/** Checksums over words until the end. */
	#words(): void {
		const w = this.#name("w");
		this.#line(`u16 *${w} = (void *)ip; u32 acc = 0;`);
		const times = 4 + this.#below(14);
		const bound = this.#pick([`${times}`, `(ip->ihl * 2) && k < ${times}`]);
		this.#line(`for (u32 k = 0; k < ${bound}; k++) {`);
		this.#line(`	if ((void *)(${w} + 1) > end) break;`);
		this.#line(`	acc += *${w}++;`);
		this.#line("}");
		this.#line("acc = (acc & 0xffff) + (acc >> 16); sum += (u16)~acc;");
	}

	#lookup(map: "array" | "hash"): void {
		const [k, v] = [this.#name("k"), this.#name("v")];
		if (map === "array") this.#line(`u32 ${k} = ${this.#pick(["0", "3", this.#scalar()])};`);
		else
			this.#line(
				this.#pick([
					`struct key ${k} = { .addr = ip->src, .proto = ip->proto };`,
					`struct key ${k} = {}; ${k}.port = ip->id; ${k}.addr = ip->dst;`,
					`struct key ${k}; __builtin_memset(&${k}, 0, sizeof(${k})); ${k}.addr = ip->src;`,
				]),
			);
		this.#line(`struct value *${v} = map_lookup(&${map}, &${k});`);
		if (map === "hash" && this.#below(2)) {
			this.#line(`if (!${v}) {`);
			this.#line(`	struct value fresh = { .count = sum, .n = 3 };`);
			this.#line(`	map_update(&hash, &${k}, &fresh, ${this.#pick(["0", "1"])});`);
			this.#line(`	${this.#pick([`${v} = map_lookup(&hash, &${k});`, this.#leave()])}`);
			this.#line("}");
		}
		const style = this.#below(4);
		if (style === 0) this.#line(`if (${v}) {`);
		else if (style === 1) this.#line(`if (!${v}) ${this.#leave()}`);
		else if (style === 2) this.#line(`if (${v} == (void *)0) ${this.#leave()}`);
		else this.#line(`if (${v} && ${v}->count < ${1000 + this.#below(9)}) {`);
		this.#scalars.push(`${v}->n`, `${v}->small`, `${v}->tiny`, `${v}->sign`, `${v}->count`);
		for (let n = 1 + this.#below(3); n > 0; n--) this.#inValue(v);
		if (style === 0 || style === 3) this.#line("}");
	}

	#inValue(v: string): void {
		switch (this.#below(7)) {
			case 0:
				this.#use(`${v}->list[${this.#index(16)}]`);
				break;
			case 1:
				this.#use(`${v}->bytes[${this.#index(40)}]`);
				break;
			case 2: {
				const e = this.#name("e");
				this.#line(`struct entry *${e} = &${v}->rows[${this.#index(6)}];`);
				this.#use(`${e}->${this.#pick(["a", "b", "c", "e"])}`);
				this.#use(`${e}->${this.#pick(["a", "b", "c", "e"])}`);
				break;
			}
			case 3:
				this.#line(`__sync_fetch_and_add(&${v}->count, ${this.#scalar()});`);
				break;
			case 4: {
				const n = this.#name("n");
				this.#line(`u32 ${n} = ${this.#scalar()}; if (${n} > 16) ${n} = 16;`);
				this.#line(`for (u32 k = 0; k < ${n}; k++) sum += ${v}->list[k];`);
				break;
			}
			case 5:
				this.#line(
					`for (int k = 0; k < 16 && k < (int)limit; k++) if (${v}->list[k] == sum) break;`,
				);
				break;
			default:
				this.#use(`${v}->${this.#pick(["count", "n", "small", "tiny"])}`);
		}
	}

	#stack(): void {
		const b = this.#name("b");
		const size = this.#pick([16, 24, 32, 40, 64]);
		this.#line(`u8 ${b}[${size}] = {};`);
		const put = this.#index(size);
		this.#line(`${b}[${put}] = ${this.#scalar()};`);
		if (this.#below(2)) this.#line(`__builtin_memcpy(${b} + 4, eth->src, 6);`);
		const get = this.#index(size);
		this.#line(`sum += ${b}[${get}];`);
		if (this.#below(2)) this.#line(`for (int k = 0; k < ${size}; k++) sum = sum * 3 + ${b}[k];`);
	}

	#ringBuffer(): void {
		const r = this.#name("r");
		this.#line(`struct entry *${r} = ring_reserve(&ring, sizeof(*${r}), 0);`);
		this.#line(
			`if (${this.#pick([`!${r}`, `${r} == (void *)0`, `unlikely(!${r})`])}) ${this.#leave()}`,
		);
		this.#line(`${r}->a = ${this.#scalar()}; ${r}->e = sum; ${r}->b = ip->len;`);
		if (this.#below(2)) this.#line(`__builtin_memset(${r}, 0, sizeof(*${r}));`);
		if (this.#below(2))
			this.#line(`if (${this.#scalar()} > 100) { ring_discard(${r}, 0); goto out; }`);
		this.#line(`ring_submit(${r}, 0);`);
	}

	#globals(): void {
		this.#use(`total[${this.#index(8)}]`);
		this.#use(`table[${this.#index(24)}]`);
	}

	/** Lengths that a helper is told. */
	#length(): void {
		const [b, n] = [this.#name("b"), this.#name("n")];
		const size = this.#pick([16, 32, 64]);
		const type = this.#pick(["u8", "u16", "u32", "u64", "int"]);
		this.#line(`u8 ${b}[${size}] = {}; ${type} ${n} = ${this.#scalar()};`);
		this.#line(
			this.#pick([
				`${n} &= ${size - 1};`,
				`if (${n} > ${size}) ${n} = ${size};`,
				`if (${n} > ${size}) ${this.#leave()}`,
				`if (${n} < 1 || ${n} > ${size}) ${this.#leave()}`,
				`${n} = ${n} < ${size} ? ${n} : ${size};`,
			]),
		);
		if (type === "int") this.#line(`if (${n} <= 0) ${this.#leave()}`);
		if (this.#below(2)) this.#line(`if (!${n}) ${this.#leave()}`);
		this.#line(`if (load_bytes(ctx, ${this.#pick(["0", "14"])}, ${b}, ${n})) ${this.#leave()}`);
		this.#line(`sum += ${b}[${this.#below(size)}] + ${b}[${this.#index(size)}];`);
	}
}
