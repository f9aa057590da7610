// The headers of this folder by the names that programs include them by. A pure table.

/// <reference path="./raw.d.ts" />

import asmBitsperlong from "./asm/bitsperlong.h?raw";
import asmMman from "./asm/mman.h?raw";
import asmPtrace from "./asm/ptrace.h?raw";
import asmSignal from "./asm/signal.h?raw";
import asmSockios from "./asm/sockios.h?raw";
import asmUnistd from "./asm/unistd.h?raw";
import asmGenericBpfPerfEvent from "./asm-generic/bpf_perf_event.h?raw";
import asmGenericErrno from "./asm-generic/errno.h?raw";
import asmGenericErrnoBase from "./asm-generic/errno-base.h?raw";
import asmGenericFcntl from "./asm-generic/fcntl.h?raw";
import asmGenericHugetlbEncode from "./asm-generic/hugetlb_encode.h?raw";
import asmGenericInt from "./asm-generic/int-ll64.h?raw";
import asmGenericIoctl from "./asm-generic/ioctl.h?raw";
import asmGenericMman from "./asm-generic/mman.h?raw";
import asmGenericMmanCommon from "./asm-generic/mman-common.h?raw";
import asmGenericParam from "./asm-generic/param.h?raw";
import asmGenericPosixTypes from "./asm-generic/posix_types.h?raw";
import asmGenericResource from "./asm-generic/resource.h?raw";
import asmGenericSiginfo from "./asm-generic/siginfo.h?raw";
import asmGenericSignalDefs from "./asm-generic/signal-defs.h?raw";
import asmGenericSocket from "./asm-generic/socket.h?raw";
import assertHeader from "./assert.h?raw";
import bpfBpfCoreRead from "./bpf/bpf_core_read.h?raw";
import bpfBpfEndian from "./bpf/bpf_endian.h?raw";
import bpfBpfHelpers from "./bpf/bpf_helpers.h?raw";
import bpfBpfLegacy from "./bpf/bpf_legacy.h?raw";
import bpfBpfTracing from "./bpf/bpf_tracing.h?raw";
import bpfUsdtBpf from "./bpf/usdt.bpf.h?raw";
import bpfElf from "./bpf_elf.h?raw";
import bpfExperimental from "./bpf_experimental.h?raw";
import bpfHelpers from "./bpf_helpers.h?raw";
import bpfKfuncs from "./bpf_kfuncs.h?raw";
import byteswap from "./byteswap.h?raw";
import ctype from "./ctype.h?raw";
import endian from "./endian.h?raw";
import errno from "./errno.h?raw";
import features from "./features.h?raw";
import inttypes from "./inttypes.h?raw";
import iso646 from "./iso646.h?raw";
import limits from "./limits.h?raw";
import linuxAudit from "./linux/audit.h?raw";
import linuxBpf from "./linux/bpf.h?raw";
import linuxBpfCommon from "./linux/bpf_common.h?raw";
import linuxBpfPerfEvent from "./linux/bpf_perf_event.h?raw";
import linuxBtf from "./linux/btf.h?raw";
import linuxByteorderLittleEndian from "./linux/byteorder/little_endian.h?raw";
import linuxCapability from "./linux/capability.h?raw";
import linuxCompiler from "./linux/compiler.h?raw";
import linuxConst from "./linux/const.h?raw";
import linuxElf from "./linux/elf.h?raw";
import linuxElfEm from "./linux/elf-em.h?raw";
import linuxErrqueue from "./linux/errqueue.h?raw";
import linuxEventpoll from "./linux/eventpoll.h?raw";
import linuxFcntl from "./linux/fcntl.h?raw";
import linuxFibRules from "./linux/fib_rules.h?raw";
import linuxFilter from "./linux/filter.h?raw";
import linuxFs from "./linux/fs.h?raw";
import linuxFutex from "./linux/futex.h?raw";
import linuxGenetlink from "./linux/genetlink.h?raw";
import linuxHid from "./linux/hid.h?raw";
import linuxIcmp from "./linux/icmp.h?raw";
import linuxIcmpv6 from "./linux/icmpv6.h?raw";
import linuxIf from "./linux/if.h?raw";
import linuxIfAddr from "./linux/if_addr.h?raw";
import linuxIfArp from "./linux/if_arp.h?raw";
import linuxIfBridge from "./linux/if_bridge.h?raw";
import linuxIfEther from "./linux/if_ether.h?raw";
import linuxIfLink from "./linux/if_link.h?raw";
import linuxIfPacket from "./linux/if_packet.h?raw";
import linuxIfTunnel from "./linux/if_tunnel.h?raw";
import linuxIfVlan from "./linux/if_vlan.h?raw";
import linuxIfXdp from "./linux/if_xdp.h?raw";
import linuxIgmp from "./linux/igmp.h?raw";
import linuxIn from "./linux/in.h?raw";
import linuxInRoute from "./linux/in_route.h?raw";
import linuxIn6 from "./linux/in6.h?raw";
import linuxInetDiag from "./linux/inet_diag.h?raw";
import linuxIp from "./linux/ip.h?raw";
import linuxIpv6 from "./linux/ipv6.h?raw";
import linuxIpv6Route from "./linux/ipv6_route.h?raw";
import linuxKconfig from "./linux/kconfig.h?raw";
import linuxKdevT from "./linux/kdev_t.h?raw";
import linuxLibcCompat from "./linux/libc-compat.h?raw";
import linuxLimits from "./linux/limits.h?raw";
import linuxLirc from "./linux/lirc.h?raw";
import linuxLwtunnel from "./linux/lwtunnel.h?raw";
import linuxMagic from "./linux/magic.h?raw";
import linuxMajor from "./linux/major.h?raw";
import linuxMman from "./linux/mman.h?raw";
import linuxMount from "./linux/mount.h?raw";
import linuxMpls from "./linux/mpls.h?raw";
import linuxMptcp from "./linux/mptcp.h?raw";
import linuxNeighbour from "./linux/neighbour.h?raw";
import linuxNet from "./linux/net.h?raw";
import linuxNetTstamp from "./linux/net_tstamp.h?raw";
import linuxNetdev from "./linux/netdev.h?raw";
import linuxNetfilterNfConntrackCommon from "./linux/netfilter/nf_conntrack_common.h?raw";
import linuxNetfilterNfConntrackTcp from "./linux/netfilter/nf_conntrack_tcp.h?raw";
import linuxNetfilterNfConntrackTupleCommon from "./linux/netfilter/nf_conntrack_tuple_common.h?raw";
import linuxNetfilter from "./linux/netfilter.h?raw";
import linuxNetfilterIpv4 from "./linux/netfilter_ipv4.h?raw";
import linuxNetfilterIpv6 from "./linux/netfilter_ipv6.h?raw";
import linuxNetlink from "./linux/netlink.h?raw";
import linuxNsfs from "./linux/nsfs.h?raw";
import linuxParam from "./linux/param.h?raw";
import linuxPerfEvent from "./linux/perf_event.h?raw";
import linuxPktCls from "./linux/pkt_cls.h?raw";
import linuxPktSched from "./linux/pkt_sched.h?raw";
import linuxPrctl from "./linux/prctl.h?raw";
import linuxPtrace from "./linux/ptrace.h?raw";
import linuxResource from "./linux/resource.h?raw";
import linuxRoute from "./linux/route.h?raw";
import linuxRtnetlink from "./linux/rtnetlink.h?raw";
import linuxSched from "./linux/sched.h?raw";
import linuxSeccomp from "./linux/seccomp.h?raw";
import linuxSecurebits from "./linux/securebits.h?raw";
import linuxSeg6 from "./linux/seg6.h?raw";
import linuxSeg6Local from "./linux/seg6_local.h?raw";
import linuxSignal from "./linux/signal.h?raw";
import linuxSockDiag from "./linux/sock_diag.h?raw";
import linuxSocket from "./linux/socket.h?raw";
import linuxSockios from "./linux/sockios.h?raw";
import linuxStat from "./linux/stat.h?raw";
import linuxStddef from "./linux/stddef.h?raw";
import linuxSwab from "./linux/swab.h?raw";
import linuxTcActTcBpf from "./linux/tc_act/tc_bpf.h?raw";
import linuxTcActTcGact from "./linux/tc_act/tc_gact.h?raw";
import linuxTcp from "./linux/tcp.h?raw";
import linuxTime from "./linux/time.h?raw";
import linuxTimeTypes from "./linux/time_types.h?raw";
import linuxTls from "./linux/tls.h?raw";
import linuxTypes from "./linux/types.h?raw";
import linuxUdp from "./linux/udp.h?raw";
import linuxUio from "./linux/uio.h?raw";
import linuxUn from "./linux/un.h?raw";
import linuxUtsname from "./linux/utsname.h?raw";
import linuxVersion from "./linux/version.h?raw";
import linuxVmSockets from "./linux/vm_sockets.h?raw";
import linuxWait from "./linux/wait.h?raw";
import netEthernet from "./net/ethernet.h?raw";
import netinetIcmp6 from "./netinet/icmp6.h?raw";
import netinetIfEther from "./netinet/if_ether.h?raw";
import netinetIn from "./netinet/in.h?raw";
import netinetIp from "./netinet/ip.h?raw";
import netinetIpIcmp from "./netinet/ip_icmp.h?raw";
import netinetIp6 from "./netinet/ip6.h?raw";
import netinetTcp from "./netinet/tcp.h?raw";
import netinetUdp from "./netinet/udp.h?raw";
import stdalign from "./stdalign.h?raw";
import stdarg from "./stdarg.h?raw";
import stdbool from "./stdbool.h?raw";
import stddef from "./stddef.h?raw";
import stdint from "./stdint.h?raw";
import stdio from "./stdio.h?raw";
import stdlib from "./stdlib.h?raw";
import stdnoreturn from "./stdnoreturn.h?raw";
import string from "./string.h?raw";
import sysCdefs from "./sys/cdefs.h?raw";
import sysParam from "./sys/param.h?raw";
import sysSocket from "./sys/socket.h?raw";
import sysTime from "./sys/time.h?raw";
import sysTypes from "./sys/types.h?raw";
import time from "./time.h?raw";
import unistd from "./unistd.h?raw";
import vmlinux from "./vmlinux.h?raw";
import xdpParsingHelpers from "./xdp/parsing_helpers.h?raw";
import xdpXdpHelpers from "./xdp/xdp_helpers.h?raw";

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
	"asm-generic/hugetlb_encode.h": asmGenericHugetlbEncode,
	"asm-generic/ioctl.h": asmGenericIoctl,
	"asm-generic/mman-common.h": asmGenericMmanCommon,
	"asm-generic/mman.h": asmGenericMman,
	"asm-generic/param.h": asmGenericParam,
	"asm-generic/resource.h": asmGenericResource,
	"asm-generic/siginfo.h": asmGenericSiginfo,
	"asm-generic/signal-defs.h": asmGenericSignalDefs,
	"asm/bitsperlong.h": asmBitsperlong,
	"asm/mman.h": asmMman,
	"asm/signal.h": asmSignal,
	"assert.h": assertHeader,
	"bpf_elf.h": bpfElf,
	"ctype.h": ctype,
	"iso646.h": iso646,
	"linux/audit.h": linuxAudit,
	"linux/capability.h": linuxCapability,
	"linux/elf-em.h": linuxElfEm,
	"linux/elf.h": linuxElf,
	"linux/errqueue.h": linuxErrqueue,
	"linux/eventpoll.h": linuxEventpoll,
	"linux/fib_rules.h": linuxFibRules,
	"linux/fs.h": linuxFs,
	"linux/futex.h": linuxFutex,
	"linux/genetlink.h": linuxGenetlink,
	"linux/hid.h": linuxHid,
	"linux/if_bridge.h": linuxIfBridge,
	"linux/in_route.h": linuxInRoute,
	"linux/inet_diag.h": linuxInetDiag,
	"linux/ipv6_route.h": linuxIpv6Route,
	"linux/kdev_t.h": linuxKdevT,
	"linux/lwtunnel.h": linuxLwtunnel,
	"linux/magic.h": linuxMagic,
	"linux/major.h": linuxMajor,
	"linux/mman.h": linuxMman,
	"linux/mount.h": linuxMount,
	"linux/neighbour.h": linuxNeighbour,
	"linux/net.h": linuxNet,
	"linux/net_tstamp.h": linuxNetTstamp,
	"linux/netfilter/nf_conntrack_common.h": linuxNetfilterNfConntrackCommon,
	"linux/netfilter/nf_conntrack_tcp.h": linuxNetfilterNfConntrackTcp,
	"linux/netfilter/nf_conntrack_tuple_common.h": linuxNetfilterNfConntrackTupleCommon,
	"linux/netfilter_ipv4.h": linuxNetfilterIpv4,
	"linux/netfilter_ipv6.h": linuxNetfilterIpv6,
	"linux/nsfs.h": linuxNsfs,
	"linux/param.h": linuxParam,
	"linux/prctl.h": linuxPrctl,
	"linux/resource.h": linuxResource,
	"linux/route.h": linuxRoute,
	"linux/seccomp.h": linuxSeccomp,
	"linux/securebits.h": linuxSecurebits,
	"linux/signal.h": linuxSignal,
	"linux/sock_diag.h": linuxSockDiag,
	"linux/tc_act/tc_gact.h": linuxTcActTcGact,
	"linux/tls.h": linuxTls,
	"linux/wait.h": linuxWait,
	"net/ethernet.h": netEthernet,
	"netinet/icmp6.h": netinetIcmp6,
	"netinet/if_ether.h": netinetIfEther,
	"netinet/ip.h": netinetIp,
	"netinet/ip6.h": netinetIp6,
	"netinet/ip_icmp.h": netinetIpIcmp,
	"netinet/tcp.h": netinetTcp,
	"netinet/udp.h": netinetUdp,
	"stdnoreturn.h": stdnoreturn,
	"sys/param.h": sysParam,
	"sys/time.h": sysTime,
	"xdp/parsing_helpers.h": xdpParsingHelpers,
	"xdp/xdp_helpers.h": xdpXdpHelpers,
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
	"net/if.h": "linux/if.h",
	"net/if_arp.h": "linux/if_arp.h",
	"sched.h": "linux/sched.h",
	"strings.h": "string.h",
	"sys/syscall.h": "asm/unistd.h",
	"asm/ioctl.h": "asm-generic/ioctl.h",
	"asm/param.h": "asm-generic/param.h",
	"asm/resource.h": "asm-generic/resource.h",
	"asm/siginfo.h": "asm-generic/siginfo.h",
	"asm/unistd_64.h": "asm/unistd.h",
	"asm-generic/bitsperlong.h": "asm/bitsperlong.h",
	"linux/ioctl.h": "asm/ioctl.h",
	"net/if_packet.h": "linux/if_packet.h",
	"netinet/ether.h": "netinet/if_ether.h",
	"netinet/igmp.h": "linux/igmp.h",
	"netpacket/packet.h": "linux/if_packet.h",
	"signal.h": "linux/signal.h",
	"sys/resource.h": "linux/resource.h",
	"sys/un.h": "linux/un.h",
	"sys/uio.h": "linux/uio.h",
	"sys/mman.h": "linux/mman.h",
	"sys/ioctl.h": "asm/ioctl.h",
	"sys/stat.h": "linux/stat.h",
	"sys/wait.h": "linux/wait.h",
	"sys/prctl.h": "linux/prctl.h",
	"sys/utsname.h": "linux/utsname.h",
	"sys/capability.h": "linux/capability.h",
	"syscall.h": "asm/unistd.h",
	"usdt.bpf.h": "bpf/usdt.bpf.h",
	"bpf_helper_defs.h": "bpf/bpf_helper_defs.h",
	"iproute2/bpf_elf.h": "bpf_elf.h",
	"elf.h": "linux/elf.h",
};
