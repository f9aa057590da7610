// The layers and fields of the packet that is being made. Layers are put in and taken out, fields typed; checksums and
// lengths follow unless they are what is typed.

import { useState } from "react";
import { dissect, type Field, setField } from "../../engine/net/index.ts";
import { Icon, IconButton, Menu, placed, text } from "../ui/index.ts";
import own from "./packet.module.css";
import { addable, layersOf, shownValue, typedValue, withLayer, withoutLayer } from "./packet.ts";

export interface PacketFieldsProps {
	readonly bytes: Uint8Array;
	readonly onBytes: (bytes: Uint8Array) => void;
}

export function PacketFields({ bytes, onBytes }: PacketFieldsProps) {
	const [fault, setFault] = useState<string | undefined>();
	const { layers } = dissect(bytes);
	const parts = layersOf(bytes);
	const take = (made: ReturnType<typeof withLayer>) => {
		setFault(made.diagnostics[0]?.message);
		if (made.value) onBytes(made.value);
	};
	return (
		<div>
			<div className={own.layers}>
				{layers.map((layer, at) => (
					<section key={`${layer.id}${layer.offset}`} aria-label={layer.title}>
						<header>
							<b>{layer.title}</b>
							<span className={text.cut}>{layer.problem ?? layer.summary}</span>
							<span className={text.grow} />
							<Menu
								label={`Add a layer after ${layer.title}`}
								className={own.pick}
								align="end"
								items={() =>
									addable.map(({ id, title }) => ({
										id,
										title,
										onPick: () => take(withLayer(bytes, at + 1, id)),
									}))
								}
							>
								<Icon name="plus" size={12} />
							</Menu>
							<IconButton
								icon="close"
								label={`Remove ${layer.title}`}
								disabled={parts[at]?.layer !== layer.id || parts.length < 2}
								onClick={() => take(withoutLayer(bytes, at))}
							/>
						</header>
						{placed(layer.fields).map(({ item: field, place }) => (
							<One
								key={place}
								field={field}
								onTyped={(typed) =>
									take(
										setField(bytes, { field: field.id, layer: at }, typedValue(typed), {
											fixChecksums: true,
										}),
									)
								}
							/>
						))}
					</section>
				))}
			</div>
			<p className={own.fault} role="alert">
				{fault}
			</p>
		</div>
	);
}

interface OneProps {
	readonly field: Field;
	readonly onTyped: (typed: string) => void;
}

function One({ field, onTyped }: OneProps) {
	const raw = shownValue(field);
	const note = field.valid === "wrong" ? "wrong" : field.text === raw ? "" : field.text;
	return (
		<label className={own.field}>
			<span>{field.label}</span>
			<input
				key={raw}
				defaultValue={raw}
				spellCheck={false}
				autoComplete="off"
				onBlur={(e) => e.target.value.trim() !== raw && onTyped(e.target.value.trim())}
				onKeyDown={(e) => {
					if (e.key !== "Enter") return;
					e.preventDefault();
					e.currentTarget.blur();
				}}
			/>
			<i className={field.valid === "wrong" ? text.warning : undefined}>{note}</i>
		</label>
	);
}
