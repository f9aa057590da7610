// Operators as the kernel's messages spell them (bpf_alu_string), by the upper four bits of the opcode.

export const adjustedOperators: readonly string[] = [
	"+=",
	"-=",
	"*=",
	"/=",
	"|=",
	"&=",
	"<<=",
	">>=",
	"neg",
	"%=",
	"^=",
	"=",
	"s>>=",
	"endian",
];
