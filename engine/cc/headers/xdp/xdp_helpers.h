// How libxdp is told of a program's place among others on one device: its priority, and the results that let the next one run.
#ifndef __XDP_HELPERS_H
#define __XDP_HELPERS_H

#define _CONCAT(a, b) a##b
#define XDP_METADATA_SECTION "xdp_metadata"
#define XDP_RUN_CONFIG(name) _CONCAT(_, name)
#define XDP_DEFAULT_RUN_PRIO 50
#define XDP_DEFAULT_CHAIN_CALL_ACTIONS (1 << XDP_PASS)

#define XDP_RUN_PRIO_VERSION 1

#endif
