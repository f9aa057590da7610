// Latency of block requests, from queue and from issue to completion: linear and logarithmic histograms by disk and by operation.
#include <vmlinux.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>

#define SLOTS 27
#define LINEAR 20
#define OPERATIONS 4

struct stage {
	__u64 queued, issued;
	__u32 bytes;
};

struct histogram_key {
	__u32 device;
	__u32 operation;
};

struct histogram {
	__u32 slots[SLOTS];
	__u32 linear[LINEAR];
	__u64 bytes;
	__u64 waiting;
};

struct slow_request {
	__u64 sector;
	__u64 waited, served;
	__u32 device, bytes;
	__u32 flags;
	char name[16];
};

const volatile bool per_device = true;
const volatile bool per_operation = true;
const volatile __u32 only_device = 0;
const volatile __u64 slow_us = 100000;

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 10240);
	__type(key, struct request *);
	__type(value, struct stage);
} requests SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 256);
	__type(key, struct histogram_key);
	__type(value, struct histogram);
} histograms SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 64 * 1024);
} slow SEC(".maps");

static struct histogram zero;

struct request_queue___before {
	struct gendisk *disk;
} __attribute__((preserve_access_index));

struct request___before {
	struct gendisk *rq_disk;
} __attribute__((preserve_access_index));

static __always_inline struct gendisk *disk_of(struct request *rq)
{
	struct request___before *old = (void *)rq;

	if (bpf_core_field_exists(old->rq_disk))
		return BPF_CORE_READ(old, rq_disk);
	return BPF_CORE_READ(rq, q, disk);
}

static __always_inline __u32 device_of(struct request *rq)
{
	struct gendisk *disk = disk_of(rq);

	if (!disk)
		return 0;
	return (__u32)BPF_CORE_READ(disk, major) << 20 | (__u32)BPF_CORE_READ(disk, first_minor);
}

static __always_inline __u64 log2_of(__u32 v)
{
	__u32 r = 0;

#pragma unroll
	for (int i = 4; i >= 0; i--) {
		__u32 bits = 1u << i;

		if (v >> bits) {
			v >>= bits;
			r += bits;
		}
	}
	return r;
}

static __always_inline int start(struct request *rq, bool issued)
{
	__u64 now = bpf_ktime_get_ns();
	struct stage *known, fresh = {};

	if (only_device && device_of(rq) != only_device)
		return 0;
	if (issued) {
		known = bpf_map_lookup_elem(&requests, &rq);
		if (known) {
			known->issued = now;
			return 0;
		}
		fresh.issued = now;
	} else {
		fresh.queued = now;
	}
	fresh.bytes = BPF_CORE_READ(rq, __data_len);
	bpf_map_update_elem(&requests, &rq, &fresh, BPF_ANY);
	return 0;
}

SEC("tp_btf/block_rq_insert")
int BPF_PROG(inserted, struct request *rq)
{
	return start(rq, false);
}

SEC("tp_btf/block_rq_issue")
int BPF_PROG(issued, struct request *rq)
{
	return start(rq, true);
}

static __always_inline void tell(struct request *rq, __u64 waited, __u64 served, __u32 bytes)
{
	struct slow_request *s = bpf_ringbuf_reserve(&slow, sizeof(*s), 0);

	if (!s)
		return;
	s->sector = BPF_CORE_READ(rq, __sector);
	s->waited = waited;
	s->served = served;
	s->device = device_of(rq);
	s->bytes = bytes;
	s->flags = BPF_CORE_READ(rq, cmd_flags);
	bpf_get_current_comm(s->name, sizeof(s->name));
	bpf_ringbuf_submit(s, 0);
}

SEC("tp_btf/block_rq_complete")
int BPF_PROG(completed, struct request *rq, blk_status_t error, unsigned int bytes)
{
	struct histogram_key key = {};
	struct stage *stage = bpf_map_lookup_elem(&requests, &rq);
	struct histogram *h;
	__u64 now = bpf_ktime_get_ns(), served, waited = 0, slot;

	if (!stage)
		return 0;
	served = now - (stage->issued ?: stage->queued);
	if (stage->queued && stage->issued > stage->queued)
		waited = stage->issued - stage->queued;
	served /= 1000;
	waited /= 1000;
	if (per_device)
		key.device = device_of(rq);
	if (per_operation)
		key.operation = BPF_CORE_READ(rq, cmd_flags) & 0xff;
	h = bpf_map_lookup_elem(&histograms, &key);
	if (!h) {
		bpf_map_update_elem(&histograms, &key, &zero, BPF_ANY);
		h = bpf_map_lookup_elem(&histograms, &key);
		if (!h)
			goto out;
	}
	slot = log2_of(served);
	if (slot >= SLOTS)
		slot = SLOTS - 1;
	__sync_fetch_and_add(&h->slots[slot], 1);
	slot = served / 100;
	if (slot >= LINEAR)
		slot = LINEAR - 1;
	__sync_fetch_and_add(&h->linear[slot], 1);
	__sync_fetch_and_add(&h->bytes, bytes);
	__sync_fetch_and_add(&h->waiting, waited);
	if (error || served + waited > slow_us)
		tell(rq, waited, served, bytes);
out:
	bpf_map_delete_elem(&requests, &rq);
	return 0;
}

char _license[] SEC("license") = "GPL";
