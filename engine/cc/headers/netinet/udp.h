// UDP as C libraries declare it: the header has two names for each member.
#ifndef __NETINET_UDP_H
#define __NETINET_UDP_H
#include <stdint.h>
#include <sys/types.h>
#include <linux/udp.h>

#ifndef SOL_UDP
#define SOL_UDP 17
#endif

#endif
