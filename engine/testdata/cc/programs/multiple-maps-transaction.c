#include "common.h"
struct account { __u64 balance; __u32 moves; };
struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 8); __type(key, __u32); __type(value, struct account); } accounts SEC(".maps");
static __noinline int deposit(__u32 who, __u64 amount)
{
	struct account *a = bpf_map_lookup_elem(&accounts, &who), fresh = { amount, 1 };
	if (!a)
		return bpf_map_update_elem(&accounts, &who, &fresh, BPF_NOEXIST) ? -1 : 1;
	a->balance += amount;
	a->moves++;
	return a->moves;
}
PROGRAM(transaction)
{
	__u32 from = in[0] & 3, to = in[1] & 3;
	if (deposit(from, 100) < 0 || deposit(to, in[2]) < 0)
		return -1;
	struct account *a = bpf_map_lookup_elem(&accounts, &from), *b = bpf_map_lookup_elem(&accounts, &to);
	if (!a || !b || a->balance < in[3])
		return -2;
	a->balance -= in[3];
	b->balance += in[3];
	bpf_map_delete_elem(&accounts, &to);
	out[0] = a->balance;
	return b->moves;
}
