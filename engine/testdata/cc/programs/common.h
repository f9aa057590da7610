// What the small programs share: a packet of at least 64 bytes is their input, its first bytes take their results.
#pragma once
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/tcp.h>
#include <linux/udp.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_endian.h>

#define LENGTH 64

static __always_inline void *packet(struct xdp_md *ctx)
{
	void *data = (void *)(long)ctx->data;
	void *end = (void *)(long)ctx->data_end;

	return data + LENGTH > end ? 0 : data;
}

#define PROGRAM(name) \
	static __always_inline long name##_body(__u8 *in, __u64 *out, struct xdp_md *ctx); \
	SEC("xdp") int name(struct xdp_md *ctx) \
	{ \
		__u64 *p = packet(ctx); \
		__u64 out[2] = {}; \
		if (!p) \
			return XDP_ABORTED; \
		long r = name##_body((__u8 *)p, out, ctx); \
		p = packet(ctx); \
		if (!p) \
			return XDP_ABORTED; \
		p[0] = r; \
		p[1] = out[0]; \
		p[2] = out[1]; \
		return XDP_PASS; \
	} \
	char _license[] SEC("license") = "GPL"; \
	static __always_inline long name##_body(__u8 *in, __u64 *out, struct xdp_md *ctx)
