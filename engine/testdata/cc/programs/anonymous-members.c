#include "common.h"
struct packet_key {
	union {
		struct { __be32 src, dst; };
		__u64 both;
	};
	struct { __u16 port; union { __u8 proto; __u8 kind; }; };
};
PROGRAM(anonymous)
{
	struct packet_key k = { .src = in[0], .dst = in[1], .port = in[2], .proto = in[3] };
	out[0] = k.both;
	k.both += 1ull << 32;
	out[1] = k.dst + k.kind;
	return k.src + k.port;
}
