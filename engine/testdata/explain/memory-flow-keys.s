; memory/flow-keys
	.section flow_dissector
program:
	r2 = *(u64 *)(r1 + 144)
	r0 = *(u32 *)(r2 + 96)
	r0 = 0
	exit
