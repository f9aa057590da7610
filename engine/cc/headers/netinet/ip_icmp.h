// ICMP as C libraries declare it.
#ifndef __NETINET_IP_ICMP_H
#define __NETINET_IP_ICMP_H
#include <sys/types.h>
#include <netinet/in.h>
#include <netinet/ip.h>
#include <linux/icmp.h>

#define ICMP_MINLEN 8
#define ICMP_UNREACH 3
#define ICMP_SOURCEQUENCH 4
#define ICMP_ROUTERADVERT 9
#define ICMP_ROUTERSOLICIT 10
#define ICMP_TIMXCEED 11
#define ICMP_PARAMPROB 12
#define ICMP_TSTAMP 13
#define ICMP_TSTAMPREPLY 14
#define ICMP_IREQ 15
#define ICMP_IREQREPLY 16
#define ICMP_MASKREQ 17
#define ICMP_MASKREPLY 18

#endif
