// The oldest kernel that has what the program uses, feature by feature with the instruction that needs it.

import type { VerifyReply } from "../../../engine/workbench/protocol.ts";
import { pointAtInsn } from "../../commands/point.ts";
import { panel, text } from "../../ui/index.ts";

export function Kernels({ reply }: { readonly reply: VerifyReply }) {
	const { kernel } = reply;
	if (!kernel) return <p className={panel.note}>There is no program to look at.</p>;
	return (
		<div className={panel.scroll}>
			<p className={panel.note}>
				Needs Linux {kernel.since} or newer. Modelled from tables: no older kernel was asked.
			</p>
			<table className={panel.table}>
				<thead>
					<tr>
						<th style={{ width: 56 }}>Since</th>
						<th>What</th>
						<th style={{ width: 56 }}>Line</th>
						<th style={{ width: 56 }}>Insn</th>
					</tr>
				</thead>
				<tbody>
					{kernel.features.map(({ since, what, pc, line, optional }) => (
						<tr key={what}>
							<td className={text.mono}>{since}</td>
							<td>
								{what}
								{optional && <span className={text.none}> (left out on older kernels)</span>}
							</td>
							<td className={text.mono}>{line}</td>
							<td>
								{pc !== undefined && (
									<button
										type="button"
										className={panel.plain}
										onClick={() => pointAtInsn(pc, "verifier")}
									>
										{pc}
									</button>
								)}
							</td>
						</tr>
					))}
				</tbody>
			</table>
		</div>
	);
}
