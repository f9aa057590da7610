// Small programs that the specs type or drop.

const program = (body: string) => `\t.section xdp\n\t.globl prog\nprog:\n${body}`;

export const passes = program("\tr0 = 2\n\texit\n");
export const drops = program("\tr0 = 1\n\texit\n");
export const badContext = program("\tr0 = *(u8 *)(r1 + 100)\n\texit\n");
export const endless = program("\tr0 = 0\nagain:\n\tr0 += 1\n\tgoto again\n");
