import { Component, type ReactNode } from 'react';
import { ScreenProblem } from './ScreenProblem.tsx';

/** Keeps the frame when a screen breaks; give it a `key` that changes with the screen. A class because React asks for one. */
export class ScreenBoundary extends Component<{ children: ReactNode }, { isBroken: boolean }> {
  override state = { isBroken: false };

  static getDerivedStateFromError(): { isBroken: boolean } {
    return { isBroken: true };
  }

  override render(): ReactNode {
    if (!this.state.isBroken) return this.props.children;
    return <ScreenProblem onRetry={() => this.setState({ isBroken: false })} />;
  }
}
