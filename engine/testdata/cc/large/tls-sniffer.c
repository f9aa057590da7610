// What a program writes to and reads from its TLS library, before it is encrypted: uprobes on the calls, uretprobes for what they
// answered, the first bytes of each record to user space, handshake times.
#include <vmlinux.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>

#define ROOM 8192
#define NAME 16

enum way { WAY_READ, WAY_WRITE, WAY_HANDSHAKE };

struct call {
	__u64 begun;
	__u64 buffer;
	__u64 length_place;
	__u32 wanted;
	__u32 way;
};

struct record {
	__u64 begun, took;
	__u32 pid, tid, uid;
	__u32 way;
	__s32 result;
	__u32 held;
	char name[NAME];
	__u8 bytes[ROOM];
};

struct totals {
	__u64 calls[3];
	__u64 bytes[2];
	__u64 failed;
	__u64 handshake_time;
};

const volatile pid_t only_pid = 0;
const volatile uid_t only_uid = -1;
const volatile __u32 most_bytes = ROOM;
const volatile bool handshakes = true;

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 10240);
	__type(key, __u64);
	__type(value, struct call);
} calls SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct record);
} scratch SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY);
	__uint(key_size, sizeof(__u32));
	__uint(value_size, sizeof(__u32));
} records SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_LRU_PERCPU_HASH);
	__uint(max_entries, 4096);
	__type(key, __u32);
	__type(value, struct totals);
} totals SEC(".maps");

static __always_inline bool wanted(__u64 id)
{
	__u32 uid = bpf_get_current_uid_gid();

	if (only_pid && only_pid != id >> 32)
		return false;
	return only_uid == (uid_t)-1 || only_uid == uid;
}

static int enter(void *buffer, __u32 length, void *place, enum way way)
{
	__u64 id = bpf_get_current_pid_tgid();
	struct call c = {
		.begun = bpf_ktime_get_ns(),
		.buffer = (__u64)buffer,
		.length_place = (__u64)place,
		.wanted = length,
		.way = way,
	};

	if (!wanted(id))
		return 0;
	bpf_map_update_elem(&calls, &id, &c, BPF_ANY);
	return 0;
}

static __always_inline void add_up(__u32 pid, const struct call *c, long result, __u64 took)
{
	struct totals *t = bpf_map_lookup_elem(&totals, &pid);
	__u32 way = c->way;

	if (!t) {
		struct totals fresh = {};

		bpf_map_update_elem(&totals, &pid, &fresh, BPF_NOEXIST);
		t = bpf_map_lookup_elem(&totals, &pid);
		if (!t)
			return;
	}
	if (way > WAY_HANDSHAKE)
		return;
	t->calls[way]++;
	if (result < 0)
		t->failed++;
	else if (way == WAY_HANDSHAKE)
		t->handshake_time += took;
	else
		t->bytes[way & 1] += result;
}

static int leave(void *ctx, long result)
{
	__u64 id = bpf_get_current_pid_tgid(), now = bpf_ktime_get_ns(), length = 0;
	struct call *c = bpf_map_lookup_elem(&calls, &id);
	struct record *r;
	__u32 zero = 0, held;

	if (!c)
		return 0;
	/* The newer calls answer 1 and write the length elsewhere. */
	if (c->length_place && result == 1) {
		bpf_probe_read_user(&length, sizeof(length), (void *)c->length_place);
		result = length & 0x7fffffff;
	}
	add_up(id >> 32, c, result, now - c->begun);
	r = bpf_map_lookup_elem(&scratch, &zero);
	if (!r)
		goto forget;
	r->begun = c->begun;
	r->took = now - c->begun;
	r->pid = id >> 32;
	r->tid = id;
	r->uid = bpf_get_current_uid_gid();
	r->way = c->way;
	r->result = result;
	r->held = 0;
	bpf_get_current_comm(r->name, sizeof(r->name));
	if (c->way == WAY_HANDSHAKE) {
		if (handshakes)
			bpf_perf_event_output(ctx, &records, BPF_F_CURRENT_CPU, r, offsetof(struct record, bytes));
		goto forget;
	}
	if (result <= 0)
		goto forget;
	held = result;
	if (held > most_bytes)
		held = most_bytes;
	if (held > ROOM)
		held = ROOM;
	if (!bpf_probe_read_user(r->bytes, held, (void *)c->buffer))
		r->held = held;
	bpf_perf_event_output(ctx, &records, BPF_F_CURRENT_CPU, r, sizeof(*r));
forget:
	bpf_map_delete_elem(&calls, &id);
	return 0;
}

SEC("uprobe//usr/lib/libssl.so.3:SSL_write")
int BPF_UPROBE(write_enter, void *ssl, void *buffer, int length)
{
	return enter(buffer, length, NULL, WAY_WRITE);
}

SEC("uretprobe//usr/lib/libssl.so.3:SSL_write")
int BPF_URETPROBE(write_exit, int result)
{
	return leave(ctx, result);
}

SEC("uprobe//usr/lib/libssl.so.3:SSL_read")
int BPF_UPROBE(read_enter, void *ssl, void *buffer, int length)
{
	return enter(buffer, length, NULL, WAY_READ);
}

SEC("uretprobe//usr/lib/libssl.so.3:SSL_read")
int BPF_URETPROBE(read_exit, int result)
{
	return leave(ctx, result);
}

SEC("uprobe")
int BPF_UPROBE(write_ex_enter, void *ssl, void *buffer, size_t length, size_t *written)
{
	return enter(buffer, length, written, WAY_WRITE);
}

SEC("uprobe")
int BPF_UPROBE(read_ex_enter, void *ssl, void *buffer, size_t length, size_t *taken)
{
	return enter(buffer, length, taken, WAY_READ);
}

SEC("uprobe")
int BPF_UPROBE(handshake_enter, void *ssl)
{
	return enter(ssl, 0, NULL, WAY_HANDSHAKE);
}

SEC("uretprobe")
int BPF_URETPROBE(handshake_exit, int result)
{
	return leave(ctx, result);
}

char _license[] SEC("license") = "GPL";
