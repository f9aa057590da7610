// What the gateway tells of the traffic: sampled records, sizes as histograms, the heaviest sources by a count-min sketch.
#ifndef GATEWAY_OBSERVE_H
#define GATEWAY_OBSERVE_H
#include "l4lb.h"
#include "mixing.h"

#define ROWS 4
#define COLUMNS 256
#define SIZES 16
#define HEAVY 20

struct record {
	struct connection flow;
	__u32 length;
	__u32 action;
	__u64 number;
	__u8 head[32];
};

struct sketch_row {
	__u32 cell[COLUMNS];
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, ROWS);
	__type(key, __u32);
	__type(value, struct sketch_row);
} sketch SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 512);
	__type(key, union address);
	__type(value, __u32);
} heavy SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, SIZES);
	__type(key, __u32);
	__type(value, __u64);
} sizes SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 1 << 20);
} records SEC(".maps");

const volatile __u32 sample_every = 16;
__u64 observed, unsaid;

static __always_inline __u32 magnitude(__u32 v)
{
	__u32 r = 0;

	if (v >> 8) {
		v >>= 8;
		r += 8;
	}
	if (v >> 4) {
		v >>= 4;
		r += 4;
	}
	if (v >> 2) {
		v >>= 2;
		r += 2;
	}
	return r + (v >> 1 & 1);
}

static __always_inline void observe_size(__u32 length)
{
	__u32 slot = magnitude(length & 0xffff) & (SIZES - 1);
	__u64 *n = bpf_map_lookup_elem(&sizes, &slot);

	if (n)
		++*n;
}

/* The least of the rows' cells is never too small. */
static __always_inline __u32 estimate(const union address *source)
{
	__u32 least = -1;

#pragma unroll
	for (__u32 row = 0; row < ROWS; row++) {
		__u32 key = row, column = mix_words((const __u32 *)source, 4, row * 0x9e3779b9 + 1) % COLUMNS;
		struct sketch_row *r = bpf_map_lookup_elem(&sketch, &key);

		if (!r)
			return 0;
		r->cell[column]++;
		if (r->cell[column] < least)
			least = r->cell[column];
	}
	return least;
}

static __always_inline void observe_source(const union address *source)
{
	__u32 count = estimate(source), *known;

	if (count < HEAVY)
		return;
	known = bpf_map_lookup_elem(&heavy, source);
	if (known)
		*known = count;
	else
		bpf_map_update_elem(&heavy, source, &count, BPF_ANY);
}

static __always_inline void sample(struct xdp_md *ctx, const struct packet *p, __u32 action)
{
	__u64 number = __sync_fetch_and_add(&observed, 1);
	struct record *r;

	if (!sample_every || number % sample_every)
		return;
	r = bpf_ringbuf_reserve(&records, sizeof(*r), 0);
	if (!r) {
		__sync_fetch_and_add(&unsaid, 1);
		return;
	}
	r->flow = p->flow;
	r->length = p->length;
	r->action = action;
	r->number = number;
	if (bpf_xdp_load_bytes(ctx, p->offset, r->head, sizeof(r->head)))
		__builtin_memset(r->head, 0, sizeof(r->head));
	bpf_ringbuf_submit(r, BPF_RB_NO_WAKEUP);
}
#endif
