// Toasts at the bottom right: 6 s, twice as long when something can be done, longer while hovered or focused; errors stay.

import { useEffect, useState } from "react";
import { dismiss, type Toast, useToasts } from "../stores/toasts.ts";
import { Button, Icon, IconButton, text } from "../ui/index.ts";
import css from "./toasts.module.css";

export function Toasts() {
	const list = useToasts();
	return (
		<div className={css.toasts} role="status" aria-live="polite" aria-label="Messages">
			{list.map((t) => (
				<One key={t.id} toast={t} />
			))}
		</div>
	);
}

function One({ toast }: { readonly toast: Toast }) {
	const [held, setHeld] = useState(false);
	useEffect(() => {
		if (held || toast.stays) return;
		const timer = setTimeout(dismiss, toast.act ? 12_000 : 6000, toast.id);
		return () => clearTimeout(timer);
	}, [held, toast]);
	return (
		// biome-ignore lint/a11y/noStaticElementInteractions: hovering only holds the toast
		<div
			className={css.toast}
			data-tone={toast.tone}
			onPointerEnter={() => setHeld(true)}
			onPointerLeave={() => setHeld(false)}
			onFocus={() => setHeld(true)}
			onBlur={() => setHeld(false)}
		>
			<Icon name={toast.tone === "none" ? "info" : toast.tone} className={text[toast.tone]} />
			<span>{toast.text}</span>
			{toast.act && (
				<Button
					small
					onClick={() => {
						toast.act?.run();
						dismiss(toast.id);
					}}
				>
					{toast.act.title}
				</Button>
			)}
			<IconButton icon="close" label="Close" onClick={() => dismiss(toast.id)} />
		</div>
	);
}
