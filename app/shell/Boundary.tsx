// Catches our own defects in one part of the page, so that the rest goes on: "Skep has a bug", square and without hue.

import { Component, type ReactNode } from "react";
import { copyText } from "../lib/dom.ts";
import { Button, Icon } from "../ui/index.ts";
import css from "./boundary.module.css";

interface Props {
	readonly where: string;
	readonly children: ReactNode;
}

export class Boundary extends Component<Props, { readonly error: Error | undefined }> {
	override state: { readonly error: Error | undefined } = { error: undefined };

	static getDerivedStateFromError(error: Error) {
		return { error };
	}

	override render() {
		const { error } = this.state;
		if (!error) return this.props.children;
		const report = `${this.props.where}: ${error.stack ?? error.message}`;
		return (
			<article className={css.card} role="alert">
				<header>
					<Icon name="bug" />
					<b>Skep has a bug</b>
				</header>
				<div>
					<p className={css.reason}>{error.message}</p>
					<p>Your program is not at fault. Nothing was lost.</p>
					<p className={css.acts}>
						<Button kind="outline" small icon="copy" onClick={() => void copyText(report)}>
							Copy report
						</Button>
						<Button small onClick={() => this.setState({ error: undefined })}>
							Show {this.props.where} again
						</Button>
					</p>
				</div>
			</article>
		);
	}
}
