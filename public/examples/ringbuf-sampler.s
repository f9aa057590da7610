; Samples packets into a ring buffer: time, length, source and destination of every packet that is long enough.
; Try: run the packets and look at the records in the Output panel.

	.map events, type=ringbuf, max_entries=4096

	.section xdp
	.globl sample
sample:
	r7 = *(u32 *)(r1 + 4)
	r6 = *(u32 *)(r1 + 0)
	r3 = r6
	r3 += 34
	if r3 > r7 goto out
	r8 = *(u32 *)(r6 + 26)          ; source
	r9 = *(u32 *)(r6 + 30)          ; destination
	r7 -= r6                        ; length
	r1 = events ll
	w2 = 24
	w3 = 0
	call bpf_ringbuf_reserve
	if r0 == 0 goto out             ; full
	r6 = r0
	*(u32 *)(r6 + 8) = r7
	*(u32 *)(r6 + 12) = r8
	*(u32 *)(r6 + 16) = r9
	w1 = 0
	*(u32 *)(r6 + 20) = r1
	call bpf_ktime_get_ns
	*(u64 *)(r6 + 0) = r0
	r1 = r6
	w2 = 0
	call bpf_ringbuf_submit
out:
	w0 = XDP_PASS
	exit
