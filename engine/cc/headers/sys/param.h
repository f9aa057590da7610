// System parameters and small macros, as C libraries declare them.
#ifndef _SYS_PARAM_H
#define _SYS_PARAM_H
#include <stddef.h>
#include <sys/types.h>
#include <limits.h>
#include <linux/limits.h>
#include <linux/param.h>

#define NBBY 8
#define MAXPATHLEN PATH_MAX

#ifndef howmany
#define howmany(x, y) (((x) + ((y) - 1)) / (y))
#endif
#define roundup(x, y) ((((x) + ((y) - 1)) / (y)) * (y))
#define powerof2(x) ((((x) - 1) & (x)) == 0)
#define MIN(a, b) (((a) < (b)) ? (a) : (b))
#define MAX(a, b) (((a) > (b)) ? (a) : (b))

#endif
