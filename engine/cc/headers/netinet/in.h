// Internet addresses and conversions, as C libraries declare them.
#ifndef _NETINET_IN_H
#define _NETINET_IN_H
#include <stdint.h>
#include <sys/socket.h>
#include <linux/in.h>
#include <linux/in6.h>

typedef uint16_t in_port_t;
typedef uint32_t in_addr_t;

#define SOL_IP 0
#define SOL_ICMPV6 58
#define SOL_IPV6 41

#define htons(x) __builtin_bswap16(x)
#define ntohs(x) __builtin_bswap16(x)
#define htonl(x) __builtin_bswap32(x)
#define ntohl(x) __builtin_bswap32(x)

#endif
