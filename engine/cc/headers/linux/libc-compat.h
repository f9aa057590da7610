// Nothing to reconcile: there is no C library.
#ifndef _LIBC_COMPAT_H
#define _LIBC_COMPAT_H

#endif
