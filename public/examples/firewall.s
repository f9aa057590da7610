; A port firewall: a hash map holds the TCP ports that are closed, and counts how often each was tried.
; Try: open the Maps panel and add port 443 (key 01bb, value 8 zero bytes), then run the packets again.

	.map closed_ports, type=hash, key=2, value=8, max_entries=256

	.section xdp
	.globl firewall
firewall:
	r2 = *(u32 *)(r1 + 4)           ; data_end
	r6 = *(u32 *)(r1 + 0)           ; data
	w7 = XDP_PASS
	r3 = r6
	r3 += 34
	if r3 > r2 goto out
	r3 = *(u16 *)(r6 + 12)
	if r3 != 0x0008 goto out        ; IPv4 only
	r3 = *(u8 *)(r6 + 23)
	if r3 != 6 goto out             ; TCP only
	r3 = *(u8 *)(r6 + 14)           ; version and header length
	r3 &= 15
	r3 <<= 2                        ; header length in bytes, 0..60
	r6 += 14
	r6 += r3                        ; TCP header
	r3 = r6
	r3 += 20
	if r3 > r2 goto out             ; prove that 20 bytes of it are there
	r3 = *(u16 *)(r6 + 2)           ; destination port
	*(u16 *)(r10 - 2) = r3
	r2 = r10
	r2 += -2
	r1 = closed_ports ll
	call bpf_map_lookup_elem
	if r0 == 0 goto out             ; not a closed port
	r1 = 1
	lock *(u64 *)(r0 + 0) += r1     ; one more attempt
	w7 = XDP_DROP
out:
	w0 = w7
	exit
