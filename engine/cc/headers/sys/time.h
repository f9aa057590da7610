// Times, as C libraries declare them.
#ifndef _SYS_TIME_H
#define _SYS_TIME_H
#include <sys/types.h>
#include <linux/time.h>

#endif
