// The headers of this folder by the names that programs include them by. A pure table.

/// <reference path="./raw.d.ts" />

import asmPtrace from "./asm/ptrace.h?raw";
import asmSockios from "./asm/sockios.h?raw";
import asmUnistd from "./asm/unistd.h?raw";
import asmGenericBpfPerfEvent from "./asm-generic/bpf_perf_event.h?raw";
import asmGenericErrno from "./asm-generic/errno.h?raw";
import asmGenericErrnoBase from "./asm-generic/errno-base.h?raw";
import asmGenericFcntl from "./asm-generic/fcntl.h?raw";
import asmGenericInt from "./asm-generic/int-ll64.h?raw";
import asmGenericPosixTypes from "./asm-generic/posix_types.h?raw";
import asmGenericSocket from "./asm-generic/socket.h?raw";
import bpfBpfCoreRead from "./bpf/bpf_core_read.h?raw";
import bpfBpfEndian from "./bpf/bpf_endian.h?raw";
import bpfBpfHelpers from "./bpf/bpf_helpers.h?raw";
import bpfBpfLegacy from "./bpf/bpf_legacy.h?raw";
import bpfBpfTracing from "./bpf/bpf_tracing.h?raw";
import bpfUsdtBpf from "./bpf/usdt.bpf.h?raw";
import bpfExperimental from "./bpf_experimental.h?raw";
import bpfHelpers from "./bpf_helpers.h?raw";
import bpfKfuncs from "./bpf_kfuncs.h?raw";
import byteswap from "./byteswap.h?raw";
import endian from "./endian.h?raw";
import errno from "./errno.h?raw";
import features from "./features.h?raw";
import inttypes from "./inttypes.h?raw";
import limits from "./limits.h?raw";
import linuxBpf from "./linux/bpf.h?raw";
import linuxBpfCommon from "./linux/bpf_common.h?raw";
import linuxBpfPerfEvent from "./linux/bpf_perf_event.h?raw";
import linuxBtf from "./linux/btf.h?raw";
import linuxByteorderLittleEndian from "./linux/byteorder/little_endian.h?raw";
import linuxCompiler from "./linux/compiler.h?raw";
import linuxConst from "./linux/const.h?raw";
import linuxFcntl from "./linux/fcntl.h?raw";
import linuxFilter from "./linux/filter.h?raw";
import linuxIcmp from "./linux/icmp.h?raw";
import linuxIcmpv6 from "./linux/icmpv6.h?raw";
import linuxIf from "./linux/if.h?raw";
import linuxIfAddr from "./linux/if_addr.h?raw";
import linuxIfArp from "./linux/if_arp.h?raw";
import linuxIfEther from "./linux/if_ether.h?raw";
import linuxIfLink from "./linux/if_link.h?raw";
import linuxIfPacket from "./linux/if_packet.h?raw";
import linuxIfTunnel from "./linux/if_tunnel.h?raw";
import linuxIfVlan from "./linux/if_vlan.h?raw";
import linuxIfXdp from "./linux/if_xdp.h?raw";
import linuxIgmp from "./linux/igmp.h?raw";
import linuxIn from "./linux/in.h?raw";
import linuxIn6 from "./linux/in6.h?raw";
import linuxIp from "./linux/ip.h?raw";
import linuxIpv6 from "./linux/ipv6.h?raw";
import linuxKconfig from "./linux/kconfig.h?raw";
import linuxLibcCompat from "./linux/libc-compat.h?raw";
import linuxLimits from "./linux/limits.h?raw";
import linuxLirc from "./linux/lirc.h?raw";
import linuxMpls from "./linux/mpls.h?raw";
import linuxMptcp from "./linux/mptcp.h?raw";
import linuxNetdev from "./linux/netdev.h?raw";
import linuxNetfilter from "./linux/netfilter.h?raw";
import linuxNetlink from "./linux/netlink.h?raw";
import linuxPerfEvent from "./linux/perf_event.h?raw";
import linuxPktCls from "./linux/pkt_cls.h?raw";
import linuxPktSched from "./linux/pkt_sched.h?raw";
import linuxPtrace from "./linux/ptrace.h?raw";
import linuxRtnetlink from "./linux/rtnetlink.h?raw";
import linuxSched from "./linux/sched.h?raw";
import linuxSeg6 from "./linux/seg6.h?raw";
import linuxSeg6Local from "./linux/seg6_local.h?raw";
import linuxSocket from "./linux/socket.h?raw";
import linuxSockios from "./linux/sockios.h?raw";
import linuxStat from "./linux/stat.h?raw";
import linuxStddef from "./linux/stddef.h?raw";
import linuxSwab from "./linux/swab.h?raw";
import linuxTcActTcBpf from "./linux/tc_act/tc_bpf.h?raw";
import linuxTcp from "./linux/tcp.h?raw";
import linuxTime from "./linux/time.h?raw";
import linuxTimeTypes from "./linux/time_types.h?raw";
import linuxTypes from "./linux/types.h?raw";
import linuxUdp from "./linux/udp.h?raw";
import linuxUio from "./linux/uio.h?raw";
import linuxUn from "./linux/un.h?raw";
import linuxUtsname from "./linux/utsname.h?raw";
import linuxVersion from "./linux/version.h?raw";
import linuxVmSockets from "./linux/vm_sockets.h?raw";
import netinetIn from "./netinet/in.h?raw";
import stdalign from "./stdalign.h?raw";
import stdarg from "./stdarg.h?raw";
import stdbool from "./stdbool.h?raw";
import stddef from "./stddef.h?raw";
import stdint from "./stdint.h?raw";
import stdio from "./stdio.h?raw";
import stdlib from "./stdlib.h?raw";
import string from "./string.h?raw";
import sysCdefs from "./sys/cdefs.h?raw";
import sysSocket from "./sys/socket.h?raw";
import sysTypes from "./sys/types.h?raw";
import time from "./time.h?raw";
import unistd from "./unistd.h?raw";
import vmlinux from "./vmlinux.h?raw";

/** Name, as between `<` and `>`, to text. */
export const files: Readonly<Record<string, string>> = {
	"asm-generic/errno-base.h": asmGenericErrnoBase,
	"asm-generic/bpf_perf_event.h": asmGenericBpfPerfEvent,
	"asm-generic/errno.h": asmGenericErrno,
	"asm-generic/int-ll64.h": asmGenericInt,
	"asm-generic/posix_types.h": asmGenericPosixTypes,
	"asm-generic/fcntl.h": asmGenericFcntl,
	"asm-generic/socket.h": asmGenericSocket,
	"asm/ptrace.h": asmPtrace,
	"asm/sockios.h": asmSockios,
	"asm/unistd.h": asmUnistd,
	"bpf/bpf_core_read.h": bpfBpfCoreRead,
	"bpf/bpf_endian.h": bpfBpfEndian,
	"bpf/bpf_helpers.h": bpfBpfHelpers,
	"bpf/bpf_legacy.h": bpfBpfLegacy,
	"bpf/bpf_tracing.h": bpfBpfTracing,
	"bpf/usdt.bpf.h": bpfUsdtBpf,
	"bpf_experimental.h": bpfExperimental,
	"bpf_helpers.h": bpfHelpers,
	"bpf_kfuncs.h": bpfKfuncs,
	"byteswap.h": byteswap,
	"endian.h": endian,
	"errno.h": errno,
	"features.h": features,
	"inttypes.h": inttypes,
	"limits.h": limits,
	"linux/bpf.h": linuxBpf,
	"linux/bpf_common.h": linuxBpfCommon,
	"linux/bpf_perf_event.h": linuxBpfPerfEvent,
	"linux/btf.h": linuxBtf,
	"linux/byteorder/little_endian.h": linuxByteorderLittleEndian,
	"linux/compiler.h": linuxCompiler,
	"linux/const.h": linuxConst,
	"linux/fcntl.h": linuxFcntl,
	"linux/filter.h": linuxFilter,
	"linux/icmp.h": linuxIcmp,
	"linux/icmpv6.h": linuxIcmpv6,
	"linux/if.h": linuxIf,
	"linux/if_addr.h": linuxIfAddr,
	"linux/if_arp.h": linuxIfArp,
	"linux/if_ether.h": linuxIfEther,
	"linux/if_link.h": linuxIfLink,
	"linux/if_packet.h": linuxIfPacket,
	"linux/if_tunnel.h": linuxIfTunnel,
	"linux/if_vlan.h": linuxIfVlan,
	"linux/if_xdp.h": linuxIfXdp,
	"linux/igmp.h": linuxIgmp,
	"linux/in.h": linuxIn,
	"linux/in6.h": linuxIn6,
	"linux/ip.h": linuxIp,
	"linux/ipv6.h": linuxIpv6,
	"linux/kconfig.h": linuxKconfig,
	"linux/libc-compat.h": linuxLibcCompat,
	"linux/limits.h": linuxLimits,
	"linux/lirc.h": linuxLirc,
	"linux/mpls.h": linuxMpls,
	"linux/mptcp.h": linuxMptcp,
	"linux/netdev.h": linuxNetdev,
	"linux/netfilter.h": linuxNetfilter,
	"linux/netlink.h": linuxNetlink,
	"linux/perf_event.h": linuxPerfEvent,
	"linux/pkt_cls.h": linuxPktCls,
	"linux/pkt_sched.h": linuxPktSched,
	"linux/ptrace.h": linuxPtrace,
	"linux/rtnetlink.h": linuxRtnetlink,
	"linux/sched.h": linuxSched,
	"linux/seg6.h": linuxSeg6,
	"linux/seg6_local.h": linuxSeg6Local,
	"linux/socket.h": linuxSocket,
	"linux/sockios.h": linuxSockios,
	"linux/stat.h": linuxStat,
	"linux/stddef.h": linuxStddef,
	"linux/swab.h": linuxSwab,
	"linux/tc_act/tc_bpf.h": linuxTcActTcBpf,
	"linux/tcp.h": linuxTcp,
	"linux/time.h": linuxTime,
	"linux/time_types.h": linuxTimeTypes,
	"linux/types.h": linuxTypes,
	"linux/udp.h": linuxUdp,
	"linux/uio.h": linuxUio,
	"linux/un.h": linuxUn,
	"linux/utsname.h": linuxUtsname,
	"linux/version.h": linuxVersion,
	"linux/vm_sockets.h": linuxVmSockets,
	"netinet/in.h": netinetIn,
	"stdalign.h": stdalign,
	"stdarg.h": stdarg,
	"stdbool.h": stdbool,
	"stddef.h": stddef,
	"stdint.h": stdint,
	"stdio.h": stdio,
	"stdlib.h": stdlib,
	"string.h": string,
	"sys/cdefs.h": sysCdefs,
	"sys/socket.h": sysSocket,
	"sys/types.h": sysTypes,
	"time.h": time,
	"unistd.h": unistd,
	"vmlinux.h": vmlinux,
};

/** Other names of the same headers. */
export const aliases: Readonly<Record<string, string>> = {
	"arpa/inet.h": "netinet/in.h",
	"asm-generic/types.h": "asm-generic/int-ll64.h",
	"asm/bpf_perf_event.h": "asm-generic/bpf_perf_event.h",
	"asm/byteorder.h": "linux/byteorder/little_endian.h",
	"asm/errno.h": "asm-generic/errno.h",
	"asm/fcntl.h": "asm-generic/fcntl.h",
	"asm/posix_types.h": "asm-generic/posix_types.h",
	"asm/socket.h": "asm-generic/socket.h",
	"asm/types.h": "asm-generic/types.h",
	"bpf_core_read.h": "bpf/bpf_core_read.h",
	"bpf_endian.h": "bpf/bpf_endian.h",
	"bpf_legacy.h": "bpf/bpf_legacy.h",
	"bpf_tracing.h": "bpf/bpf_tracing.h",
	"fcntl.h": "linux/fcntl.h",
	"linux/bitops.h": "linux/const.h",
	"linux/compiler_types.h": "linux/compiler.h",
	"linux/errno.h": "asm/errno.h",
	"linux/posix_types.h": "asm/posix_types.h",
	"linux/kernel.h": "linux/const.h",
	"linux/unistd.h": "asm/unistd.h",
	"memory.h": "string.h",
	"net/ethernet.h": "linux/if_ether.h",
	"net/if.h": "linux/if.h",
	"net/if_arp.h": "linux/if_arp.h",
	"netinet/ip.h": "linux/ip.h",
	"netinet/tcp.h": "linux/tcp.h",
	"netinet/udp.h": "linux/udp.h",
	"sched.h": "linux/sched.h",
	"strings.h": "string.h",
	"sys/syscall.h": "asm/unistd.h",
};
