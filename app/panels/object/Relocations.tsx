// Relocations: what the compiler left open, and the instruction that the kernel gets.

import clsx from "clsx";
import type { ObjectView } from "../../../engine/workbench/objectview.ts";
import { pointAtInsn } from "../../commands/point.ts";
import { panel, text } from "../../ui/index.ts";
import { useProgram } from "../parts/current.ts";

export function Relocations({ rows }: { readonly rows: ObjectView["relocations"] }) {
	const program = useProgram();
	if (rows.length === 0) return <p className={panel.note}>Nothing was left open in this object.</p>;
	return (
		<div className={panel.scroll}>
			<table className={panel.table}>
				<thead>
					<tr>
						<th>Symbol</th>
						<th>Before</th>
						<th>After</th>
						<th style={{ width: 48 }} className={panel.num}>
							Insn
						</th>
					</tr>
				</thead>
				<tbody>
					{rows.map((r) => {
						const here = r.pc !== undefined && r.program === program?.name;
						return (
							<tr key={`${r.section}:${r.offset}`} className={clsx(!here && panel.off)}>
								<td className={text.mono} title={`${r.type} in ${r.section} + ${r.offset}`}>
									{r.symbol}
								</td>
								<td className={text.mono} title={r.before}>
									{r.before}
								</td>
								<td className={text.mono} title={r.after}>
									{r.after ?? "–"}
								</td>
								<td className={panel.num}>
									{here && (
										<button
											type="button"
											className={panel.plain}
											onClick={() => r.pc !== undefined && pointAtInsn(r.pc, "object")}
										>
											{r.pc}
										</button>
									)}
								</td>
							</tr>
						);
					})}
				</tbody>
			</table>
		</div>
	);
}
