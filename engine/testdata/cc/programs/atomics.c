#include "common.h"
static __u64 wide_counter;
static __u32 narrow_counter;
PROGRAM(atomics)
{
	wide_counter = in[0];
	narrow_counter = in[1];
	__sync_fetch_and_add(&wide_counter, 5);
	__u64 old = __sync_fetch_and_add(&wide_counter, in[2]);
	__u32 now = __sync_add_and_fetch(&narrow_counter, 3);
	__sync_fetch_and_or(&wide_counter, 0x100);
	__u64 before = __sync_fetch_and_and(&wide_counter, ~1ull);
	__sync_fetch_and_xor(&narrow_counter, 0xf0);
	__u64 swapped = __sync_val_compare_and_swap(&wide_counter, before & ~1ull, 9);
	__u32 taken = __sync_lock_test_and_set(&narrow_counter, 1);
	__sync_fetch_and_sub(&wide_counter, 2);
	out[0] = old + now * 1000 + before;
	out[1] = swapped + taken;
	return wide_counter + narrow_counter;
}
