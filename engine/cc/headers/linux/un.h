// Addresses of local sockets.
#ifndef _LINUX_UN_H
#define _LINUX_UN_H
#include <linux/socket.h>

struct sockaddr_un {
	__kernel_sa_family_t sun_family;
	char sun_path[108];
};

#define UNIX_PATH_MAX 108
#define SIOCUNIXFILE (SIOCPROTOPRIVATE + 0)

#endif
