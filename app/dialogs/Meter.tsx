// The length of a link on a logarithmic scale, with marks where links stop travelling.

import { meter } from "./parcel.ts";
import css from "./share.module.css";

const width = 580;

export function Meter({ characters }: { readonly characters: number }) {
	const short = meter(2000) * width;
	const long = meter(8000) * width;
	return (
		<svg
			className={css.meter}
			viewBox={`0 0 ${width} 44`}
			role="img"
			aria-label="Length of the link"
		>
			<rect y="4" width={width} height="8" rx="2" className={css.track} />
			<rect y="4" width={meter(characters) * width} height="8" rx="2" className={css.filled} />
			<path d={`M${short} 0v18M${long} 0v18`} className={css.mark} />
			<text x={short} y="30" textAnchor="middle">
				2,000
			</text>
			<text x={long} y="30" textAnchor="middle">
				8,000
			</text>
			<text x={short} y="43" textAnchor="middle" className={css.what}>
				chat, mail
			</text>
			<text x={width} y="43" textAnchor="end" className={css.what}>
				servers, browsers
			</text>
		</svg>
	);
}
