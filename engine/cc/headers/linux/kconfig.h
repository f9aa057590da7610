// Configuration of the kernel: see `__kconfig` instead.
#ifndef _LINUX_KCONFIG_H
#define _LINUX_KCONFIG_H

#endif
