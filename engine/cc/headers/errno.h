// Error numbers of Linux, without the variable.
#ifndef _ERRNO_H
#define _ERRNO_H
#include <asm/errno.h>

#endif
