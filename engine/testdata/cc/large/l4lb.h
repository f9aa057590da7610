// What the parts of the load balancer share: services, backends, the table of connections.
#ifndef L4LB_H
#define L4LB_H
#include "wire.h"
#include "sums.h"
#include "mixing.h"

#define RING_SIZE 251
#define MOST_SERVICES 16
#define MOST_BACKENDS 64
#define MOST_RINGS (RING_SIZE * MOST_SERVICES)

enum encapsulation { ENCAP_IPIP, ENCAP_GUE, ENCAP_DIRECT };

enum service_flag {
	SERVICE_STICKY_SOURCE = 1 << 0,
	SERVICE_NO_TABLE = 1 << 1,
	SERVICE_ANY_PORT = 1 << 2,
};

union address {
	__be32 v4;
	__be32 v6[4];
};

struct service_key {
	union address address;
	__be16 port;
	__u8 protocol;
	__u8 family;
};

struct service {
	__u32 id;
	__u32 flags;
};

struct backend {
	union address address;
	__u8 family;
	__u8 encapsulation;
	__u8 mac[6];
};

struct connection {
	union address source, target;
	__be16 source_port, target_port;
	__u8 protocol;
	__u8 family;
	__u8 pad[2];
};

struct placement {
	__u32 backend;
	__u32 packets;
	__u64 seen;
};

struct gateway {
	__be32 source4;
	__be32 source6[4];
	__u8 mac[6];
	__u8 next[6];
	__u16 gue_port;
	__u16 mtu;
};

enum event {
	EVENT_PACKETS,
	EVENT_NEW,
	EVENT_KNOWN,
	EVENT_ICMP,
	EVENT_TOO_BIG,
	EVENT_NO_BACKEND,
	EVENT_NO_ROOM,
	EVENT_FRAGMENT,
	EVENT_ECHO,
	EVENT_MALFORMED,
	EVENT_COUNT,
};

struct traffic {
	__u64 packets;
	__u64 bytes;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, MOST_SERVICES);
	__type(key, struct service_key);
	__type(value, struct service);
} services SEC(".maps");

/* RING_SIZE slots a service, each the number of a backend: user space lays them out so that few move when backends change. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, MOST_RINGS);
	__type(key, __u32);
	__type(value, __u32);
} rings SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, MOST_BACKENDS);
	__type(key, __u32);
	__type(value, struct backend);
} backends SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 4096);
	__type(key, struct connection);
	__type(value, struct placement);
} connections SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct gateway);
} gateways SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, EVENT_COUNT);
	__type(key, __u32);
	__type(value, __u64);
} events SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, MOST_BACKENDS);
	__type(key, __u32);
	__type(value, struct traffic);
} traffic SEC(".maps");

/* What is known of a packet that belongs to a service. */
struct packet {
	struct connection flow;
	/** Bytes from the network header on. */
	__u32 length;
	__u32 offset;
	__u8 opens;
	__u8 closes;
	__u8 quoted;
	__u8 tos;
};

static __always_inline void count(__u32 which)
{
	__u64 *n = bpf_map_lookup_elem(&events, &which);

	if (n)
		*n += 1;
}

static __always_inline const struct gateway *gateway(void)
{
	__u32 zero = 0;

	return bpf_map_lookup_elem(&gateways, &zero);
}
#endif
