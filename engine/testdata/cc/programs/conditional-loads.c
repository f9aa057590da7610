#include "common.h"
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 4); __type(key, __u32); __type(value, __u32[4]); } rows SEC(".maps");
PROGRAM(loads)
{
	__u32 key = in[0] & 3;
	__u32 *row = bpf_map_lookup_elem(&rows, &key);
	if (!row)
		return -1;
	row[in[1] & 3] = in[2];
	out[0] = row[in[3] & 3];
	__u32 *other = in[4] & 1 ? row + 1 : row + 2;
	return *other;
}
