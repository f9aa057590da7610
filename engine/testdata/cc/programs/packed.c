#include "common.h"
struct header { __u8 kind; __u32 length; __u16 check; } __attribute__((packed));
PROGRAM(packed)
{
	struct header *h = (void *)in + 1;
	struct header local = *h;
	local.length += h->check;
	out[0] = local.length;
	out[1] = bpf_ntohl(h->length) + bpf_ntohs(h->check);
	return local.kind + sizeof(struct header);
}
