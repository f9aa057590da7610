// Random XDP programs as people write them: headers parsed and values looked up, each bound checked in one of the ways that are in use.
// What Linux accepts from one compiler it should accept from another. No headers are needed; the program is `prog`. For tests only.

import type { Random } from "../base/index.ts";
import { callBlocks, lastBlocks } from "./cgencalls.ts";
import { mapBlocks } from "./cgenmaps.ts";
import { Page } from "./cgenpage.ts";
import { toolBlocks } from "./cgentools.ts";
import { headers, wireBlocks } from "./cgenwire.ts";

/** Types of the programs, and helpers, numbered as in the kernel. */
const prelude = `typedef unsigned char u8; typedef unsigned short u16; typedef unsigned int u32; typedef unsigned long u64;
typedef signed char s8; typedef short s16; typedef int s32; typedef long s64;
struct xdp_md { u32 data, data_end, data_meta, ingress_ifindex, rx_queue_index, egress_ifindex; };
#define SEC(n) __attribute__((section(n), used))
#define INLINE static inline __attribute__((always_inline))
#define NOINLINE static __attribute__((noinline))
#define GLOBAL __attribute__((noinline))
#define likely(x) __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)
#define __uint(name, val) int (*name)[val]
#define __type(name, val) typeof(val) *name
static void *(*map_lookup)(void *, const void *) = (void *)1;
static long (*map_update)(void *, const void *, const void *, u64) = (void *)2;
static long (*map_delete)(void *, const void *) = (void *)3;
static u64 (*ktime)(void) = (void *)5;
static long (*trace_printk)(const char *, u32, ...) = (void *)6;
static u32 (*random32)(void) = (void *)7;
static u32 (*this_cpu)(void) = (void *)8;
static long (*tail_call)(void *, void *, u32) = (void *)12;
static long (*perf_output)(void *, void *, u64, void *, u64) = (void *)25;
static s64 (*csum_diff)(void *, u32, void *, u32, u32) = (void *)28;
static long (*adjust_head)(struct xdp_md *, int) = (void *)44;
static long (*redirect_map)(void *, u64, u64) = (void *)51;
static long (*adjust_meta)(struct xdp_md *, int) = (void *)54;
static long (*adjust_tail)(struct xdp_md *, int) = (void *)65;
static long (*map_push)(void *, const void *, u64) = (void *)87;
static long (*map_pop)(void *, void *) = (void *)88;
static long (*map_peek)(void *, void *) = (void *)89;
struct bpf_spin_lock { u32 val; };
static long (*spin_lock)(struct bpf_spin_lock *) = (void *)93;
static long (*spin_unlock)(struct bpf_spin_lock *) = (void *)94;
static long (*to_long)(const char *, u64, u64, long *) = (void *)105;
static long (*read_kernel)(void *, u32, const void *) = (void *)113;
static long (*ring_output)(void *, void *, u64, u64) = (void *)130;
static void *(*ring_reserve)(void *, u64, u64) = (void *)131;
static void (*ring_submit)(void *, u64) = (void *)132;
static void (*ring_discard)(void *, u64) = (void *)133;
static long (*for_each)(void *, void *, void *, u64) = (void *)164;
static long (*format)(char *, u32, const char *, u64 *, u32) = (void *)165;
static long (*repeat)(u32, void *, void *, u64) = (void *)181;
static long (*compare)(const char *, u32, const char *) = (void *)182;
static long (*load_bytes)(struct xdp_md *, u32, void *, u32) = (void *)189;
static long (*store_bytes)(struct xdp_md *, u32, void *, u32) = (void *)190;
struct bpf_dynptr { u64 opaque[2]; };
static long (*dyn_mem)(void *, u64, u64, struct bpf_dynptr *) = (void *)197;
static long (*dyn_reserve)(void *, u32, u64, struct bpf_dynptr *) = (void *)198;
static void (*dyn_submit)(struct bpf_dynptr *, u64) = (void *)199;
static void (*dyn_discard)(struct bpf_dynptr *, u64) = (void *)200;
static long (*dyn_read)(void *, u64, struct bpf_dynptr *, u64, u64) = (void *)201;
static long (*dyn_write)(struct bpf_dynptr *, u64, void *, u64, u64) = (void *)202;
static void *(*dyn_data)(struct bpf_dynptr *, u64, u64) = (void *)203;
struct eth { u8 dst[6], src[6]; u16 proto; } __attribute__((packed));
struct vlan { u16 tci, proto; };
struct ip { u8 ihl : 4, version : 4; u8 tos; u16 len, id, off; u8 ttl, proto; u16 sum; u32 src, dst; };
struct in6 { union { u8 b[16]; u16 h[8]; u32 w[4]; }; };
struct ip6 { u8 prio : 4, version : 4; u8 flow[3]; u16 len; u8 next, hops; struct in6 src, dst; };
struct opt { u8 next, len; };
struct udp { u16 src, dst, len, sum; };
struct tcp { u16 src, dst; u32 seq, ack; u16 res : 4, doff : 4, flags : 8; u16 win, sum, urg; };
struct cursor { void *pos, *end; };
struct entry { u32 a; u16 b; u8 c, d; u64 e; };
struct value { u64 count; u32 n; u16 small; u8 tiny; s8 sign; u32 list[16]; u8 bytes[40]; struct entry rows[6]; };
struct key { u32 addr; u16 port; u8 proto; };
struct flow { struct in6 src, dst; u16 ports[2]; u8 proto, family; u16 vlan; };
struct bits { u32 on : 1, kind : 5, level : 10; s32 drift : 16; u64 stamp : 40; };
struct locked { struct bpf_spin_lock lock; u32 n; u64 total; };
struct state { u64 sum; u32 left; u32 limit; struct value *value; u8 seen[16]; };
#define MAP(name, kind, k, v, size) struct { __uint(type, kind); __type(key, k); __type(value, v); __uint(max_entries, size); } name SEC(".maps")
MAP(array, 2, u32, struct value, 4);
MAP(hash, 1, struct key, struct value, 64);
struct { __uint(type, 27); __uint(max_entries, 4096); } ring SEC(".maps");
const volatile u32 limit = 12;
u64 total[8];
u32 grid[4][6];
struct entry rows[5] = { { 1, 2, 3, 4, 5 }, { .b = 7 } };
static u32 calls;
static const u8 table[24] = { 5, 9, 2, 7, 1, 8, 3 };
static const struct entry fixed[6] = { { 10, 20, 30, 40, 50 }, { 1 }, [4] = { .e = 9 } };
char license_[] SEC("license") = "GPL";
`;

/** A program; its name is `prog`. */
export function randomXdp(random: Random): string {
	const page = new Page(random);
	headers(page);
	const blocks = [...wireBlocks, ...mapBlocks, ...callBlocks, ...toolBlocks];
	for (let n = 2 + page.below(5); n > 0; n--) page.block("", () => page.pick(blocks)(page));
	if (page.below(3) === 0) page.block("", () => page.pick(lastBlocks)(page));
	const { before, body } = page.text();
	return `${prelude}${before}
SEC("xdp") int prog(struct xdp_md *ctx)
{
	void *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
	u64 sum = 1;
${body}
out:
	data = (void *)(long)ctx->data;
	end = (void *)(long)ctx->data_end;
	if (data + 8 <= end) *(u64 *)data = sum;
	return sum & 1 ? 2 : 1;
}
`;
}

/** Packets of several lengths, most of them such as the programs look for. */
export function randomPackets(random: Random, count: number): Uint8Array[] {
	return Array.from({ length: count }, (_, n) => {
		const bytes = Uint8Array.from({ length: 40 + 30 * n }, () => random.below(256));
		let at = 12;
		for (let tags = random.below(3); tags > 0; tags--, at += 4) bytes.set([0x81, 0], at);
		const six = random.below(3) === 0;
		bytes.set(six ? [0x86, 0xdd, 0x60] : [8, 0, 0x45 + random.below(2)], at);
		const next = [6, 17, 1, 58, 0, 60, 44][random.below(7)] ?? 6;
		if (six) bytes[at + 8] = next;
		else bytes[at + 11] = next;
		return bytes;
	});
}
